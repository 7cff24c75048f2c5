/** `dev --deployed-origin`: a local server's widgets, as they will be once it is deployed. */
import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { afterEach, expect, it } from "vitest";
import { startDev, type RunningDev } from "../../../harness/commands/dev.ts";
import { serveHttp, type HttpFixture } from "../../fixtures/serve-http.ts";

const ORIGIN = "https://app.example.com";
let running: RunningDev | undefined;
let server: HttpFixture | undefined;
afterEach(async () => {
  await running?.close();
  await server?.close();
});

const make = (local: () => string) => () => {
  const mcp = new McpServer({ name: "s", version: "1" });
  mcp.registerResource("w", "ui://w", { mimeType: "text/html;profile=mcp-app" }, () => ({
    contents: [
      {
        uri: "ui://w",
        mimeType: "text/html;profile=mcp-app",
        text: `<script type="module" src="${local()}/assets/app.js"></script>`,
        _meta: { ui: { csp: { connectDomains: [local()], resourceDomains: [local()] } } },
      },
    ],
  }));
  mcp.registerTool(
    "show",
    { inputSchema: z.object({}), annotations: { readOnlyHint: true }, _meta: { ui: { resourceUri: "ui://w" } } },
    () => ({ content: [], structuredContent: { picture: `${local()}/p.png` } }),
  );
  return mcp;
};

const dev = (mcp: string, deployedOrigin: string): Promise<RunningDev> => {
  const io = { cwd: import.meta.dirname, env: process.env, outIsTerminal: false, color: false };
  return startDev([], { port: 0, mcp, deployedOrigin }, { ...io, out: () => undefined, err: () => undefined });
};

it("maps the local origin in document, metadata and results, and lets the local server answer for it", async () => {
  let local = "";
  server = await serveHttp(make(() => local));
  local = new URL(server.url).origin;
  running = await dev(server.url, ORIGIN);
  await running.loaded;
  const { session } = running;
  const [view] = session.widgets();
  expect(view?.serverOrigin).toBe(ORIGIN);
  expect(view?.meta).toMatchObject({ ui: { csp: { connectDomains: [ORIGIN], resourceDomains: [ORIGIN] } } });
  expect(session.widget("show", "default")?.html).toContain(`${ORIGIN}/assets/app.js`);
  expect(JSON.stringify(view?.scenarios)).toContain(`${ORIGIN}/p.png`);
  await session.desk.directory();
  const reply = await session.desk.ask({ kind: "tool", name: "show", arguments: {} }, new AbortController().signal);
  expect(JSON.stringify(reply)).toContain(`${ORIGIN}/p.png`);
  // The fixture answers 404 for what is not its endpoint: it was asked.
  const request = { method: "GET", headers: {}, body: new Uint8Array() };
  expect(await session.answer("show", "default", { ...request, url: `${ORIGIN}/assets/app.js` }, 1)).toMatchObject({
    by: "server",
    status: 404,
  });
  expect(await session.answer("show", "default", { ...request, url: "https://other.example/x.js" }, 1)).toMatchObject({
    by: "stub",
  });
});

it("says on the page what is wrong with the origin, and ends the server", async () => {
  server = await serveHttp(make(() => "http://localhost:1"));
  running = await dev(server.url, "http://app.example.com");
  await running.loaded;
  expect(running.session.problem()).toMatchObject({ code: "BAD_USAGE" });
});
