/** The developer server answers its own page alone, and a widget cannot speak as the host. */
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { networkInterfaces } from "node:os";
import { connect } from "node:net";
import type { Frame, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeBrowser, manifest, openDev, openPage, tempFolder, widgetFrame, type Dev } from "./kit.ts";

const temp = tempFolder();
let dev: Dev;
let token: string;
let sandboxHost: string;

beforeAll(async () => {
  temp.write("secret.txt", "not for the web");
  temp.write("w/widget.json", manifest("w", "index.html"));
  temp.write("w/index.html", "<!doctype html><html><body><p>attacker</p></body></html>");
  dev = await openDev(["w"], { cwd: temp.path, checks: "never" });
  await dev.loaded;
  token = /name="sandglass-token" content="([^"]+)"/.exec((await ask("/")).body)?.[1] ?? "";
  expect(token.length).toBeGreaterThanOrEqual(32);
  sandboxHost = `dev-example.localhost:${dev.server.sandboxPort}`;
  const planned = await ask("/api/stage", {
    method: "POST",
    headers: { "x-sandglass-token": token, "content-type": "application/json" },
    body: JSON.stringify(STAGE),
  });
  expect(planned.status).toBe(200);
});
afterAll(async () => {
  await dev.close();
  await closeBrowser();
  temp.remove();
});

const STATE = {
  theme: "light",
  locale: "en-US",
  displayMode: "inline",
  device: "desktop",
  touch: false,
  hover: true,
  maxHeight: 400,
  width: 720,
  safeArea: { top: 0, right: 0, bottom: 0, left: 0 },
};
const STAGE = {
  widget: "w",
  scenario: "default",
  profile: "chatgpt",
  meta: null,
  state: STATE,
  toolInput: {},
  toolResult: null,
  widgetState: null,
  gated: false,
  overlay: true,
};

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}
interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly port?: number;
}

/** A request as any program can send it: the path is sent as written, and Host is ours to choose. */
function ask(
  path: string,
  { method = "GET", headers = {}, body, port = dev.server.port }: Asked = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: "127.0.0.1", port, path, method, headers: { host: `localhost:${port}`, ...headers } },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
const withToken = () => ({ "x-sandglass-token": token });

const CONTROL = [
  "/api/session",
  "/api/events",
  "/api/explain/csp/blocked-request",
  "/api/mcp/log",
  "/api/mcp/directory",
];
const POSTS = ["/api/stage", "/api/records", "/api/server", "/api/check", "/api/reload", "/api/mcp/ask"];

