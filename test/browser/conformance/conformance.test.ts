/** The specification's requirements, asked of our emulated hosts by a widget that measures them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { RefusedCall } from "../../../harness/model/errors.ts";
import type { BridgeEvidence, PolicyEvidence } from "../../../harness/model/evidence.ts";
import type { Scenario, Widget, WidgetServer } from "../../../harness/model/widget.ts";
import { profiles, type BuiltInProfileId } from "../../../host/profiles/index.ts";
import { requirements } from "./requirements.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

const MARK = "measured:";
const server: WidgetServer = {
  callTool: (name) =>
    name === "hidden"
      ? Promise.reject(new RefusedCall("not-visible", "Tool hidden is not visible to apps"))
      : Promise.resolve({ content: [], structuredContent: { name } }),
  listTools: () => Promise.resolve({ tools: [] }),
  readResource: (uri) => Promise.resolve({ contents: [{ uri, text: "x" }] }),
  listResources: () => Promise.resolve({ resources: [{ uri: "ui://one", name: "one" }] }),
};

/** Speaks the protocol by hand, and answers with what it met: requirement by requirement, true where it holds. */
const measuring = (modes: readonly string[]) => `<!doctype html><p>hello</p><script>(async () => {
  const heard = [];
  const waiting = new Map();
  let last = 0;
  const send = (message) => parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
  const ask = (method, params) => new Promise((done) => { waiting.set(++last, done); send({ id: last, method, params }); });
  addEventListener("message", ({ data }) => {
    if (data?.method) heard.push(data);
    if (data?.method && data.id !== undefined) send({ id: data.id, result: {} });
    waiting.get(data?.id)?.(data);
  });
  const came = async (method) => { for (;;) { const one = heard.find((message) => message.method === method); if (one) return one; await new Promise(requestAnimationFrame); } };
  const met = {};
  met["security/iframe-sandboxed"] = (() => { try { top.location.href = "https://elsewhere.example/"; return false; } catch { return true; } })();
  met["security/sandbox-proxy-required"] = parent !== top;
  met["security/sandbox-distinct-origin"] = (() => { try { return !top.location.href; } catch { return true; } })();
  met["security/sandbox-permissions"] = origin !== "null";
  const { result } = await ask("ui/initialize", { appInfo: { name: "w", version: "1" }, appCapabilities: { availableDisplayModes: ${JSON.stringify(modes)} }, protocolVersion: "2026-01-26" });
  const early = heard.length;
  met["security/sandbox-message-forwarding"] = result !== undefined;
  met["lifecycle/initialize-capabilities"] = typeof result.hostCapabilities === "object";
  met["context/initialize-hostcontext"] = typeof result.hostContext === "object";
  send({ method: "ui/notifications/initialized", params: {} });
  const input = await came("ui/notifications/tool-input");
  met["lifecycle/tool-input"] = early === 0 && input.params.arguments.city === "Lisbon";
  await came("ui/notifications/tool-result");
  const names = heard.map(({ method }) => method);
  met["lifecycle/tool-result"] = names.indexOf("ui/notifications/tool-input") < names.indexOf("ui/notifications/tool-result");
  met["tools/proxy-call"] = (await ask("tools/call", { name: "seen", arguments: {} })).result?.structuredContent?.name === "seen";
  met["visibility/app-tool-call-guard"] = (await ask("tools/call", { name: "hidden", arguments: {} })).error !== undefined;
  met["capabilities/server-passthrough"] = (await ask("resources/list", {})).result?.resources?.[0]?.uri === "ui://one";
  const refused = new Promise((done) => document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true }));
  met["security/csp-allow-declared"] = (await fetch("https://declared.example/x").then((answer) => answer.json())).a === 1;
  const undeclared = await fetch("https://undeclared.example/x").then(() => "sent", () => "refused");
  met["security/csp-no-loosening"] = undeclared === "refused";
  met["security/sandbox-csp-enforced"] = (await refused) === "connect-src";
  send({ method: "ui/notifications/size-changed", params: { height: 500 } });
  while (innerHeight !== 500) await new Promise(requestAnimationFrame);
  met["dimensions/listen-size-changed"] = true;
  const offered = result.hostContext.availableDisplayModes ?? ["inline"];
  const missing = ["pip", "fullscreen"].find((mode) => !offered.includes(mode));
  met["display/unavailable-returns-current"] = missing === undefined || (await ask("ui/request-display-mode", { mode: missing })).result.mode === "inline";
  const { result: resulting } = await ask("ui/request-display-mode", { mode: "fullscreen" });
  const may = offered.includes("fullscreen") && ${JSON.stringify(modes.includes("fullscreen"))};
  met["display/return-resulting-mode"] = resulting.mode === (may ? "fullscreen" : "inline");
  const changed = () => heard.some(({ method, params }) => method === "ui/notifications/host-context-changed" && params.displayMode === "fullscreen");
  while (may && !changed()) await new Promise(requestAnimationFrame);
  met["context/context-changed"] = changed() === may;
  met["display/no-undeclared-mode"] = met["display/decline-undeclared"] = may || !changed();
  await ask("ui/open-link", { url: "https://elsewhere.example/" });
  const after = heard.map(({ method }) => method);
  met["lifecycle/tool-input-partial-stop"] = !after.slice(after.indexOf("ui/notifications/tool-input")).some((method) => /partial/.test(method));
  return met;
})().then((met) => console.log(${JSON.stringify(MARK)} + JSON.stringify(met)), (error) => console.log(${JSON.stringify(MARK)} + JSON.stringify({ threw: String(error) })));</script>`;

