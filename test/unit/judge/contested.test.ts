/** Contested facts on which a verdict hangs: each with what its other value would come to. */
import { describe, expect, it } from "vitest";
import { judgeOne, toRenderAgain, type JudgeOptions } from "../../../harness/judge/judge.ts";
import type { ApiUse, Evidence, NetworkAttempt } from "../../../harness/model/evidence.ts";
import { applyAssumptions } from "../../../host/csp/assumptions.ts";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { buildPolicies } from "../../../host/csp/policy.ts";
import { profileById } from "../../../host/profiles/index.ts";
import { asked, blocked, evidence } from "../allowlist/make.ts";
import { use } from "../make.ts";

const OPTIONS: JudgeOptions = {
  toolVersion: "0",
  only: ["csp/blocked-request", "csp/inexpressible", "api/clipboard", "api/window-open"],
};

interface Given {
  readonly profile?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly network?: readonly NetworkAttempt[];
  readonly apiUses?: readonly ApiUse[];
  readonly assumptions?: Readonly<Record<string, string>>;
}

const declaring = (lists: { readonly connect?: readonly string[]; readonly resource?: readonly string[] }) => {
  const { connect = [], resource = [] } = lists;
  return {
    "openai/widgetCSP": { connect_domains: connect, resource_domains: resource },
    ui: { csp: { connectDomains: connect, resourceDomains: resource } },
  };
};

/** Evidence of a run, with the policy that the host builds of what is declared. */
function ran({
  profile: id = "chatgpt",
  meta = declaring({}),
  network = [],
  apiUses = [],
  assumptions = {},
}: Given): Evidence {
  const profile = profileById(id);
  if (!profile) throw new Error(`no profile ${id}`);
  const settled = applyAssumptions(profile, assumptions);
  const { declaration, problems } = readDeclaration(meta, settled.cspKeys.value);
  const { applied, effective } = buildPolicies(settled, declaration, { serverOrigin: null, assumptions });
  const base = evidence({ document: { observed: true } });
  const policy = { requested: id, applied: applied.id, declared: declaration, problems, effective, assumptions };
  return {
    ...base,
    profile: id,
    artifacts: {
      ...base.artifacts,
      policy: { status: "ok", value: policy },
      network: { status: "ok", value: network },
      apiUses: { status: "ok", value: apiUses },
    },
  };
}

const contestedIn = (one: Evidence) =>
  judgeOne(one, OPTIONS)
    .notes.filter(({ id }) => id.startsWith("contested"))
    .map(({ id, data }) => `${id} ${String(data.name)} ${String(data.other)}`);

const WILD = declaring({ connect: ["https://*.tiles.example"] });
const CDN = declaring({ resource: ["https://cdn.example"] });
const clipboard = (blockedUse: boolean) =>
  use({ api: "clipboard.writeText", returned: blockedUse ? "NotAllowedError" : "undefined", blocked: blockedUse });

describe("what would be refused is judged on the same evidence", () => {
  it.each<[string, Given, string[]]>([
    [
      "a request through a wildcard entry alone",
      { meta: WILD, network: [asked("https://a.tiles.example/1")] },
      ["contested-breaks wildcards dropped"],
    ],
    ["a wildcard entry that nothing goes through", { meta: WILD, network: [] }, []],
    [
      "an exact entry beside the wildcard",
      {
        meta: declaring({ connect: ["https://*.tiles.example", "https://a.tiles.example"] }),
        network: [asked("https://a.tiles.example/1")],
      },
      [],
    ],
    [
      "one key alone, and a request that it allows",
      {
        meta: { ui: { csp: { connectDomains: ["https://api.example.com"] } } },
        network: [asked("https://api.example.com/x")],
      },
      ["contested-breaks metadata-key widgetCSP-only"],
    ],
    [
      "both keys, where one has less",
      {
        meta: { ...declaring({ connect: ["https://api.example.com"] }), ui: { csp: { connectDomains: [] } } },
        network: [asked("https://api.example.com/x")],
      },
      ["contested-breaks metadata-key ui.csp-only"],
    ],
    [
      "both keys alike",
      { meta: declaring({ connect: ["https://api.example.com"] }), network: [asked("https://api.example.com/x")] },
      [],
    ],
    [
      "a resource domain in Claude",
      { profile: "claude", meta: CDN, network: [asked("https://cdn.example/a.js", "script")] },
      ["contested-breaks resource-domains ignored"],
    ],
    ["a resource domain in ChatGPT", { meta: CDN, network: [asked("https://cdn.example/a.js", "script")] }, []],
    [
      "a copy button where the frame delegates",
      { profile: "claude-desktop", apiUses: [clipboard(false)] },
      ["contested-breaks clipboard-write denied"],
    ],
    [
      "a fact that the user settled",
      { meta: WILD, network: [asked("https://a.tiles.example/1")], assumptions: { wildcards: "copied" } },
      [],
    ],
  ])("%s", (_name, given, expected) => {
    const one = ran(given);
    expect(contestedIn(one)).toEqual(expected);
    expect(toRenderAgain(one, OPTIONS)).toEqual([]);
  });

  it("the verdict itself is that of the assumed value", () => {
    const one = ran({ meta: WILD, network: [asked("https://a.tiles.example/1")] });
    expect(judgeOne(one, OPTIONS).verdict).toBe("pass");
    expect(judgeOne(one, OPTIONS).notes.at(-1)?.message).toBe(
      "Contested: breaks if wildcards is dropped (copied is assumed).",
    );
  });
});

