/** A save shows at once, under the same policy; what is broken is told and mended without a restart. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { closeBrowser, manifest, openDev, openPage, tempFolder, widgetFrame, type Dev } from "./kit.ts";

const page = (text: string, script = "") =>
  `<!doctype html><html><head><title>t</title></head><body><p>${text}</p><script>${script}</script></body></html>`;
const MODULE = (text: string) =>
  `const text: string = "${text}";\ndocument.getElementById("root")!.textContent = text;\n`;

const opened: { close(): unknown }[] = [];
const keep = <T extends { close(): unknown }>(one: T): T => (opened.push(one), one);
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});
afterAll(closeBrowser);

function folder() {
  const temp = tempFolder();
  keep({ close: () => temp.remove() });
  return temp;
}
const dev = async (...args: Parameters<typeof openDev>): Promise<Dev> => keep(await openDev(...args));
const look = async (...args: Parameters<typeof openPage>): Promise<Page> => keep(await openPage(...args));
const policyIn = (target: Awaited<ReturnType<typeof widgetFrame>>) =>
  target.evaluate(() => document.querySelector<HTMLMetaElement>("meta[http-equiv]")?.content);
const blocked = (target: Awaited<ReturnType<typeof widgetFrame>>) =>
  target.evaluate(
    () =>
      new Promise<string>((done) => {
        document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
        fetch("https://undeclared.example/").catch(() => setTimeout(() => done("not blocked"), 1000));
      }),
  );

describe("hot reload", () => {
  it("keeps the policy, the page and the widget's state", async () => {
    const temp = folder();
    temp.write("w/widget.json", manifest("w", "index.html"));
    temp.write("w/index.html", page("one", "window.openai.setWidgetState({ kept: 7 })"));
    const { url } = await dev(["w"], { cwd: temp.path });
    const host = await look(url);
    const before = await widgetFrame(host, "one");
    const policy = await policyIn(before);
    expect(policy).toContain("connect-src 'self' https://api.dev.example");
    expect(await blocked(before)).toBe("connect-src");
    await host.evaluate(() => void ((window as { marker?: number }).marker = 1));

    temp.write("w/index.html", page("two"));
    const after = await widgetFrame(host, "two");
    expect(await policyIn(after)).toBe(policy);
    expect(await blocked(after)).toBe("connect-src");
    expect(await after.evaluate(() => (window as { openai?: { widgetState: unknown } }).openai?.widgetState)).toEqual({
      kept: 7,
    });
    expect(await host.evaluate(() => (window as { marker?: number }).marker)).toBe(1);
  });

  it("tells a build error on the page and in the terminal, keeps the last good widget, and recovers", async () => {
    const temp = folder();
    temp.write("w/widget.json", manifest("w", "index.ts"));
    temp.write("w/index.ts", MODULE("built one"));
    const running = await dev(["w"], { cwd: temp.path });
    const host = await look(running.url);
    await widgetFrame(host, "built one");

    temp.write("w/index.ts", "const broken = ;\n");
    const alert = host.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/BUILD_FAILED[\s\S]*w\/index\.ts:1/);
    expect(running.terminal()).toMatch(/w\/index\.ts:1[\s\S]*\[BUILD_FAILED\]/);
    await widgetFrame(host, "built one");

    temp.write("w/index.ts", MODULE("built two"));
    await widgetFrame(host, "built two");
    await alert.waitFor({ state: "detached" });
  });

  it("follows a file that a widget imports from outside its folder", async () => {
    const temp = folder();
    temp.write("shared/text.ts", 'export const text = "shared one";\n');
    temp.write("w/widget.json", manifest("w", "index.ts"));
    temp.write(
      "w/index.ts",
      'import { text } from "../shared/text.ts";\ndocument.getElementById("root")!.textContent = text;\n',
    );
    const { url } = await dev(["w"], { cwd: temp.path });
    const host = await look(url);
    await widgetFrame(host, "shared one");
    temp.write("shared/text.ts", 'export const text = "shared two";\n');
    await widgetFrame(host, "shared two");
  });

  it("shows a widget whose folder appears while it runs", async () => {
    const temp = folder();
    temp.write("widgets/a/widget.json", manifest("a", "index.html"));
    temp.write("widgets/a/index.html", page("a"));
    const { url } = await dev(["widgets"], { cwd: temp.path });
    const host = await look(url);
    await widgetFrame(host, "a");
    temp.write("widgets/b/index.html", page("b is here"));
    temp.write("widgets/b/widget.json", manifest("b", "index.html"));
    await host.getByRole("combobox", { name: "Widget", exact: true }).selectOption("b");
    await widgetFrame(host, "b is here");
  });

  it("starts on a target that is missing, and shows it when it comes", async () => {
    const temp = folder();
    const running = await dev(["later"], { cwd: temp.path });
    const host = await look(running.url);
    await host.getByRole("alert").waitFor();
    expect(await host.getByRole("alert").innerText()).toContain("NO_WIDGETS");
    expect(running.terminal()).toContain("[NO_WIDGETS]");
    temp.write("later/index.html", page("came"));
    temp.write("later/widget.json", manifest("later", "index.html"));
    await widgetFrame(host, "came");
  });
});

describe("dev overlay", () => {
  /** Stands for a Vite dev server: its client, with CORS as Vite sends it. */
  async function viteLike(): Promise<{ readonly origin: string; readonly asked: string[]; close(): Promise<void> }> {
    const asked: string[] = [];
    const server: Server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response
        .writeHead(200, {
          "content-type": "text/javascript",
          "access-control-allow-origin": request.headers.origin ?? "*",
        })
        .end("document.body.append('client ran')");
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return keep({
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      asked,
      close: () => new Promise<void>((done) => void server.close(() => done())),
    });
  }

  it("lets the widget's own dev server through by name, counts it not, and goes by one switch", async () => {
    const vite = await viteLike();
    const temp = folder();
    temp.write("w/widget.json", manifest("w", "index.html"));
    temp.write(
      "w/index.html",
      `<!doctype html><html><body><p>page</p><script type="module" src="${vite.origin}/@vite/client"></script></body></html>`,
    );
    const { url } = await dev(["w"], { cwd: temp.path });
    const host = await look(url, "panel=network");
    await widgetFrame(host, "client ran");
    await host.getByText("are not counted as the widget’s").first().waitFor();
    expect(await host.locator(".rows .row__url", { hasText: vite.origin }).count()).toBe(0);

    const asked = vite.asked.length;
    await host.getByRole("heading", { name: "Dev overlay" }).click();
    await host.getByRole("switch", { name: /Answer allowed requests/ }).click();
    const row = host.locator(".row", { hasText: vite.origin });
    await row.first().waitFor();
    expect(await row.first().innerText()).toContain("blocked");
    expect(vite.asked.length).toBe(asked);
  });

  it("answers allowed requests from the scenario's mocks, and blocked ones not at all", async () => {
    const temp = folder();
    temp.write(
      "w/widget.json",
      manifest("w", "index.html", {
        scenarios: {
          default: {
            mocks: [
              { url: "https://api.dev.example/x", json: { from: "mock" } },
              { url: "https://other.example/*", json: { from: "mock" } },
              {
                url: "https://api.dev.example/no-cors",
                json: 1,
                headers: { "access-control-allow-origin": "https://else.example" },
              },
            ],
          },
        },
      }),
    );
    temp.write("w/index.html", page("w"));
    const { url } = await dev(["w"], { cwd: temp.path });
    const host = await look(url);
    const frame = await widgetFrame(host, "w");
    const ask = (address: string) =>
      frame.evaluate(
        (target) =>
          fetch(target).then(
            (response) => response.json(),
            (error: unknown) => (error as Error).name,
          ),
        address,
      );
    expect(await ask("https://api.dev.example/x")).toEqual({ from: "mock" });
    expect(await ask("https://other.example/x")).toBe("TypeError");
    expect(await ask("https://api.dev.example/no-cors")).toBe("TypeError");
  });
});
