/** Every host is observed with the same eyes, and its policy is the one that Chromium enforces. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judge } from "../../../harness/judge/judge.ts";
import type { Scenario, Widget } from "../../../harness/model/widget.ts";
import { profiles } from "../../../host/profiles/index.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

const scenario: Scenario = { name: "default", toolOutput: { a: 1 } };
const widgetOf = (code: string, declared = true): Widget => ({
  name: "probe",
  source: { kind: "html", path: "probe.html" },
  mimeType: "text/html;profile=mcp-app",
  serverOrigin: "https://mcp.example.com",
  serverId: "profiles",
  scenarios: [scenario],
  html: `<!doctype html><html><body><p>hello</p><script>${code}</script></body></html>`,
  meta: declared
    ? {
        "openai/widgetCSP": { connect_domains: ["https://api.example.com"], resource_domains: [], frame_domains: [] },
        ui: { csp: { connectDomains: ["https://api.example.com"], resourceDomains: [], frameDomains: [] } },
      }
    : {},
});
async function attempts(profile: HostProfile, code: string, declared = true) {
  const { artifacts } = await gatherer.gather({ widget: widgetOf(code, declared), scenario, profile });
  if (artifacts.network.status !== "ok" || artifacts.document.status !== "ok" || artifacts.policy.status !== "ok")
    throw new Error("not gathered");
  expect(artifacts.document.value).toMatchObject({ ended: "settled", observed: true, domContentLoaded: true });
  return { network: artifacts.network.value, applied: artifacts.policy.value.applied };
}
const FETCH = "fetch('https://undeclared.example/x').catch(() => 0); fetch('https://api.example.com/x').catch(() => 0)";

describe.concurrent.each(Object.values(profiles).map((profile) => [profile.id, profile] as const))(
  "%s",
  (id, profile) => {
    it("lets the declared origin through and stops the other, unless CSP is off", async () => {
      const { network } = await attempts(profile, FETCH);
      const outcome = (origin: string) => network.find((attempt) => attempt.origin === origin)?.outcome;
      const open = profile.innerPolicy.value === null;
      expect(outcome("https://undeclared.example")).toBe(open ? "allowed" : "blocked-by-csp");
      expect(outcome("https://api.example.com")).toBe(id === "chatgpt-undeclared" ? "blocked-by-csp" : "allowed");
    });
  },
);

describe.concurrent("hosts differ where the sources say so", () => {
  const outcomeOf = async (id: keyof typeof profiles, code: string) =>
    (await attempts(profiles[id], code)).network[0]?.outcome;
  it("blob: images: ChatGPT blocks them, basic-host does not", async () => {
    const code = "const i = new Image(); i.src = URL.createObjectURL(new Blob(['x']))";
    expect(await outcomeOf("chatgpt", code)).toBe("blocked-by-csp");
    expect(await outcomeOf("basic-host", code)).toBeUndefined();
  });
  it("eval: the specification refuses it, ChatGPT does not", async () => {
    const code = "try { new Function('1') } catch {}";
    expect(await outcomeOf("mcp-apps", code)).toBe("blocked-by-csp");
    expect(await outcomeOf("chatgpt", code)).toBeUndefined();
  });
  it("workers of the own origin: the desktop app lets them through, the web does not", async () => {
    const code = "new Worker('/w.js')";
    expect(await outcomeOf("chatgpt", code)).toBe("blocked-by-csp");
    expect(await outcomeOf("chatgpt-desktop", code)).toBe("failed");
  });
  it("undeclared: only the server's origin is added", async () => {
    const { network, applied } = await attempts(
      profiles.chatgpt,
      "fetch('https://mcp.example.com/x').catch(() => 0); fetch('https://api.example.com/x').catch(() => 0)",
      false,
    );
    expect(applied).toBe("chatgpt-undeclared");
    expect(network.map(({ origin, outcome }) => [origin, outcome])).toEqual(
      expect.arrayContaining([
        ["https://mcp.example.com", "allowed"],
        ["https://api.example.com", "blocked-by-csp"],
      ]),
    );
  });
});

it.concurrent("a host whose sandbox is of its own site is observed all the same", async () => {
  const { frames } = profiles.chatgpt;
  const sameSite: HostProfile = {
    ...profiles.chatgpt,
    id: "same-site",
    frames: {
      ...frames,
      topOrigin: { ...frames.topOrigin, value: "https://host.one.example" },
      sandboxSuffix: { ...frames.sandboxSuffix, value: "sandbox.one.example" },
    },
  };
  const { network } = await attempts(sameSite, FETCH);
  expect(network.find(({ origin }) => origin === "https://undeclared.example")?.outcome).toBe("blocked-by-csp");
});

it.concurrent(
  "the microphone: ChatGPT delegates it, whether or not this machine has one; the specification does not",
  async () => {
    const outcomeUnder = async (id: "chatgpt" | "mcp-apps", constraints: string) =>
      judge(
        [
          await gatherer.gather({
            widget: widgetOf(`navigator.mediaDevices.getUserMedia(${constraints}).catch(() => 0)`),
            scenario,
            profile: profiles[id],
          }),
        ],
        { toolVersion: "0" },
      ).runs[0]?.checks.find((check) => check.id === "api/media-capture")?.outcome;
    expect(await outcomeUnder("chatgpt", "{ audio: true }")).toBe("pass");
    expect(await outcomeUnder("chatgpt", "{ audio: true, video: true }")).toBe("fail");
    expect(await outcomeUnder("mcp-apps", "{ audio: true }")).toBe("fail");
  },
);

it.concurrent("contested facts can be settled: clipboard-write", async () => {
  const code = "window.focus(); navigator.clipboard.writeText('x').catch(() => 0)";
  const run = async (assumptions: Record<string, string>) =>
    judge([await gatherer.gather({ widget: widgetOf(code), scenario, profile: profiles.chatgpt, assumptions })], {
      toolVersion: "0",
    }).runs[0]?.checks.find(({ id }) => id === "api/clipboard")?.outcome;
  expect(await run({})).toBe("fail");
  expect(await run({ "clipboard-write": "granted" })).toBe("pass");
});

it.concurrent(
  "a sandbox that gives no origin: what needs one throws, and a widget that relies on it has failed",
  async () => {
    const { frames, ...rest } = profiles["mcp-apps"];
    const outerSandbox = { ...frames.outerSandbox, value: ["allow-scripts", "allow-forms"] };
    const opaque: HostProfile = { ...rest, id: "opaque", frames: { ...frames, outerSandbox } };
    const TRY = `const said = {}; for (const [name, act] of Object.entries({ local: () => localStorage.length, session: () => sessionStorage.length,
      cookie: () => document.cookie, set: () => document.cookie = "a=1", db: () => indexedDB.open("x") && "opened", caches: () => caches && "there",
      worker: () => navigator.serviceWorker && "there", origin: () => origin })) try { said[name] = String(act()) } catch (error) { said[name] = error.name }
      console.log("said:" + JSON.stringify(said))`;
    const gather = (profile: HostProfile, code: string) =>
      gatherer.gather({ widget: widgetOf(code), scenario, profile });
    const said = async (profile: HostProfile) => {
      const { console: lines } = (await gather(profile, TRY)).artifacts;
      const text = lines.status === "ok" ? lines.value.find((line) => line.text.startsWith("said:"))?.text : undefined;
      return JSON.parse(text?.slice(5) ?? "null") as Record<string, string>;
    };
    const verdict = async (profile: HostProfile, code: string) =>
      judge([await gather(profile, code)], { toolVersion: "0", profiles: [profile] }).runs[0]?.checks.find(
        ({ id }) => id === "render/error",
      )?.outcome;
    const names = ["local", "session", "cookie", "set", "db", "caches", "worker"];
    const [without, withOne, relies, isReady] = await Promise.all([
      said(opaque),
      said(profiles["mcp-apps"]),
      verdict(opaque, "localStorage.setItem('a', 'b')"),
      verdict(opaque, "try { localStorage.setItem('a', 'b') } catch {}"),
    ]);
    expect(without).toEqual({ ...Object.fromEntries(names.map((name) => [name, "SecurityError"])), origin: "null" });
    expect(Object.values(withOne)).not.toContain("SecurityError");
    expect([relies, isReady]).toEqual(["fail", "pass"]);
  },
);