describe("what would go on is rendered again, where it could decide", () => {
  const copying = ran({ apiUses: [clipboard(true)] });
  const cdn = "https://unpkg.com/a.js";

  it("a refused call and a refused request", () => {
    const toRender = (one: Evidence) => toRenderAgain(one, OPTIONS).map(({ name, other }) => `${name}=${other}`);
    expect(toRender(copying)).toEqual(["clipboard-write=granted"]);
    expect(contestedIn(copying)).toEqual(["contested-unseen clipboard-write granted"]);
    expect(toRender(ran({ network: [blocked(cdn, "script")] }))).toEqual(["cdn-baseline=on"]);
    expect(toRender(ran({ network: [blocked("https://other.example/a.js", "script")] }))).toEqual([]);
  });

  it("also of a widget that declares no policy, and beside a fact that is settled", () => {
    const network = [blocked(cdn, "script")];
    const toRender = (one: Evidence) => toRenderAgain(one, OPTIONS).map(({ name, other }) => `${name}=${other}`);
    expect(toRender(ran({ meta: {}, network }))).toContain("cdn-baseline=on");
    const settled = ran({ meta: {}, network: [asked(cdn, "script")], assumptions: { "cdn-baseline": "on" } });
    expect(contestedIn(settled)).toEqual([]);
    const styled = blocked("https://files.oaiusercontent.com/a.css", "stylesheet");
    const beside = ran({ meta: {}, network: [styled], assumptions: { "cdn-baseline": "on" } });
    expect(toRender(beside)).toEqual(["style-elem-cdn=present"]);
  });

  it("comes to the same for sure where both fail alone: what goes on under a pass may fail", () => {
    const quiet = { ...OPTIONS, severities: { "api/clipboard": "info", "csp/blocked-request": "info" } } as const;
    expect(judgeOne(copying, quiet).verdict).toBe("pass");
    expect(toRenderAgain(copying, quiet)).toMatchObject([{ name: "clipboard-write", other: "granted" }]);
  });

  it("a second rendering whose browser was lost says nothing", () => {
    const gone = ran({ apiUses: [], assumptions: { "clipboard-write": "granted" } });
    const document = { status: "failed", error: { code: "BROWSER_LOST", message: "lost" } } as const;
    const lost = { ...gone, artifacts: { ...gone.artifacts, document } };
    const seen = { ...copying, contested: [{ name: "clipboard-write", value: "granted", evidence: lost }] };
    expect(contestedIn(seen)).toEqual(["contested-unseen clipboard-write granted"]);
  });

  it("what the second rendering gave is judged and told", () => {
    const granted = ran({ apiUses: [clipboard(false)], assumptions: { "clipboard-write": "granted" } });
    const seen = { ...copying, contested: [{ name: "clipboard-write", value: "granted", evidence: granted }] };
    expect(contestedIn(seen)).toEqual(["contested-works clipboard-write granted"]);
    const worse = ran({
      apiUses: [clipboard(false)],
      network: [blocked("https://other.example/x")],
      assumptions: { "clipboard-write": "granted" },
    });
    const still = { ...copying, contested: [{ name: "clipboard-write", value: "granted", evidence: worse }] };
    expect(contestedIn(still)).toEqual(["contested-same clipboard-write granted"]);
  });

  it("nothing is rendered where it would fail all the same", () => {
    const both = ran({ apiUses: [clipboard(true)], network: [blocked("https://other.example/x")] });
    expect(toRenderAgain(both, OPTIONS)).toEqual([]);
    expect(contestedIn(both)).toEqual(["contested-same clipboard-write granted"]);
  });
});
