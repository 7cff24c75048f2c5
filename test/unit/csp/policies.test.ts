/** The policies that hosts send, to the letter of the captures and of the specification. */
import { describe, expect, it } from "vitest";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { buildPolicies, sandboxOrigin } from "../../../host/csp/policy.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { applyAssumptions } from "../../../host/csp/assumptions.ts";
import type { BuiltInProfileId } from "../../../host/profiles/index.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";

const [R, C, F, B, S] = [
  "https://r.example",
  "https://c.example",
  "https://f.example",
  "https://b.example",
  "https://mcp.example",
] as const;
const declared = {
  "openai/widgetCSP": { resource_domains: [R], connect_domains: [C], frame_domains: [F] },
  ui: { csp: { resourceDomains: [R], connectDomains: [C], frameDomains: [F], baseUriDomains: [B] } },
};
function policy(
  profile: HostProfile,
  meta: Readonly<Record<string, unknown>> = declared,
  layer: "inner" | "outer" = "inner",
): string | undefined {
  const { declaration } = readDeclaration(meta, profile.cspKeys.value);
  return buildPolicies(profile, declaration, { serverOrigin: S }).effective.find((one) => one.layer === layer)?.value;
}
interface Varying {
  readonly r?: string;
  readonly c?: string;
  readonly f?: string;
  readonly worker?: string;
}
const chatgpt = ({ r = ` ${R}`, c = ` ${C}`, f = F, worker = "blob:" }: Varying = {}) =>
  `default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline' 'unsafe-eval' blob: https://*.oaiusercontent.com${r}; worker-src ${worker}; style-src 'self' 'unsafe-inline' https://*.oaiusercontent.com${r}; style-src-elem 'self' 'unsafe-inline'${r}; style-src-attr 'unsafe-inline'; img-src 'self' data:${r}; font-src 'self' https://*.oaiusercontent.com${r}; connect-src 'self'${c}; media-src 'self'${r}; object-src 'none'; frame-src ${f}; base-uri 'self'; upgrade-insecure-requests`;

describe("inner policies", () => {
  it.each<[BuiltInProfileId, string | undefined, string | undefined]>([
    ["chatgpt", chatgpt(), chatgpt({ r: ` ${S}`, c: ` ${S}`, f: "'none'" })],
    ["chatgpt-dev", undefined, undefined],
    ["chatgpt-dev-enforced", chatgpt(), chatgpt({ r: ` ${S}`, c: ` ${S}`, f: "'none'" })],
    [
      "chatgpt-desktop",
      chatgpt({ worker: "'self' blob:" }),
      chatgpt({ r: ` ${S}`, c: ` ${S}`, f: "'none'", worker: "'self' blob:" }),
    ],
    [
      "mcp-apps",
      `default-src 'none'; script-src 'self' 'unsafe-inline' ${R}; style-src 'self' 'unsafe-inline' ${R}; connect-src 'self' ${C}; img-src 'self' data: ${R}; font-src 'self' ${R}; media-src 'self' data: ${R}; frame-src ${F}; object-src 'none'; base-uri ${B}`,
      "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; connect-src 'none'; img-src 'self' data:; media-src 'self' data:; object-src 'none'",
    ],
    [
      "basic-host",
      `default-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data: ${R}; style-src 'self' 'unsafe-inline' blob: data: ${R}; img-src 'self' data: blob: ${R}; font-src 'self' data: blob: ${R}; connect-src 'self' ${C}; worker-src 'self' blob: ${R}; frame-src ${F}; object-src 'none'; base-uri ${B}`,
      "default-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:; style-src 'self' 'unsafe-inline' blob: data:; img-src 'self' data: blob:; font-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; frame-src 'none'; object-src 'none'; base-uri 'none'",
    ],
    [
      "claude",
      `default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data: https://assets.claude.ai ${R}; style-src 'self' 'unsafe-inline' ${R}; img-src 'self' data: ${R}; font-src 'self' ${R}; media-src 'self' data: ${R}; connect-src 'self' ${C}; frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'`,
      "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data: https://assets.claude.ai; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; media-src 'self' data:; connect-src 'self'; frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'",
    ],
  ])("%s", (id, withLists, without) => {
    expect(policy(profiles[id])).toBe(withLists);
    expect(policy(profiles[id], {})).toBe(without);
  });
  it("ChatGPT copies entries as they are; Claude keeps what is https, subdomains too", () => {
    const meta = (entries: readonly string[]) => ({
      "openai/widgetCSP": { connect_domains: entries, resource_domains: [] },
      ui: { csp: { connectDomains: entries, resourceDomains: [] } },
    });
    const entries = meta(["https://*.tiles.example", "wss://live.example", "blob:", "http://plain.example"]);
    expect(policy(profiles.chatgpt, entries)).toContain(
      "connect-src 'self' https://*.tiles.example wss://live.example blob: http://plain.example;",
    );
    expect(policy(profiles.claude, entries)).toContain("connect-src 'self' https://*.tiles.example;");
  });
});