interface Measured {
  readonly met: Readonly<Record<string, unknown>>;
  readonly bridge: BridgeEvidence;
  readonly policy: PolicyEvidence;
}

async function measured(id: BuiltInProfileId, modes: readonly string[]): Promise<Measured> {
  const scenario: Scenario = {
    name: "default",
    toolInput: { city: "Lisbon" },
    toolOutput: { degrees: 22 },
    mocks: [{ url: "https://declared.example/*", json: { a: 1 } }],
  };
  const lists = { connectDomains: ["https://declared.example"], resourceDomains: [], frameDomains: [] };
  const widget: Widget = {
    name: "conformance",
    html: measuring(modes),
    source: { kind: "html", path: "conformance.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: "conformance",
    scenarios: [scenario],
    meta: {
      ui: { csp: lists },
      "openai/widgetCSP": { connect_domains: lists.connectDomains, resource_domains: [], frame_domains: [] },
    },
    server,
  };
  const { artifacts } = await gatherer.gather({ widget, scenario, profile: profiles[id] });
  const { bridge, console: lines, policy } = artifacts;
  if (bridge.status !== "ok" || lines.status !== "ok" || policy.status !== "ok") throw new Error("not gathered");
  const line = lines.value.find(({ text }) => text.startsWith(MARK))?.text ?? `${MARK}{}`;
  const met = JSON.parse(line.slice(MARK.length)) as Readonly<Record<string, unknown>>;
  return { met, bridge: bridge.value, policy: policy.value };
}

const byWidget = requirements.filter(({ asked }) => asked === "widget").map(({ id }) => id);
const HOSTS = ["mcp-apps", "basic-host", "chatgpt", "claude", "vscode", "goose"] as const;

describe.concurrent.each(HOSTS)("%s", (id) => {
  it("meets what a widget can measure, and what the rendering shows", async () => {
    const { met, bridge, policy } = await measured(id, ["inline", "fullscreen", "pip"]);
    expect(met).toEqual(Object.fromEntries(byWidget.map((name) => [name, true])));
    const told = bridge.messages.filter(({ direction }) => direction === "to-widget");
    const requests = told.filter(({ kind }) => kind === "request").map(({ method }) => method);
    expect(requests, "security/sandbox-no-self-requests, lifecycle/teardown-notify").toEqual(["ui/resource-teardown"]);
    const answers = bridge.messages.filter(({ direction, kind }) => direction === "to-host" && kind === "response");
    expect(
      answers.map(({ method }) => method),
      "lifecycle/teardown-await",
    ).toEqual(["ui/resource-teardown"]);
    expect(
      bridge.externalLinks.map(({ url }) => url),
      "links/open-external",
    ).toEqual(["https://elsewhere.example/"]);
    const inner = policy.effective.find(({ layer }) => layer === "inner")?.value;
    expect(inner, "security/csp-construct-from-domains, security/csp-audit-log").toMatch(
      /connect-src [^;]*https:\/\/declared\.example/,
    );
  });
  it("never switches a view that declares inline alone", async () => {
    const { met } = await measured(id, ["inline"]);
    expect(met).toMatchObject({ "display/no-undeclared-mode": true, "display/return-resulting-mode": true });
  });
});
