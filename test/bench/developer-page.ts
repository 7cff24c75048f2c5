/**
 * `npm run bench:page`: what the developer page weighs at its first view, how it scrolls with 10,000 rows in the
 * server's log, and how long its verdict comes after what it is about.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright";
import { findBrowser } from "../../harness/gather/browser/find.ts";
import { SANDBOX_FLAGS, runsAsRoot } from "../../harness/gather/browser/flags.ts";
import { median, spread } from "./statistics.ts";

const ROWS = 10_000;
const FRAMES = 240;
const SCROLLED_PX = 900;
const VERDICTS = 15;
const root = join(import.meta.dirname, "..", "..");

/** Raw JSON-RPC, since the folder holds no packages. */
const SERVER = `
import { createInterface } from "node:readline";
const page = "<!doctype html><html lang='en'><body><h1>Bench</h1><button>ask</button></body></html>";
const tool = (name, more) => ({ name, inputSchema: { type: "object" }, annotations: { readOnlyHint: true }, ...more });
const answers = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {}, resources: {}, logging: {} }, serverInfo: { name: "bench", version: "1" } }),
  "tools/list": () => ({ tools: [tool("show", { _meta: { ui: { resourceUri: "ui://w" } } })] }),
  "resources/list": () => ({ resources: [] }),
  "resources/read": () => ({ contents: [{ uri: "ui://w", mimeType: "text/html;profile=mcp-app", text: page, _meta: { ui: { csp: { connectDomains: [], resourceDomains: [] } } } }] }),
  "tools/call": () => {
    for (let row = 0; row < ${ROWS + 500}; row++)
      process.stdout.write(JSON.stringify({ jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "row " + row } }) + "\\n");
    return { content: [], structuredContent: { shown: true } };
  },
};
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined) process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, result: answers[method]?.(params) ?? {} }) + "\\n");
});
`;

async function weigh(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const ours = new Set<string>();
  let [raw, compressed] = [0, 0];
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.url === url || response.url.startsWith(`${url}assets/`)) ours.add(requestId);
  });
  session.on("Network.dataReceived", ({ requestId, dataLength }) => {
    if (ours.has(requestId)) raw += dataLength;
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (ours.has(requestId)) compressed += encodedDataLength;
  });
  await page.goto(url);
  await shown(page);
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page.close();
  return `${(raw / 1000).toFixed(0)} kB raw, ${(compressed / 1000).toFixed(0)} kB as sent, in ${ours.size} files`;
}

const shown = (page: Page): Promise<void> => page.locator(".widget__frame[data-state=running]").first().waitFor();

async function scroll(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}#panel=log`);
  await page.waitForFunction(
    (least) => Number(/\d+/.exec(document.querySelector(".filter__count")?.textContent ?? "")?.[0] ?? 0) >= least,
    ROWS,
  );
  await shown(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  };
  const before = await busy();
  const times = await page.evaluate(
    ([frames, step]) =>
      new Promise<number[]>((done) => {
        const box = document.querySelector(".window-list");
        if (!box) throw new Error("there is no list");
        box.scrollTop = 0;
        const gaps: number[] = [];
        let last = 0;
        const turn = (now: number) => {
          if (last > 0) gaps.push(now - last);
          last = now;
          box.scrollTop += step;
          if (gaps.length < frames) requestAnimationFrame(turn);
          else done(gaps);
        };
        requestAnimationFrame(turn);
      }),
    [FRAMES, SCROLLED_PX] as const,
  );
  const work = ((await busy()) - before) / FRAMES;
  const sorted = times.toSorted((a, b) => a - b);
  const late = times.filter((time) => time > 17.5).length;
  const rows = await page.locator(".window-list__row").count();
  await page.close();
  return `${(1000 / median(times)).toFixed(0)} frames/s at the median, ${late} of ${times.length} late, 95 % within ${(sorted[Math.floor(times.length * 0.95)] ?? 0).toFixed(1)} ms; ${work.toFixed(1)} ms of work a frame; ${rows} rows in the document`;
}

/** From a blocked request, after which the widget is at rest, to the count that is drawn for it. */
async function judged(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage();
  await page.goto(url);
  await shown(page);
  const frame = page.frames().find((one) => one.parentFrame()?.parentFrame());
  if (!frame) throw new Error("the widget has no frame");
  // The check beside it, which takes the processor, is over.
  await page.locator('section[aria-label="sandglass check"][aria-busy=false]').waitFor({ timeout: 60_000 });
  const times: number[] = [];
  for (let turn = 0; turn < VERDICTS; turn++) {
    const drawn = page.evaluate(
      () =>
        new Promise<number>((done) => {
          const tab = document.querySelector("#tab-network");
          const was = tab?.textContent;
          const watch = new MutationObserver(() => {
            if (tab?.textContent === was) return;
            watch.disconnect();
            done(performance.timeOrigin + performance.now());
          });
          watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        }),
    );
    const rested = await frame.evaluate(async (host) => {
      await fetch(`https://${host}.example/x`).catch(() => undefined);
      return performance.timeOrigin + performance.now();
    }, `asked-${turn}`);
    times.push((await drawn) - rested);
    await page.waitForTimeout(300);
  }
  await page.close();
  return `${spread(times)} ms`;
}

const folder = mkdtempSync(join(tmpdir(), "sandglass-bench-"));
writeFileSync(join(folder, "server.mjs"), SERVER);
const dev = spawn(
  process.execPath,
  [join(root, "dist/cli.js"), "dev", "--mcp-stdio", `"${process.execPath}" server.mjs`, "--port", "0"],
  { cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
);
const browser = await chromium.launch({
  executablePath: findBrowser().path,
  args: [...SANDBOX_FLAGS],
  chromiumSandbox: !runsAsRoot(),
});
try {
  const url = await new Promise<string>((done, fail) => {
    let text = "";
    dev.stderr.on("data", (chunk: Buffer) => {
      const match = /Sandglass is at (\S+)/.exec((text += String(chunk)));
      if (match?.[1]) done(match[1]);
    });
    dev.once("exit", (code) => fail(new Error(`dev exited ${code}: ${text}`)));
  });
  console.log(`Chromium ${browser.version()}, Node ${process.versions.node}`);
  console.log(`first view          ${await weigh(browser, url)}`);
  console.log(`${ROWS} log rows      ${await scroll(browser, url)}`);
  console.log(`rest to verdict     ${await judged(browser, url)}`);
} finally {
  await browser.close();
  dev.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
