/** What a hostile widget may try against the page: its sockets, its token, its reports, its voice, its markup. */
import { request } from "node:http";
import type { Frame, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeBrowser, manifest, openDev, openPage, tempFolder, widgetFrame, type Dev } from "./kit.ts";

const MARKUP = '<img src=x onerror="document.title=1">';
const temp = tempFolder();
let dev: Dev;
beforeAll(async () => {
  temp.write(
    "w/widget.json",
    manifest("w", "index.html", {
      tool: {
        name: "show",
        title: MARKUP,
        inputSchema: {
          type: "object",
          properties: { [MARKUP]: { type: "string", title: MARKUP, description: MARKUP } },
        },
      },
      scenarios: { [MARKUP]: { toolInput: { [MARKUP]: MARKUP }, toolOutput: { [MARKUP]: MARKUP } }, other: {} },
    }),
  );
  temp.write(
    "w/index.html",
    `<!doctype html><html><head><title>${MARKUP.replaceAll("<", "&lt;")}</title></head><body><p>attacker</p></body></html>`,
  );
  dev = await openDev(["w"], { cwd: temp.path, checks: "never" });
  await dev.loaded;
});
afterAll(async () => {
  await dev.close();
  await closeBrowser();
  temp.remove();
});

/** The weakest host: no policy at all inside the widget, and no worker of ours before it. */
async function open(panel: string, profile = "chatgpt-dev"): Promise<{ readonly page: Page; readonly frame: Frame }> {
  const page = await openPage(dev.url, `profile=${profile}&panel=${panel}&overlay=off`);
  return { page, frame: await widgetFrame(page, "attacker") };
}

it("gets no event stream, no socket and no preflighted request", async () => {
  const { page, frame } = await open("bridge");
  const tries = await frame.evaluate(async (host) => {
    const events = await new Promise((done) => {
      const source = new EventSource(`${host}api/events`, { withCredentials: true });
      source.onopen = () => done("open");
      source.onerror = () => {
        source.close();
        done("refused");
      };
    });
    const socket = await new Promise((done) => {
      const one = new WebSocket(`${host.replace("http", "ws")}api/events`);
      one.onopen = () => done("open");
      one.onerror = () => done("refused");
    });
    const preflighted = await fetch(`${host}api/reload`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: "{}",
    }).then(
      ({ status }) => status,
      (error: unknown) => (error as Error).name,
    );
    return { events, socket, preflighted };
  }, dev.url);
  expect(tries).toEqual({ events: "refused", socket: "refused", preflighted: "TypeError" });
  await page.close();
});

it("an upgrade is answered by nobody, whoever asks", async () => {
  for (const port of [dev.server.port, dev.server.sandboxPort]) {
    const outcome = await new Promise<string>((done) => {
      const sent = request({
        host: "127.0.0.1",
        port,
        path: "/api/events",
        headers: {
          host: `localhost:${port}`,
          connection: "Upgrade",
          upgrade: "websocket",
          "sec-websocket-version": "13",
          "sec-websocket-key": "c2FuZGdsYXNzLXRlc3QtMQ==",
        },
      });
      sent.on("upgrade", () => done("upgraded"));
      sent.on("response", ({ statusCode }) => done(String(statusCode)));
      sent.on("error", () => done("closed"));
      sent.end();
    });
    expect(["403", "421", "closed"]).toContain(outcome);
  }
});

it("finds the token nowhere that it can look", async () => {
  const { page, frame } = await open("bridge");
  const token = await page.locator('meta[name="sandglass-token"]').getAttribute("content");
  expect(token?.length).toBeGreaterThanOrEqual(32);
  const seen = await frame.evaluate(async () => {
    const outer = parent.document;
    const own = await Promise.all(
      [fetch("/?app=chatgpt"), fetch("/.sandglass/prepare?overlay=on"), fetch("/.sandglass/worker.js")].map(
        async (one) => (await one).text(),
      ),
    );
    return [
      document.documentElement.outerHTML,
      outer.documentElement.outerHTML,
      document.referrer,
      outer.referrer,
      location.href,
      parent.location.href,
      ...location.ancestorOrigins,
      document.cookie,
      JSON.stringify(performance.getEntries()),
      window.name,
      parent.name,
      ...own,
    ].join("\n");
  });
  expect(seen).not.toContain(token);
  expect(page.url()).not.toContain(token);
  await page.close();
});

