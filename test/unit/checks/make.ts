/** Small evidence for tests of single checks: everything is calm unless a test says otherwise. */
import type { AnyCheck, Outcome } from "../../../harness/checks/define-check.ts";
import type {
  ApiUse,
  Artifacts,
  BridgeEvidence,
  BundleEvidence,
  ConsoleEntry,
  DocumentEvidence,
  NetworkAttempt,
  PolicyEvidence,
  PropsEvidence,
  StaticUrl,
  StaticUse,
} from "../../../harness/model/evidence.ts";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { profiles } from "../../../host/profiles/index.ts";

export const attempt = (given: Partial<NetworkAttempt>): NetworkAttempt => ({
  url: "https://api.example.com/x",
  origin: "https://api.example.com",
  kind: "fetch",
  directive: "connect-src",
  outcome: "allowed",
  initiator: "document",
  count: 1,
  channels: ["audits"],
  ...given,
});
export const use = (given: Partial<ApiUse>): ApiUse => ({
  api: "alert",
  count: 1,
  returned: "undefined",
  channel: "log",
  channels: ["log"],
  initiator: "document",
  blocked: true,
  ...given,
});
export const line = (given: Partial<ConsoleEntry>): ConsoleEntry => ({
  level: "error",
  text: "TypeError: x is null",
  origin: "exception",
  count: 1,
  ...given,
});
export const documentOf = (given: Partial<DocumentEvidence> = {}): DocumentEvidence => ({
  ended: "settled",
  domContentLoaded: true,
  visibleElements: 3,
  textLength: 20,
  paintedShare: null,
  width: 720,
  height: 400,
  title: "",
  hints: [],
  forged: [],
  origin: "https://w.web-sandbox.oaiusercontent.com",
  answers: {},
  caps: [],
  observed: true,
  ...given,
});
export const bridgeOf = (given: Partial<BridgeEvidence> = {}): BridgeEvidence => ({
  surfaces: [],
  handshake: "none",
  messages: [],
  dropped: 0,
  violations: [],
  toolCalls: [],
  externalLinks: [],
  requestedHeight: null,
  ...given,
});
export const propsOf = (given: Partial<PropsEvidence> = {}): PropsEvidence => ({
  detections: [],
  sizes: { toolInput: 2, structuredContent: 20, content: 0, meta: 0, widgetState: 0 },
  limits: [],
  reads: null,
  inventedArguments: false,
  ...given,
});

export function policyOf(meta: Readonly<Record<string, unknown>>): PolicyEvidence {
  const { declaration, problems } = readDeclaration(meta, ["openai/widgetCSP", "ui.csp"]);
  return { requested: "chatgpt", applied: "chatgpt", declared: declaration, problems, effective: [], assumptions: {} };
}

/** Runs one check; artifacts that it does not need may be left out. */
export function run(check: AnyCheck, given: Partial<Artifacts>, profile: keyof typeof profiles = "chatgpt"): Outcome {
  const calm = {
    network: [],
    apiUses: [],
    console: [],
    bundle: { files: [], urls: [], uses: [] },
    document: documentOf(),
    bridge: bridgeOf(),
    props: propsOf(),
  };
  return check.run({ ...calm, ...given } as Artifacts, { profile: profiles[profile], scenario: "default" });
}

export const ids = (outcome: Outcome): string[] =>
  "findings" in outcome ? (outcome.findings ?? []).map(({ messageId }) => messageId) : [];

export const blocked = (given: Partial<NetworkAttempt> = {}): NetworkAttempt =>
  attempt({ outcome: "blocked-by-csp", blockClass: "csp-expressible", list: "connect", ...given });
export const stub = (kind: NetworkAttempt["kind"], given: Partial<NetworkAttempt> = {}): NetworkAttempt =>
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