describe("from another program or site", () => {
  it("listens on loopback alone", async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of outside) {
      for (const port of [dev.server.port, dev.server.sandboxPort]) {
        const reached = await new Promise<boolean>((done) => {
          const socket = connect({ host: address, port, timeout: 1000 }, () => done(true));
          for (const event of ["error", "timeout"] as const) socket.on(event, () => done(false));
          socket.on("close", () => socket.destroy());
        });
        expect(reached, `${address}:${port}`).toBe(false);
      }
    }
  });
  it.each(["evil.example", "127.0.0.1", "localhost.evil.example", "localhost"])(
    "refuses Host %s: a name that was pointed here",
    async (host) => {
      expect((await ask("/", { headers: { host } })).status).toBe(421);
      expect((await ask("/api/session", { headers: { host: `${host}:1`, ...withToken() } })).status).toBe(421);
    },
  );
  it.each([...CONTROL, ...POSTS])("%s wants the token of this run", async (path) => {
    const method = POSTS.includes(path) ? "POST" : "GET";
    expect((await ask(path, { method })).status).toBe(403);
    expect((await ask(path, { method, headers: { "x-sandglass-token": "x".repeat(token.length) } })).status).toBe(403);
  });
  it("gives with the token what it refuses without", async () => {
    expect((await ask("/api/session", { headers: withToken() })).status).toBe(200);
  });
  it.each([
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("refuses control requests of %j even with the token", async (headers) => {
    expect(
      (await ask("/api/session", { headers: { ...withToken(), ...(headers as Record<string, string>) } })).status,
    ).toBe(403);
  });
  it("sends no CORS header, and may not be framed", async () => {
    const { headers } = await ask("/", { headers: { origin: "https://evil.example" } });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
  });
  it.each([
    "/../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/../../cli.js",
    "/assets/..%5c..%5ccli.js",
    "//etc/passwd",
    "/.sandglass/worker.js",
    "/%00",
    "/assets/%2e%2e%2f%2e%2e%2fcli.js",
  ])("serves nothing outside the page for %s", async (path) => {
    const { status, body } = await ask(path);
    expect([400, 403, 404]).toContain(status);
    expect(body).not.toMatch(/"name"|root:|BEGIN|import /);
  });
  it.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/w/widget.json",
    "/secret.txt",
    "/api/session",
    "/.sandglass/../api/session",
  ])("the sandbox host has no %s", async (path) => {
    const { status, body } = await ask(path, {
      port: dev.server.sandboxPort,
      headers: { host: sandboxHost, ...withToken() },
    });
    expect(status).toBe(404);
    expect(body).not.toContain("not for the web");
  });
  it("the sandbox serves its own hosts alone", async () => {
    const from = (host: string) =>
      ask("/", { port: dev.server.sandboxPort, headers: { host } }).then(({ status }) => status);
    expect(await from("evil.example")).toBe(421);
    expect(await from(`a.b.localhost:${dev.server.sandboxPort}`)).toBe(421);
    expect(await from(`localhost:${dev.server.sandboxPort}`)).toBe(421);
    expect(await from(`unplanned.localhost:${dev.server.sandboxPort}`)).toBe(404);
    expect(await from(sandboxHost)).toBe(200);
  });
  it("tells the worker's secret to no page", async () => {
    for (const dest of ["empty", "script", "worker", "sharedworker", "document"]) {
      expect(
        (
          await ask("/.sandglass/worker.js", {
            port: dev.server.sandboxPort,
            headers: { host: sandboxHost, "sec-fetch-dest": dest },
          })
        ).status,
        dest,
      ).toBe(404);
    }
    const answered = await ask("/.sandglass/answer", {
      method: "POST",
      port: dev.server.sandboxPort,
      headers: { host: sandboxHost, "content-type": "application/json", "x-sandglass-worker": "guess" },
      body: "{}",
    });
    expect(answered.status).toBe(404);
  });
});