describe("reports of the browser", () => {
  it("are shown when the browser sends them", async () => {
    const { page, frame } = await open("network");
    await frame.evaluate(() => {
      const inner = document.createElement("iframe");
      inner.src = "http://framed.example/";
      document.body.append(inner);
    });
    await page.locator(".row", { hasText: "framed.example" }).filter({ hasText: "blocked" }).waitFor();
    await page.close();
  });
  it("are not taken from the widget", async () => {
    const { page, frame } = await open("network");
    const forged = JSON.stringify({
      "csp-report": { "blocked-uri": "https://forged.example/", "effective-directive": "frame-src" },
    });
    const statuses = await frame.evaluate(async (body) => {
      const post = (type: string) =>
        fetch("/.sandglass/report", { method: "POST", headers: { "content-type": type }, body }).then(
          ({ status }) => status,
        );
      navigator.sendBeacon("/.sandglass/report", new Blob([body], { type: "application/csp-report" }));
      return [await post("application/csp-report"), await post("application/reports+json")];
    }, forged);
    expect(statuses).toEqual([404, 404]);
    await frame.evaluate(() => void fetch("/told-after-the-forgery"));
    await page.locator(".row", { hasText: "told-after-the-forgery" }).waitFor();
    expect(await page.getByRole("tabpanel").innerText()).not.toContain("forged.example");
    await page.close();
  });
});

it("a frame within the widget, or a window that it opens, is not heard as the host's own frames", async () => {
  const { page, frame } = await open("bridge");
  await frame.evaluate(() => {
    const speech = `for (const data of [{ sandglass: "ready" }, { sandglass: "prepared", ok: false, error: "forged" }, { jsonrpc: "2.0", method: "ui/message", id: 7, params: { role: "user", content: [{ type: "text", text: "forged" }] } }]) { top.postMessage(data, "*"); opener && opener.top.postMessage(data, "*"); }
      const c = new MessageChannel(); top.postMessage({ sandglass: "probe" }, "*", [c.port2]); c.port1.postMessage({ type: "error", origin: "console", level: "error", text: "forged", sourceFile: "", line: 0, column: 0 }); document.title = "spoke";`;
    const add = (fill: (inner: HTMLIFrameElement) => void) => {
      const inner = document.createElement("iframe");
      fill(inner);
      document.body.append(inner);
    };
    add((inner) => (inner.srcdoc = `<script>${speech}</scr` + `ipt>`));
    add(
      (inner) =>
        (inner.src = URL.createObjectURL(new Blob([`<script>${speech}</scr` + `ipt>`], { type: "text/html" }))),
    );
    add((inner) => (inner.src = `data:text/html,<script>${encodeURIComponent(speech)}</scr` + `ipt>`));
    const opened = window.open("about:blank");
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is what an attacker would call
    opened?.document.write(`<script>${speech}</scr` + `ipt>`);
    document.body.append("all spoke");
  });
  await widgetFrame(page, "all spoke");
  await expect
    .poll(() =>
      frame.evaluate(
        () =>
          [...document.querySelectorAll("iframe")].filter(({ contentDocument }) => contentDocument?.title === "spoke")
            .length,
      ),
    )
    .toBeGreaterThanOrEqual(2);
  await page.getByRole("tab", { name: /Bridge/ }).click();
  expect(await page.locator("body").innerText()).not.toContain("forged");
  await page.close();
});

it("writes no markup by its names, fields, errors, addresses and titles", async () => {
  const { page, frame } = await open("verdict", "chatgpt");
  await frame.evaluate(async (bad) => {
    console.error(bad);
    await fetch(`https://blocked.example/${bad}`).catch(() => undefined);
    setTimeout(() => {
      throw new Error(bad);
    });
  }, MARKUP);
  await page.locator(".finding", { hasText: "onerror" }).first().waitFor();
  for (const panel of ["Verdict", "Network", "Props", "Bridge", "Policy", "Allow-list"]) {
    await page.getByRole("tab", { name: new RegExp(`^${panel}`) }).click();
    await page.locator(`[data-panel="${panel === "Allow-list" ? "allowlist" : panel.toLowerCase()}"]`).waitFor();
    expect(await page.locator("#app img").count(), panel).toBe(0);
  }
  expect(await page.locator(".bubble").first().innerText()).toContain("onerror");
  expect(await page.title()).toBe("Sandglass");
  await page.close();
});
