/** `npx jiti test/screenshots/page.ts`: six states of the developer page, for docs/dev.md. Look at them before they are committed. */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright";
import { closeBrowser, openPage, root, verdictOf, widgetFrame } from "../browser/dev/kit.ts";

interface State {
  readonly name: string;
  readonly view: string;
  readonly size?: readonly [number, number];
  readonly act?: (page: Page) => Promise<void>;
}

const BLOCKED = "widget=broken/csp/blocked-request";
const STATES: readonly State[] = [
  { name: "pass", view: "widget=places" },
  {
    name: "finding",
    view: BLOCKED,
    act: async (page) => {
      await page.locator(".finding").first().click();
      await page.locator(".finding-detail .prose").waitFor();
    },
  },
  { name: "network", view: "widget=broken/csp/wrong-list&panel=network&theme=dark", size: [1280, 800] },
  {
    name: "declaration",
    view: "widget=weather&area=controls",
    size: [1280, 800],
    act: async (page) => {
      await page
        .locator(".section")
        .evaluateAll((all) =>
          all.forEach((section) => ((section as HTMLDetailsElement).open = section.textContent.startsWith("CSP"))),
        );
      await page.getByLabel("connectDomains").fill("https://api.open-meteo.com\nhttps://new.example");
      await page.locator(".policy__declared", { hasText: "new.example" }).waitFor();
      await widgetFrame(page, "Partly cloudy");
      await checked(page);
    },
  },
  { name: "fullscreen", view: "widget=sales-chart&mode=fullscreen&panel=bridge&theme=dark" },
  { name: "phone", view: "widget=broken/api/modal-dialog&area=panels", size: [390, 844] },
];

const checked = (page: Page): Promise<void> =>
  page.locator(".pill__detail", { hasText: /^check$/ }).waitFor({ state: "attached" });

mkdirSync(join(root, "docs/page"), { recursive: true });
// The built command: jiti would load half of a module that is imported twice at once.
const dev = spawn(process.execPath, [join(root, "dist/cli.js"), "dev", "widgets", "widgets/broken", "--port", "0"], {
  cwd: root,
  stdio: ["ignore", "ignore", "pipe"],
});
process.once("exit", () => dev.kill("SIGTERM"));
const url = await new Promise<string>((done, fail) => {
  let text = "";
  dev.stderr.on("data", (chunk: Buffer) => {
    const match = /http:\/\/\S+/.exec((text += String(chunk)));
    if (match) done(match[0]);
  });
  dev.once("exit", (code) => fail(new Error(`sandglass dev exited ${code}: ${text}`)));
});
for (const { name, view, size: [width, height] = [1440, 900], act } of STATES) {
  const theme = view.includes("theme=dark") ? "dark" : "light";
  const page = await openPage(url, `${view}&theme=${theme}`, { width, height });
  // A frame without colours of its own takes those of the system.
  await page.emulateMedia({ colorScheme: theme });
  await page.reload();
  // Where the panels alone have room, the widget is there and not seen.
  if (!view.includes("area=panels")) await widgetFrame(page);
  await checked(page);
  if (view.includes("panel=")) await page.locator(".rows .row, .messages .message").first().waitFor();
  else if (!view.includes("area=controls")) await verdictOf(page, "sandglass check");
  await act?.(page);
  await page.screenshot({ path: join(root, "docs/page", `${name}.png`), animations: "disabled" });
  await page.close();
}
await closeBrowser();
process.exit();