describe("from the widget", () => {
  /** The weakest host: no policy at all inside the widget. */
  const open = async (overlay = "on"): Promise<{ readonly page: Page; readonly frame: Frame }> => {
    const page = await openPage(dev.url, `profile=chatgpt-dev&panel=bridge&overlay=${overlay}`);
    return { page, frame: await widgetFrame(page, "attacker") };
  };

  it("reaches no control route, with or without a guess", async () => {
    const { page, frame } = await open("off");
    const tries = await frame.evaluate(async (host) => {
      const result: Record<string, string> = {};
      const attempt = async (name: string, act: () => Promise<unknown>) =>
        (result[name] = await act().then(
          (value) => `got ${String(value)}`,
          (error: unknown) => (error as Error).name,
        ));
      await attempt("read", async () => (await fetch(`${host}api/session`)).status);
      await attempt(
        "header",
        async () => (await fetch(`${host}api/session`, { headers: { "x-sandglass-token": "guess" } })).status,
      );
      await attempt("by the outer document", async () => (await parent.fetch(`${host}api/session`)).status);
      await attempt("page", async () => (await fetch(host)).text());
      await attempt("relative", async () => (await fetch("/api/session")).status);
      return result;
    }, dev.url);
    expect(tries).toEqual({
      read: "TypeError",
      header: "TypeError",
      "by the outer document": "TypeError",
      page: "TypeError",
      relative: "got 404",
    });
    await page.close();
  });

  it("gets from the overlay a stub for a control route, and not the route", async () => {
    const { page, frame } = await open("on");
    expect(await frame.evaluate(async (host) => (await fetch(`${host}api/session`)).text(), dev.url)).toBe("{}");
    await page.close();
  });

  it("changes nothing by a blind post", async () => {
    const { page, frame } = await open("off");
    const reload = vi.spyOn(dev.session, "reload");
    await frame.evaluate(async (host) => {
      await fetch(`${host}api/reload`, { method: "POST", mode: "no-cors", body: "{}" }).catch(() => undefined);
      navigator.sendBeacon(`${host}api/reload`, "{}");
    }, dev.url);
    expect(
      (await ask("/api/reload", { method: "POST", headers: { origin: `http://${sandboxHost}`, ...withToken() } }))
        .status,
    ).toBe(403);
    expect(reload).not.toHaveBeenCalled();
    expect(
      (
        await ask("/api/reload", {
          method: "POST",
          headers: { ...withToken(), "content-type": "application/json" },
          body: "{}",
        })
      ).status,
    ).toBe(200);
    expect(reload).toHaveBeenCalledOnce();
    await page.close();
  });

  it("cannot read or steer the page", async () => {
    const { page, frame } = await open();
    const before = page.url();
    const seen = await frame.evaluate(() => {
      const attempt = (act: () => unknown) => {
        try {
          return String(act());
        } catch (error) {
          return (error as Error).name;
        }
      };
      const { top } = window;
      if (!top) throw new Error("a frame without a top");
      return [
        attempt(() => top.document.title),
        attempt(() => (top.location.href = "https://evil.example/")),
        attempt(() => top.location.hash),
      ];
    });
    expect(seen).toEqual(["SecurityError", "SecurityError", "SecurityError"]);
    expect(page.url()).toBe(before);
    await page.close();
  });

  it("cannot speak as the host, the probe or the overlay", async () => {
    const { page, frame } = await open();
    await frame.evaluate(() => {
      const port = () => [new MessageChannel().port2];
      const forged = {
        type: "violation",
        blockedUrl: "https://forged.example/",
        directive: "connect-src",
        policy: "",
        disposition: "enforce",
        sourceFile: "",
        line: 1,
        column: 1,
        sample: "",
      };
      const { top } = window;
      if (!top) throw new Error("a frame without a top");
      // As the widget, and as the sandbox document above it, which shares its origin.
      const channel = new MessageChannel();
      top.postMessage({ sandglass: "probe" }, "*", [channel.port2]);
      channel.port1.postMessage(forged);
      top.postMessage({ sandglass: "ready" }, "*");
      top.postMessage({ sandglass: "prepared", ok: false, error: "forged" }, "*");
      (parent as unknown as { eval(code: string): void }).eval(
        `parent.postMessage({ sandglass: "ready" }, "*"); parent.postMessage({ sandglass: "prepared", ok: false, error: "forged" }, "*"); parent.postMessage({ sandglass: "probe" }, "*", [new MessageChannel().port2])`,
      );
      top.postMessage({ type: "session", session: null }, "*");
      top.postMessage({ jsonrpc: "2.0", id: 1, result: { hostInfo: {} } }, "*");
      // A frame of the same origin in the widget is no sandbox document either.
      const inner = document.createElement("iframe");
      inner.src = "/?app=chatgpt";
      document.body.append(inner);
      parent.postMessage(
        { sandglass: "render", html: "<h1>other widget</h1>", sandbox: "allow-scripts", guest: {} },
        "*",
        port(),
      );
    });
    // The real probe still reports, and nothing forged was taken.
    await frame.evaluate(() => document.body.append("still here"));
    await widgetFrame(page, "still here");
    await page.getByRole("tab", { name: /Network/ }).click();
    await page.waitForFunction(() => document.querySelector('[data-panel="network"]') !== null);
    const text = await page.locator("body").innerText();
    expect(text).not.toContain("forged");
    expect(text).not.toContain("other widget");
    expect(await page.locator(".stage iframe").count()).toBe(1);
    await page.close();
  });

  it("writes no markup into the page: what it says is text", async () => {
    const { page, frame } = await open();
    await frame.evaluate(() => {
      const bad = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
      const { openai } = window as unknown as {
        openai: Record<"sendFollowUpMessage" | "openExternal" | "setWidgetState", (value: unknown) => void>;
      };
      openai.sendFollowUpMessage({ prompt: bad });
      openai.openExternal({ href: `javascript:${bad}` });
      openai.setWidgetState({ [bad]: bad });
      console.log(bad);
    });
    await page.locator(".bubble", { hasText: "onerror" }).waitFor();
    expect(await page.title()).toBe("Sandglass");
    expect(await page.locator(".conversation img, .panel img").count()).toBe(0);
    await page.close();
  });

  it("may flood the page, which stays responsive and says how much it left out", async () => {
    const { page, frame } = await open();
    await frame.evaluate(() => {
      for (let index = 0; index < 20_000; index++) console.log(`line ${index}`);
      for (let index = 0; index < 5000; index++)
        parent.postMessage({ jsonrpc: "2.0", method: "ui/notifications/size-changed", params: { height: 300 } }, "*");
    });
    await page.getByText(/more were counted and not kept/).waitFor({ timeout: 15_000 });
    await page.getByRole("tab", { name: /Policy/ }).click({ timeout: 3000 });
    await page.close();
  });
});
