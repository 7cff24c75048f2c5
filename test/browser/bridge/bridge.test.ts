/** The bridge as hosts speak it: ext-apps' own client and hand-written widgets, and ChatGPT's quirks. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BridgeEvidence, Evidence } from "../../../harness/model/evidence.ts";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { RefusedCall } from "../../../harness/model/errors.ts";
import { judge } from "../../../harness/judge/judge.ts";
import type { Scenario, Widget, WidgetServer } from "../../../harness/model/widget.ts";
import { profiles } from "../../../host/profiles/index.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

const MARK = "answer:";
const lists = {
  connect_domains: [],
  resource_domains: [],
  frame_domains: [],
  redirect_domains: ["https://mine.example"],
};
async function run(
  html: string,
  options: {
    readonly scenario?: Partial<Scenario>;
    readonly profile?: keyof typeof profiles;
    readonly server?: WidgetServer;
  } = {},
): Promise<{ evidence: Evidence; bridge: BridgeEvidence; answer: unknown }> {
  const scenario: Scenario = {
    name: "default",
    toolInput: { city: "Lisbon" },
    toolOutput: { degrees: 22 },
    _meta: { secretless: true },
    ...options.scenario,
  };
  const widget: Widget = {
    name: "bridge",
    html: `<!doctype html><html><body><p>hello</p><button id="press">Press</button>${html}</body></html>`,
    source: { kind: "html", path: "bridge.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: "bridge",
    scenarios: [scenario],
    meta: { "openai/widgetCSP": lists, ui: { csp: { connectDomains: [], resourceDomains: [], frameDomains: [] } } },
    ...(options.server ? { server: options.server } : {}),
  };
  const evidence = await gatherer.gather({ widget, scenario, profile: profiles[options.profile ?? "chatgpt"] });
  const { bridge, console: lines } = evidence.artifacts;
  if (bridge.status !== "ok" || lines.status !== "ok") throw new Error("not gathered");
  const line = lines.value.find(({ text }) => text.startsWith(MARK))?.text;
  return {
    evidence,
    bridge: bridge.value,
    answer: line === undefined ? undefined : JSON.parse(line.slice(MARK.length)),
  };
}
const script = (body: string) =>
  `<script>(async () => { ${body} })().then((value) => console.log(${JSON.stringify(MARK)} + JSON.stringify(value ?? null)), (error) => console.log(${JSON.stringify(MARK)} + JSON.stringify("threw " + error.message)));</script>`;
const outcomeOf = (evidence: Evidence, id: string) =>
  judge([evidence], { toolVersion: "0" }).runs[0]?.checks.find((check) => check.id === id);

const server: WidgetServer = {
  callTool: (name, args) => {
    if (name === "hidden") return Promise.reject(new RefusedCall("not-visible", "Tool hidden is not visible to apps"));
    return Promise.resolve(
      name === "broken"
        ? { isError: true, content: [{ type: "text", text: "no luck" }] }
        : { structuredContent: { name, args } },
    );
  },
  listTools: () => Promise.resolve({ tools: [] }),
  readResource: (uri) => Promise.resolve({ contents: [{ uri, text: "x" }] }),
  listResources: () => Promise.resolve({ resources: [] }),
};

describe.concurrent("ext-apps' own client", () => {
  const client = readFileSync(
    createRequire(import.meta.url).resolve("@modelcontextprotocol/ext-apps/app-with-deps"),
    "utf8",
  );
  const names = /export\s*\{([^}]*)\}/.exec(client)?.[1] ?? "";
  const local = /(\w+) as App\b/.exec(names)?.[1] ?? "App";
  const bundle = `<script type="module">${client.replace(/export\s*\{[^}]*\};?/g, "").replaceAll("</script", "<\\/script")}\n;globalThis.App = ${local};\n`;
  it.each(["chatgpt", "mcp-apps"] as const)(
    "finishes its handshake, gets its data and calls a tool under %s",
    async (profile) => {
      const { evidence, bridge, answer } = await run(
        `${bundle}
      const app = new App({ name: "Test", version: "1.0.0" }, {});
      const got = new Promise((resolve) => { app.ontoolresult = (result) => resolve(result.structuredContent); });
      await app.connect();
      const called = await app.callServerTool({ name: "refresh", arguments: { a: 1 } });
      console.log(${JSON.stringify(MARK)} + JSON.stringify([await got, called.structuredContent]));
    </script>`,
        { profile, server },
      );
      expect(bridge.handshake).toBe("initialized");
      expect(answer).toEqual([{ degrees: 22 }, { name: "refresh", args: { a: 1 } }]);
      expect(outcomeOf(evidence, "bridge/protocol")?.outcome).toBe("pass");
    },
  );
});

describe.concurrent("window.openai", () => {
  it("gives the globals, synchronously", async () => {
    const { answer } = await run(
      script(
        "const o = window.openai; return [o.toolInput, o.toolOutput, o.theme, o.displayMode, o.locale, o.widgetState, o.maxHeight, typeof o.toolResponseMetadata, o.safeArea.insets.top, o.userAgent.device.type]",
      ),
    );
    expect(answer).toEqual([
      { city: "Lisbon" },
      { degrees: 22 },
      "light",
      "inline",
      "en-US",
      null,
      400,
      "object",
      0,
      "desktop",
    ]);
  });
  it("is absent under hosts that have none", async () => {
    const { answer } = await run(script("return typeof window.openai"), { profile: "mcp-apps" });
    expect(answer).toBe("undefined");
  });
  it("holds gated data back, then announces it", async () => {
    const { answer } = await run(
      script(
        "const first = [openai.toolInput, openai.toolOutput]; const globals = await new Promise((done) => addEventListener('openai:set_globals', (event) => done(event.detail.globals), { once: true })); return [first, globals.toolOutput, openai.toolInput]",
      ),
      { scenario: { gated: true } },
    );
    expect(answer).toEqual([[null, null], { degrees: 22 }, { city: "Lisbon" }]);
  });
  it("keeps widget state at once", async () => {
    const { answer } = await run(script("openai.setWidgetState({ page: 2 }); return openai.widgetState"), {
      scenario: { widgetState: { page: 1 } },
    });
    expect(answer).toEqual({ page: 2 });
  });
  it("rejects a failed tool call under ChatGPT", async () => {
    const { answer, bridge } = await run(script("await openai.callTool('broken', {})"), { server });
    expect(answer).toBe("threw no luck");
    expect(bridge.toolCalls).toMatchObject([{ name: "broken", outcome: "error" }]);
  });
  it("refuses a tool without app visibility, and says so", async () => {
    const { answer, evidence } = await run(script("await openai.callTool('hidden', {})"), { server });
    expect(answer).toContain("not visible");
    expect(outcomeOf(evidence, "bridge/tool-call")).toMatchObject({
      outcome: "fail",
      findings: [{ messageId: "hidden", data: { name: "hidden" } }],
    });
  });
  it("requestDisplayMode outside a gesture returns undefined, inside one a promise of the mode", async () => {
    const outside = await run(script("return String(openai.requestDisplayMode({ mode: 'fullscreen' }))"));
    expect(outside.answer).toBe("undefined");
    const inside = await run(
      `<script>press.onclick = async () => console.log(${JSON.stringify(MARK)} + JSON.stringify(await openai.requestDisplayMode({ mode: "fullscreen" })))</script>`,
      { scenario: { steps: [{ click: "#press" }] } },
    );
    expect(inside.answer).toEqual({ mode: "fullscreen" });
  });
  it("shows the safe-link dialog unless the origin is a redirect domain", async () => {
    const { bridge } = await run(
      script(
        "await openai.openExternal({ href: 'https://mine.example/a' }); await openai.openExternal({ href: 'https://other.example/b' })",
      ),
    );
    expect(bridge.externalLinks).toMatchObject([
      { url: "https://mine.example/a", safeLink: false, where: { file: "bridge.html", line: 1 } },
      { url: "https://other.example/b", safeLink: true, where: { file: "bridge.html", line: 1 } },
    ]);
    expect(bridge.externalLinks).toHaveLength(2);
  });
});

describe.concurrent("hand-written widgets", () => {
  const request =
    "let last = 0; const ask = (method, params) => new Promise((done) => { const id = ++last; addEventListener('message', function hear(event) { if (event.data?.id === id) { removeEventListener('message', hear); done(event.data) } }); parent.postMessage({ jsonrpc: '2.0', id, method, params }, '*') }); const tell = (method, params = {}) => parent.postMessage({ jsonrpc: '2.0', method, params }, '*');";
  it("a right one passes", async () => {
    const { evidence, answer } = await run(
      script(
        `${request} const { result } = await ask('ui/initialize', { appInfo: { name: 'w', version: '1' }, appCapabilities: {}, protocolVersion: '2026-01-26' }); const output = new Promise((done) => addEventListener('message', (event) => event.data?.method === 'ui/notifications/tool-result' && done(event.data.params.structuredContent))); tell('ui/notifications/initialized'); return [result.hostInfo.name, result.hostContext.theme, await output]`,
      ),
    );
    expect(answer).toEqual(["chatgpt", "light", { degrees: 22 }]);
    expect(outcomeOf(evidence, "bridge/protocol")?.outcome).toBe("pass");
    expect(outcomeOf(evidence, "bridge/handshake")?.outcome).toBe("pass");
  });
  it("clientInfo instead of appInfo fails", async () => {
    const { evidence } = await run(
      script(
        `${request} tell('x'); await ask('ui/initialize', { clientInfo: { name: 'w', version: '1' }, capabilities: {}, protocolVersion: '2026-01-26' })`,
      ),
    );
    expect(outcomeOf(evidence, "bridge/protocol")?.findings.map(({ messageId }) => messageId)).toEqual(
      expect.arrayContaining(["app-info", "app-capabilities", "before-initialize"]),
    );
    expect(outcomeOf(evidence, "bridge/handshake")?.outcome).toBe("fail");
  });
  it("initialized that is never sent fails", async () => {
    const { evidence } = await run(
      script(
        `${request} await ask('ui/initialize', { appInfo: { name: 'w', version: '1' }, appCapabilities: {}, protocolVersion: '2026-01-26' })`,
      ),
    );
    expect(outcomeOf(evidence, "bridge/handshake")?.findings[0]?.messageId).toBe("unfinished");
  });
  it("an id that is no whole number is told, as no host answers it", async () => {
    const { evidence } = await run(
      script("parent.postMessage({ jsonrpc: '2.0', id: 0.5, method: 'ui/initialize', params: {} }, '*')"),
    );
    expect(outcomeOf(evidence, "bridge/protocol")?.findings[0]?.data.detail).toContain("whole number");
  });
  it.each([
    ["as text", "parent.postMessage(JSON.stringify(init), '*')", "malformed"],
    ["to top", "top.postMessage(init, '*')", "misaddressed"],
  ])("a handshake that is posted %s reaches no host, and is told", async (_, post, rule) => {
    const { evidence } = await run(
      script(`const init = { jsonrpc: '2.0', id: 1, method: 'ui/initialize', params: {} }; ${post}`),
    );
    expect(outcomeOf(evidence, "bridge/protocol")?.findings.map(({ messageId }) => messageId)).toEqual([rule]);
  });
  it("a handshake that is addressed to the host's page is not delivered; what the widget reads of window.openai makes it a warning", async () => {
    const post =
      "parent.postMessage({ jsonrpc: '2.0', id: 1, method: 'ui/initialize', params: {} }, 'https://chatgpt.com');";
    const lost = await run(script(post));
    expect(outcomeOf(lost.evidence, "bridge/handshake")).toMatchObject({
      outcome: "fail",
      findings: [{ messageId: "misaddressed", data: { target: "https://chatgpt.com" } }],
    });
    expect(outcomeOf(lost.evidence, "bridge/handshake")?.findings[0]?.severity ?? "error").toBe("error");
    const fed = await run(script(`${post} return openai.toolOutput.degrees`));
    expect(outcomeOf(fed.evidence, "bridge/handshake")?.findings[0]?.severity).toBe("warning");
  });
  it("messages of other scripts are no violation", async () => {
    const { evidence } = await run(
      script("parent.postMessage({ type: 'iframe-resizer', height: 3 }, '*'); parent.postMessage('hello', '*')"),
    );
    expect(outcomeOf(evidence, "bridge/protocol")?.outcome).toBe("pass");
  });
});

describe.concurrent("steps and exploration", () => {
  const later = `<script>press.onclick = () => fetch("https://behind.example/x").catch(() => 0)</script>`;
  const blocked = (evidence: Evidence) =>
    evidence.artifacts.network.status === "ok" ? evidence.artifacts.network.value.map(({ origin }) => origin) : [];
  it("code behind a button is not reached by itself", async () => {
    expect(blocked((await run(later)).evidence)).toEqual([]);
  });
  it("a step reaches it", async () => {
    expect(
      blocked((await run(later, { scenario: { steps: [{ click: "role=button[name='Press']" }] } })).evidence),
    ).toEqual(["https://behind.example"]);
  });
  it("exploration reaches it, and says what it pressed", async () => {
    const scenario: Scenario = { name: "default" };
    const widget: Widget = {
      name: "x",
      html: `<!doctype html><p>x</p><button id="press">Press</button>${later}`,
      source: { kind: "html", path: "x.html" },
      mimeType: "text/html;profile=mcp-app",
      serverOrigin: null,
      serverId: "x",
      scenarios: [scenario],
      meta: {},
    };
    const evidence = await gatherer.gather({
      widget,
      scenario,
      profile: profiles.chatgpt,
      explore: { seed: 1, actions: 5 },
    });
    expect(blocked(evidence)).toEqual(["https://behind.example"]);
    expect(evidence.artifacts.document).toMatchObject({
      status: "ok",
      value: { explored: [{ target: 'pressing button "Press"', outcome: "pressed" }] },
    });
  });
  it("a step that cannot be done is told", async () => {
    const { evidence } = await run("", { scenario: { steps: [{ click: "#absent" }] } });
    expect(evidence.artifacts.document).toMatchObject({
      status: "ok",
      value: { steps: [{ step: "click #absent", outcome: "failed" }] },
    });
  });
});

describe.concurrent("sizes", () => {
  const measured = script(
    "await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame); return [innerWidth, openai.displayMode]",
  );
  it.each([320, 375, 720, 768])("a frame of %i pixels is as wide as that", async (width) => {
    expect((await run(measured, { scenario: { context: { width } } })).answer).toEqual([width, "inline"]);
  });
  it("fullscreen covers the page, of a phone as of a desktop", async () => {
    const size = script(
      "await new Promise((done) => innerHeight > 400 ? done() : addEventListener('resize', done)); return [innerWidth, innerHeight]",
    );
    expect(
      (await run(size, { scenario: { context: { displayMode: "fullscreen", device: "mobile" } } })).answer,
    ).toEqual([375, 900]);
    expect((await run(size, { scenario: { context: { displayMode: "fullscreen" } } })).answer).toEqual([1280, 900]);
  });
  it("a frame that becomes fullscreen grows", async () => {
    const { answer } = await run(
      `<script>addEventListener("resize", () => innerHeight === 900 && console.log(${JSON.stringify(MARK)} + JSON.stringify(openai.displayMode))); press.onclick = () => openai.requestDisplayMode({ mode: "fullscreen" })</script>`,
      { scenario: { steps: [{ click: "#press" }] } },
    );
    expect(answer).toBe("fullscreen");
  });
  it("the host's container is no wider than the frame of a phone", async () => {
    const ask =
      "parent.postMessage({ jsonrpc: '2.0', id: 1, method: 'ui/initialize', params: { appInfo: { name: 'w', version: '1' }, appCapabilities: {}, protocolVersion: '2026-01-26' } }, '*'); return (await new Promise((done) => addEventListener('message', ({ data }) => data.id === 1 && done(data)))).result.hostContext.containerDimensions";
    expect((await run(script(ask), { scenario: { context: { device: "mobile" } } })).answer).toEqual({
      height: 400,
      maxWidth: 375,
    });
    expect((await run(script(ask))).answer).toEqual({ height: 400, maxWidth: 768 });
  });
});

describe.concurrent("calls of window.openai", () => {
  it.each([
    ["openExternal('https://x.example/')", "href"],
    ["openExternal({})", "href"],
    ["sendFollowUpMessage('hello')", "prompt"],
    ["callTool({ name: 'refresh' })", "name"],
    ["getFileDownloadUrl('f')", "fileId"],
  ])("%s lacks what it needs, and is told", async (call, name) => {
    const { evidence, bridge } = await run(script(`await openai.${call}`), { server });
    expect(outcomeOf(evidence, "bridge/protocol")).toMatchObject({
      outcome: "fail",
      findings: [{ messageId: "invalid-params", data: { detail: expect.stringContaining(name) as string } }],
    });
    expect(bridge.externalLinks).toEqual([]);
  });
  it("right ones pass", async () => {
    const { evidence } = await run(
      script(
        "await openai.openExternal({ href: 'https://x.example/' }); await openai.sendFollowUpMessage({ prompt: 'hello' }); await openai.callTool('refresh'); await openai.selectFiles(); openai.notifyIntrinsicHeight(300); openai.requestClose()",
      ),
      { server },
    );
    expect(outcomeOf(evidence, "bridge/protocol")?.outcome).toBe("pass");
  });
});
