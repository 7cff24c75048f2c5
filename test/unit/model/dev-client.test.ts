/** Whose development server a page is of. */
import { describe, expect, it } from "vitest";
import { devClientsIn } from "../../../harness/model/dev-client.ts";
import { devServersOf } from "../../../host/server/overlay.ts";

const PAGES: readonly (readonly [of: string, html: string, origin: string | null])[] = [
  ["Vite", '<script type="module" src="http://localhost:5173/@vite/client"></script>', "http://localhost:5173"],
  ["Vite", '<script type="module">import r from "/@react-refresh"</script>', null],
  [
    "skybridge",
    '<script type="module">window.skybridge = {};</script><script type="module">import { injectIntoGlobalHook } from "http://localhost:3000/assets/@react-refresh";</script>',
    "http://localhost:3000",
  ],
  [
    "mcp-use",
    '<script type="module" src="http://localhost:3000/mcp-use/widgets/board/@vite/client"></script>',
    "http://localhost:3000",
  ],
  [
    "Next.js",
    '<script src="http://localhost:3000/_next/static/development/_buildManifest.js"></script>',
    "http://localhost:3000",
  ],
  [
    "webpack",
    '<script src="https://app.example.com/webpack-dev-server/client/index.js"></script>',
    "https://app.example.com",
  ],
];

describe("devClientsIn", () => {
  it.each(PAGES)("%s", (of, html, origin) => expect(devClientsIn(html)).toEqual([{ of, origin }]));

  it.each([
    '<script src="https://cdn.example.com/_next/static/chunks/main.js"></script>',
    '<script>const text = "read about @vite/client";</script>',
    '<a href="https://vite.dev/guide/">@vite/client</a>',
  ])("none: %s", (html) => expect(devClientsIn(html)).toEqual([]));

  it("reads a page of 5 MB of slashes at once", () => {
    const began = performance.now();
    expect(devClientsIn(`"/${"/".repeat(5_000_000)}`)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

it("lets through servers of this machine alone", () => {
  const clients = PAGES.flatMap(([, html]) => devClientsIn(html));
  expect(devServersOf(clients)).toEqual(["http://localhost:5173", "http://localhost:3000"]);
});
