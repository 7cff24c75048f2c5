/** Preflights that fail, and near misses, as a server's recorded answers: what real runs emit is what is judged. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import type { Mock, Widget } from "../../../harness/model/widget.ts";
import { profiles } from "../../../host/profiles/index.ts";

const API = "https://api.example.com";
type Headers = Readonly<Record<string, string>>;
interface Case {
  readonly id: string;
  /** Second argument of `fetch`. */
  readonly ask: string;
  readonly status?: number;
  readonly preflight?: Headers;
  /** Message of `network/cors`; none for a near miss. */
  readonly message?: string;
}

const post = `{ method: "POST", headers: { "content-type": "application/json" }, body: "{}" }`;
const withHeader = (name: string) => `{ headers: { ${JSON.stringify(name)}: "x" } }`;
const any = { "access-control-allow-origin": "*" };
const open = { ...any, "access-control-allow-headers": "content-type, authorization, x-own" };

const cases: readonly Case[] = [
  { id: "405", ask: post, status: 405, preflight: open, message: "preflight-status" },
  { id: "500", ask: post, status: 500, preflight: open, message: "preflight-status" },
  { id: "redirect", ask: post, status: 302, preflight: { ...open, location: "/y" }, message: "preflight-redirect" },
  { id: "no-origin", ask: post, preflight: {}, message: "preflight-origin-missing" },
  {
    id: "other-origin",
    ask: post,
    preflight: { ...open, "access-control-allow-origin": "https://chatgpt.com" },
    message: "preflight-origin",
  },
  { id: "json", ask: post, preflight: any, message: "preflight-header" },
  { id: "authorization", ask: withHeader("authorization"), preflight: any, message: "preflight-header" },
  { id: "own-header", ask: withHeader("x-own"), preflight: any, message: "preflight-header" },
  { id: "put", ask: `{ method: "PUT" }`, preflight: open, message: "preflight-method" },
  { id: "delete", ask: `{ method: "DELETE" }`, preflight: open, message: "preflight-method" },
  { id: "patch", ask: `{ method: "PATCH" }`, preflight: open, message: "preflight-method" },
  {
    id: "credentials-wildcard",
    ask: `{ ...${post}, credentials: "include" }`,
    preflight: open,
    message: "preflight-origin-wildcard",
  },
  {
    id: "wildcard-credentials",
    ask: `{ headers: { "x-own": "1" }, credentials: "include" }`,
    preflight: {
      "access-control-allow-origin": "https://preflight-example-org.web-sandbox.oaiusercontent.com",
      "access-control-allow-credentials": "true",
      "access-control-allow-headers": "*",
    },
    message: "preflight-header-wildcard",
  },
  { id: "correct", ask: post, preflight: open },
  // The standard leaves authorization out of `*`; Chromium 156 lets it through.
  {
    id: "wildcard-authorization",
    ask: withHeader("authorization"),
    preflight: { ...any, "access-control-allow-headers": "*" },
  },
  { id: "wildcard-own", ask: withHeader("x-own"), preflight: { ...any, "access-control-allow-headers": "*" } },
  { id: "form", ask: `{ method: "POST", body: new URLSearchParams({ a: "b" }) }`, status: 405, preflight: {} },
  { id: "safelisted", ask: withHeader("accept-language"), status: 405, preflight: {} },
];

const entry = (method: string, path: string, status: number, headers: Headers) => ({
  request: { method, url: `${API}/${path}` },
  response: {
    status,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    content: { text: "{}", mimeType: "application/json" },
  },
});

let folder: string;
let gatherer: Gatherer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandglass-"));
  const entries = cases.flatMap(({ id, status = 204, preflight = {} }) => [
    entry("OPTIONS", id, status, preflight),
    ...["GET", "POST", "PUT", "DELETE", "PATCH"].map((method) => entry(method, id, 200, any)),
  ]);
  await writeFile(join(folder, "replay.har"), JSON.stringify({ log: { version: "1.2", entries } }));
  gatherer = await openGatherer({ replay: join(folder, "replay.har") });
});
afterAll(async () => {
  await gatherer.close();
  await rm(folder, { recursive: true, force: true });
});

function widgetOf(id: string, ask: string, mocks: readonly Mock[] = []): Widget {
  const code = `fetch("${API}/${id}", ${ask}).then((a) => (s.textContent = a.status), () => (s.textContent = "failed"))`;
  return {
    name: id,
    html: `<!doctype html>\n<html lang="en"><title>W</title><body><p>W</p><p id="s"></p>\n<script>\n${code}\n</script>`,
    source: { kind: "html", path: "w.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: `preflight:${id}`,
    meta: {
      "openai/widgetCSP": { connect_domains: [API], resource_domains: [] },
      "openai/widgetDomain": "https://preflight.example.org",
      ui: { csp: { connectDomains: [API], resourceDomains: [] } },
    },
    scenarios: [{ name: "default", mocks, steps: [{ waitFor: "#s:not(:empty)" }] }],
  };
}

async function judged(widget: Widget, by = gatherer) {
  const [scenario = { name: "default" }] = widget.scenarios;
  const run = judgeOne(await by.gather({ widget, profile: profiles.chatgpt, scenario }), { toolVersion: "0" });
  const check = run.checks.find(({ id }) => id === "network/cors");
  return {
    verdict: run.verdict,
    found: check?.findings.map(({ messageId, where }) => `${messageId} :${where?.line}`),
    network: run.network,
  };
}

describe.concurrent("a server's preflight", () => {
  it.each(cases)("$id", async ({ id, ask, message }) => {
    const { verdict, found } = await judged(widgetOf(id, ask));
    expect({ verdict, found }).toEqual({
      verdict: message ? "fail" : "pass",
      found: message ? [`${message} :4`] : [],
    });
  });
});

describe.concurrent("a preflight of ours", () => {
  it("a mock's status 500 reaches the widget", async () => {
    const mocks = [{ url: `${API}/*`, status: 500, json: { broken: true } }];
    const { verdict, network } = await judged(widgetOf("mocked", post, mocks));
    expect({ verdict, seen: network.map(({ outcome, status }) => `${outcome} ${status}`) }).toEqual({
      verdict: "pass",
      seen: ["allowed 500"],
    });
  });
  it("a stub is never a CORS failure", async () => {
    const { verdict, network } = await judged(
      widgetOf(
        "stubbed",
        `{ method: "PROPFIND", headers: { authorization: "x", "x-own": "1" }, credentials: "include" }`,
      ),
    );
    expect({ verdict, seen: network.map(({ outcome, answeredBy }) => `${outcome} ${answeredBy}`) }).toEqual({
      verdict: "pass",
      seen: ["allowed stub"],
    });
  });
});

it.concurrent(
  "a host that cannot be reached leaves the run undecided, whether or not it would be preflighted",
  async () => {
    const live = await openGatherer({ network: "live" });
    try {
      for (const ask of ["{}", post]) {
        const widget = widgetOf("gone", ask);
        const gone = JSON.parse(JSON.stringify(widget).replaceAll(API, "https://gone.invalid")) as Widget;
        const { verdict, found, network } = await judged(gone, live);
        const seen = network.map(({ outcome, answeredBy, blockClass }) => `${outcome} ${answeredBy} ${blockClass}`);
        expect({ verdict, found, seen }).toEqual({
          verdict: "incomplete",
          found: [],
          seen: ["failed unreachable unreachable"],
        });
      }
    } finally {
      await live.close();
    }
  },
);
