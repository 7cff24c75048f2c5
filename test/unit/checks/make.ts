/** Small evidence for tests of single checks: everything is calm unless a test says otherwise. */
import type { AnyCheck, Outcome } from "../../../harness/checks/define-check.ts";
import type {
  Artifacts,
  BundleEvidence,
  NetworkAttempt,
  PolicyEvidence,
  StaticUrl,
  StaticUse,
  TrialName,
} from "../../../harness/model/evidence.ts";
import { attempt, bridgeOf, documentOf, NO_BUNDLE, propsOf } from "../make.ts";
import { NOT_TRIED } from "../../../harness/judge/trials.ts";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { profiles } from "../../../host/profiles/index.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";

export { attempt, bridgeOf, documentOf, line, propsOf, use } from "../make.ts";

export function policyOf(meta: Readonly<Record<string, unknown>>): PolicyEvidence {
  const { declaration, problems } = readDeclaration(meta, ["openai/widgetCSP", "ui.csp"]);
  return { requested: "chatgpt", applied: "chatgpt", declared: declaration, problems, effective: [], assumptions: {} };
}

/** Runs one check; artifacts that it does not need may be left out. */
export function run(
  check: AnyCheck,
  given: Partial<Artifacts>,
  host: keyof typeof profiles | HostProfile = "chatgpt",
  trial: TrialName = "main",
): Outcome {
  const calm = {
    network: [],
    apiUses: [],
    console: [],
    bundle: NO_BUNDLE,
    document: documentOf(),
    bridge: bridgeOf(),
    props: propsOf(),
    trials: NOT_TRIED,
    coverage: { files: [] },
    pictures: { mayDiffer: 0, compared: [] },
    expectations: { asked: [], screen: null },
    policy: policyOf({}),
  };
  const profile = typeof host === "string" ? profiles[host] : host;
  return check.run({ ...calm, ...given }, { profile, scenario: "default", trial });
}

export const ids = (outcome: Outcome): string[] =>
  "findings" in outcome ? (outcome.findings ?? []).map(({ messageId }) => messageId) : [];

type Outcomes = NetworkAttempt["outcome"];
export type AttemptOf<O extends Outcomes> = Extract<NetworkAttempt, { outcome: O }>;

export const blocked = (given: Partial<AttemptOf<"blocked-by-csp">> = {}): NetworkAttempt =>
  attempt({ outcome: "blocked-by-csp", blockClass: "csp-expressible", list: "connect", ...given });
export const stub = (kind: NetworkAttempt["kind"], given: Partial<AttemptOf<"allowed">> = {}): NetworkAttempt =>
  attempt({ kind, answeredBy: "stub", ...given });
export const bundleOf = (given: Partial<BundleEvidence> = {}): BundleEvidence => ({
  files: [],
  urls: [],
  uses: [],
  ...given,
});
export const staticUse = (
  what: StaticUse["what"],
  detail: string,
  more: Partial<Omit<StaticUse, "what" | "detail">> = {},
): StaticUse => ({ what, detail, where: { url: "w.html", line: 3, column: 7 }, ...more });
export const staticUrl = (given: Partial<StaticUrl> = {}): StaticUrl => ({
  url: "https://late.example/x",
  origin: "https://late.example",
  kind: "fetch",
  list: "connect",
  certainty: "request",
  where: { url: "w.html", line: 3 },
  ...given,
});
/** A declaration with the given policy inside the widget. */
export const policyWith = (inner: string, meta: Readonly<Record<string, unknown>> = {}): PolicyEvidence => ({
  ...policyOf(meta),
  effective: [{ layer: "inner", delivery: "meta", value: inner }],
});
/** Lists under both keys, and a domain: nothing that `csp/declaration` would find. */
export const declaring = (lists: {
  readonly connect?: readonly string[];
  readonly resource?: readonly string[];
  readonly frame?: readonly string[];
  readonly redirect?: readonly string[];
}): Readonly<Record<string, unknown>> => {
  const { connect = [], resource = [], frame = [], redirect = [] } = lists;
  return {
    "openai/widgetCSP": {
      connect_domains: connect,
      resource_domains: resource,
      ...(frame.length > 0 ? { frame_domains: frame } : {}),
      ...(redirect.length > 0 ? { redirect_domains: redirect } : {}),
    },
    "openai/widgetDomain": "https://w.example.com",
    ui: {
      csp: { connectDomains: connect, resourceDomains: resource, ...(frame.length > 0 ? { frameDomains: frame } : {}) },
    },
  };
};