it("outer policies are ChatGPT's alone", () => {
  const header =
    "frame-src 'self' https: data: blob:; sandbox allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms";
  for (const profile of Object.values(profiles))
    expect(policy(profile, declared, "outer"), profile.id).toBe(profile.id.startsWith("chatgpt") ? header : undefined);
});

it("every fact says where it was seen, when, and how sure it is", () => {
  for (const profile of Object.values(profiles)) {
    const { frames, bridge, cspKeys, whenUndeclared, entryFilter, innerPolicy, declarationRequired } = profile;
    for (const [name, fact] of Object.entries({
      ...frames,
      ...bridge,
      cspKeys,
      whenUndeclared,
      entryFilter,
      innerPolicy,
      declarationRequired,
    })) {
      expect(fact, `${profile.id} ${name}`).toMatchObject({
        source: expect.stringMatching(/\w/) as string,
        seen: expect.stringMatching(/^20\d\d(-\d\d){0,2}$/) as string,
        confidence: expect.stringMatching(/^(high|medium|low)$/) as string,
      });
    }
  }
});

it("no host that is not ChatGPT claims what was seen in ChatGPT's bridge", () => {
  for (const id of ["mcp-apps", "basic-host", "claude"] as const) {
    for (const [name, fact] of Object.entries({ ...profiles[id].bridge }))
      expect(fact.source, `${id} ${name}`).not.toMatch(/ChatGPT|MCPJam/);
  }
});

it("the sandbox is named after the domain that the host reads", () => {
  const origin = (profile: HostProfile, meta: Readonly<Record<string, unknown>>) =>
    sandboxOrigin(profile, readDeclaration(meta, profile.cspKeys.value).declaration, "server");
  const both = { "openai/widgetDomain": "https://my.app.example", ui: { domain: "https://other.example" } };
  expect(origin(profiles.chatgpt, both)).toBe("https://my-app-example.web-sandbox.oaiusercontent.com");
  expect(origin(profiles["mcp-apps"], both)).toBe("https://other-example.mcp-apps-sandbox.example");
  expect(origin(profiles.chatgpt, {})).toMatch(/^https:\/\/connector-[0-9a-f]{32}\.web-sandbox\.oaiusercontent\.com$/);
});

describe("contested facts", () => {
  const under = (name: string, value: string) => applyAssumptions(profiles.chatgpt, { [name]: value });
  it("metadata-key", () => {
    const uiOnly = { ui: { csp: { resourceDomains: [R] } } };
    expect(policy(profiles.chatgpt, uiOnly)).toContain(`img-src 'self' data: ${R};`);
    expect(policy(under("metadata-key", "widgetCSP-only"), uiOnly)).toContain(`img-src 'self' data: ${S};`);
    expect(policy(under("metadata-key", "ui.csp-only"), { "openai/widgetCSP": { resource_domains: [R] } })).toContain(
      `img-src 'self' data: ${S};`,
    );
  });
  it("cdn-baseline", () => {
    const on = policy(under("cdn-baseline", "on"));
    for (const name of ["script-src", "style-src", "style-src-elem", "font-src", "img-src", "connect-src"])
      expect(on).toMatch(new RegExp(`(^|; )${name} [^;]*https://unpkg\\.com`));
    expect(on).toContain("worker-src blob:;");
    expect(policy(profiles.chatgpt)).not.toContain("unpkg");
    expect(policy(applyAssumptions(profiles["chatgpt-desktop"], { "cdn-baseline": "on" }), {})).toContain(
      "connect-src 'self' https://mcp.example https://cdn.jsdelivr.net",
    );
  });
  it("clipboard-write, popups, style-elem-cdn", () => {
    expect(under("clipboard-write", "granted").frames.outerAllow.value).toBe(
      "clipboard-write *; local-network-access *; microphone *; midi *",
    );
    expect(profiles.chatgpt.frames.outerAllow.value).toBe("local-network-access *; microphone *; midi *");
    expect(under("popups", "allowed").frames.outerSandbox.value).toContain("allow-popups");
    expect(profiles.chatgpt.frames.outerSandbox.value.join(" ")).toBe("allow-scripts allow-same-origin allow-forms");
    expect(policy(under("style-elem-cdn", "present"))).toMatch(/style-src-elem [^;]*https:\/\/\*\.oaiusercontent\.com/);
  });
});
