/** The policies that hosts send, to the letter of the captures and of the specification. */
import { describe, expect, it } from "vitest";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { buildPolicies, sandboxOrigin } from "../../../host/csp/policy.ts";
import { factsOf } from "../../../host/csp/facts.ts";
import { knownProfiles, profiles } from "../../../host/profiles/index.ts";
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

/** Verbatim in two captures, 2026-07-31 and 2026-08-22. */
const claude = ({ r = ` ${R}`, c = ` ${C}` }: Pick<Varying, "r" | "c"> = {}) =>
  `default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:${r} https://assets.claude.ai; style-src 'self' 'unsafe-inline'${r} https://assets.claude.ai; img-src 'self' data: blob:${r} https://assets.claude.ai; connect-src 'self'${c}; font-src 'self'${r} https://assets.claude.ai; media-src 'self' blob: data:${r} https://assets.claude.ai; worker-src 'self' blob:${r} https://assets.claude.ai; frame-src 'self' blob: data:; base-uri 'self'; object-src 'none'; form-action 'self'`;

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
      `default-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data: ${R}; style-src 'self' 'unsafe-inline' blob: data: ${R}; img-src 'self' data: blob: ${R}; font-src 'self' data: blob: ${R}; media-src 'self' data: blob: ${R}; connect-src 'self' ${C}; worker-src 'self' blob: ${R}; frame-src ${F}; object-src 'none'; base-uri ${B}`,
      "default-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:; style-src 'self' 'unsafe-inline' blob: data:; img-src 'self' data: blob:; font-src 'self' data: blob:; media-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; frame-src 'none'; object-src 'none'; base-uri 'none'",
    ],
    ["claude", claude(), claude({ r: "", c: "" })],
    ["claude-desktop", claude(), claude({ r: "", c: "" })],
    ["claude-ios", claude({ r: "" }), claude({ r: "", c: "" })],
    [
      "vscode",
      `default-src 'none'; script-src 'self' 'unsafe-inline' ${R}; style-src 'self' 'unsafe-inline' ${R}; connect-src 'self' ${C}; img-src 'self' data: ${R}; font-src 'self' ${R}; media-src 'self' data: ${R}; frame-src ${F}; object-src 'none'; base-uri ${B}`,
      "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self' data:; frame-src 'none'; object-src 'none'; base-uri 'self'",
    ],
    [
      "goose",
      `default-src 'none'; script-src 'self' 'unsafe-inline' ${R}; script-src-elem 'self' 'unsafe-inline' ${R}; style-src 'self' 'unsafe-inline' ${R}; style-src-elem 'self' 'unsafe-inline' ${R}; connect-src 'self' ${C}; img-src 'self' data: blob: ${R}; font-src 'self' ${R}; media-src 'self' data: blob: ${R}; frame-src 'self' ${F}; object-src 'none'; base-uri 'self' ${B}`,
      "default-src 'none'; script-src 'self' 'unsafe-inline'; script-src-elem 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; style-src-elem 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; media-src 'self' data: blob:; frame-src 'self'; object-src 'none'; base-uri 'self'",
    ],
    ["copilot", undefined, undefined],
    ["cursor", undefined, undefined],
    ["le-chat", undefined, undefined],
    ["slackbot", undefined, undefined],
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
  it("goose keeps origins and dotted hosts without their path, the desktop app asks over https", () => {
    const connect = [
      "https://*.tiles.example/v1/",
      "wss://live.example",
      "plain.example",
      "*",
      "blob:",
      "ws://socket.example:81",
      "http://old.example",
    ];
    const frames = ["http://old.example", "https://new.example"];
    const meta = {
      "openai/widgetCSP": { connect_domains: connect, frame_domains: frames },
      ui: { csp: { connectDomains: connect, frameDomains: frames } },
    };
    expect(policy(profiles.goose, meta)).toContain(
      "connect-src 'self' https://*.tiles.example wss://live.example plain.example ws://socket.example:81 http://old.example;",
    );
    const desktop = policy(profiles["chatgpt-desktop"], meta);
    expect(desktop).toContain(
      "wss://live.example plain.example * blob: https://socket.example:81 https://old.example;",
    );
    expect(desktop).toContain("frame-src https://new.example;");
  });
});

it("outer policies are ChatGPT's alone", () => {
  const header =
    "frame-src 'self' https: data: blob:; sandbox allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms";
  for (const profile of Object.values(profiles))
    expect(policy(profile, declared, "outer"), profile.id).toBe(profile.id.startsWith("chatgpt") ? header : undefined);
});

it("every fact says where it was seen, when, and how sure it is", () => {
  for (const profile of knownProfiles) {
    const facts = factsOf(profile);
    expect(facts.length, profile.id).toBeGreaterThan(30);
    for (const [name, fact] of facts) {
      expect(fact, `${profile.id} ${name}`).toMatchObject({
        source: expect.stringMatching(/\w/) as string,
        seen: expect.stringMatching(/^20\d\d(-\d\d){0,2}$/) as string,
        confidence: expect.stringMatching(/^(high|medium|low|unknown)$/) as string,
      });
    }
  }
});

it("no host that is not ChatGPT claims what was seen in ChatGPT's bridge", () => {
  for (const profile of Object.values(profiles).filter(({ id }) => !id.startsWith("chatgpt")))
    for (const [name, { source }] of factsOf(profile).filter(([path]) => path.startsWith("bridge.")))
      expect(source, `${profile.id} ${name}`).not.toMatch(/ChatGPT|chatgpt\.com|developers\.openai/);
});

it("the sandbox is named after the domain that the host reads", () => {
  const origin = (profile: HostProfile, meta: Readonly<Record<string, unknown>>) =>
    sandboxOrigin(profile, readDeclaration(meta, profile.cspKeys.value).declaration, "server");
  const both = { "openai/widgetDomain": "https://my.app.example", ui: { domain: "https://other.example" } };
  expect(origin(profiles.chatgpt, both)).toBe("https://my-app-example.web-sandbox.oaiusercontent.com");
  expect(origin(profiles["mcp-apps"], both)).toBe("https://other-example.mcp-apps-sandbox.example");
  expect(origin(profiles.goose, both), "read by no key").toMatch(
    /^https:\/\/connector-[0-9a-f]{32}\.goose-guest\.example$/,
  );
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
  it("what one host is contested for says nothing of another; a default may be to grant", () => {
    const claudeUnder = (id: "claude" | "claude-desktop", name: string, value: string) =>
      applyAssumptions(profiles[id], { [name]: value });
    expect(policy(claudeUnder("claude", "resource-domains", "ignored"))).toBe(claude({ r: "" }));
    expect(claudeUnder("claude-desktop", "clipboard-write", "denied").frames.outerAllow.value).toBe("fullscreen *");
    expect(claudeUnder("claude", "clipboard-write", "granted").frames.outerAllow.value).toBe(
      "clipboard-write *; fullscreen *",
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
