/** One cause, one finding: what follows from another finding of the run names it, and what several widgets share is named once. */
import { isLocal } from "../../host/csp/addresses.ts";
import type { CheckResult, CommonFinding, Finding, Severity, WidgetRun } from "../model/result.ts";

/** A finding with what a rule may ask of it. */
interface Told {
  readonly check: string;
  readonly finding: Finding;
  readonly severity: Severity;
}

interface Rule {
  /** Of the consequence: its check, and its messages; default all. */
  readonly check: string;
  readonly messages?: readonly string[];
  /** In the order of preference. */
  readonly causes: readonly ((cause: Told, effect: Told) => boolean)[];
}

const isOf =
  (check: string, ...messages: readonly string[]) =>
  ({ check: own, finding }: Told): boolean =>
    own === check && (messages.length === 0 || messages.includes(finding.messageId));

const same =
  (cause: (one: Told) => boolean, ...names: readonly string[]) =>
  (one: Told, { finding }: Told): boolean =>
    cause(one) && names.every((name) => one.finding.data[name] === finding.data[name]);

const LOADS_NOT = new Set([
  "csp/blocked-request",
  "csp/wrong-list",
  "csp/inexpressible",
  "network/failed-load",
  "network/relative-url",
  "network/local-network",
  "network/mixed-content",
]);

/** A script of the widget's that did not load. */
const isMissingScript = ({ check, finding: { data }, severity }: Told): boolean =>
  severity === "error" && LOADS_NOT.has(check) && /\bscript\b/.test(String(data.kind ?? data.kinds ?? ""));
const isUncaught = (one: Told): boolean => isOf("render/error", "uncaught")(one) && one.severity === "error";
const isSilent = ({ check, severity }: Told): boolean => check === "bridge/handshake" && severity === "error";
const isHung = isOf("render/hang", "hung", "hungIn");
/** Its own code did not run, or not to its end. */
const STOPPED = [isMissingScript, isOf("bundle/dev-client"), isUncaught, isHung] as const;

/** `ws://localhost:3000/x` → `localhost:3000`; null for what is no local address. */
function localHost({ finding: { data } }: Told): string | null {
  const address = String(data.url ?? data.origin ?? data.entry ?? "").replace(/^ws/, "http");
  if (!URL.canParse(address) || !isLocal(new URL(address).origin)) return null;
  return new URL(address).host;
}
const isSameLocalHost =
  (check: string, ...messages: readonly string[]) =>
  (cause: Told, effect: Told): boolean =>
    isOf(check, ...messages)(cause) && localHost(cause) !== null && localHost(cause) === localHost(effect);

/** The best witness first: what was asked for, then what the code asks for, then what it names. */
const LOCAL = [
  isSameLocalHost("network/local-network"),
  isSameLocalHost("csp/blocked-request"),
  isSameLocalHost("network/mixed-content"),
  isSameLocalHost("csp/unseen-request"),
  isSameLocalHost("bundle/localhost", "request"),
  isSameLocalHost("bundle/localhost"),
] as const;

/** The address that a consequence names is the cause's. */
const isOfScript = (one: Told, { finding }: Told): boolean => {
  const { url = null, origin = null } = one.finding.data;
  const script = String(finding.data.script ?? "");
  return isMissingScript(one) && (url === script || (origin !== null && script.startsWith(`${String(origin)}/`)));
};

const RULES: readonly Rule[] = [
  { check: "render/blank", messages: ["blank"], causes: [...STOPPED, isSilent] },
  { check: "render/unchanged", causes: [...STOPPED, isSilent] },
  { check: "bridge/late-result", causes: [...STOPPED, isSilent] },
  { check: "bridge/handshake", messages: ["rejected"], causes: [isOf("bridge/protocol")] },
  { check: "bridge/handshake", messages: ["absent", "unfinished", "unused"], causes: STOPPED },
  {
    check: "bridge/protocol",
    messages: ["before-initialize", "before-initialized"],
    causes: [isOf("bridge/handshake", "absent", "unfinished")],
  },
  { check: "render/error", messages: ["missing"], causes: [isOfScript, isMissingScript] },
  { check: "csp/blocked-request", causes: [same(isOf("csp/wrong-list"), "origin", "directive"), LOCAL[0]] },
  { check: "csp/unused-domain", causes: [isMissingScript, isOf("bundle/dev-client"), isUncaught] },
  { check: "bundle/base-href", causes: [isOf("csp/inexpressible", "base")] },
  { check: "network/mixed-content", causes: LOCAL.slice(0, 2) },
  { check: "csp/unseen-request", causes: LOCAL.slice(0, 3) },
  { check: "bundle/localhost", messages: ["request"], causes: LOCAL.slice(0, 4) },
  { check: "bundle/localhost", messages: ["literal"], causes: [isOf("bundle/dev-client"), ...LOCAL.slice(0, 5)] },
  { check: "csp/declaration", messages: ["localhost"], causes: LOCAL.slice(0, 5) },
];

/** Checks whose findings are the cause of another's in some rule. */
const CAUSING: ReadonlySet<string> = new Set([
  ...LOADS_NOT,
  "render/error",
  "render/hang",
  "bridge/handshake",
  "bridge/protocol",
  "bundle/dev-client",
  "bundle/localhost",
  "csp/unseen-request",
]);
/** Findings of a check that a cause is looked for, and among: a declaration of a hundred thousand entries makes as many. */
const MOST = 300;

const GRAVITY: readonly Severity[] = ["info", "warning", "error"];

/** Each finding that follows from another of the run, with that one's fingerprint. */
export function withCauses(checks: readonly CheckResult[]): CheckResult[] {
  const told = checks
    .filter(({ id }) => CAUSING.has(id))
    .flatMap(({ id, findings, severity }) =>
      findings.slice(0, MOST).map((finding): Told => ({ check: id, finding, severity: finding.severity ?? severity })),
    );
  return checks.map((check) => {
    const rules = RULES.filter((rule) => rule.check === check.id);
    if (rules.length === 0 || check.findings.length === 0) return check;
    return {
      ...check,
      findings: check.findings.map((finding, index) =>
        index < MOST ? withCause(check, finding, { rules, told }) : finding,
      ),
    };
  });
}

function withCause(
  check: CheckResult,
  finding: Finding,
  { rules, told }: { readonly rules: readonly Rule[]; readonly told: readonly Told[] },
): Finding {
  const effect: Told = { check: check.id, finding, severity: finding.severity ?? check.severity };
  // What another trial alone shows is explained by what is seen in it, or in the main one; nothing by what is milder.
  const candidates = told.filter(
    (one) =>
      one.finding.fingerprint !== finding.fingerprint &&
      (one.finding.trial ?? finding.trial) === finding.trial &&
      GRAVITY.indexOf(one.severity) >= GRAVITY.indexOf(effect.severity),
  );
  for (const { messages, causes } of rules) {
    if (messages && !messages.includes(finding.messageId)) continue;
    for (const isCause of causes) {
      const cause = candidates.find((one) => isCause(one, effect));
      if (cause) return { ...finding, because: cause.finding.fingerprint };
    }
  }
  return finding;
}

/** Findings that follow from nothing, and are those of several widgets; nothing when there is none. */
export function withCommon(runs: readonly WidgetRun[]): { readonly common?: readonly CommonFinding[] } {
  const owners = new Map<string, { readonly check: string; readonly widgets: Set<string> }>();
  for (const { widget, checks } of runs)
    for (const { id, findings } of checks)
      for (const { fingerprint, because } of findings) {
        if (because !== undefined) continue;
        const known = owners.get(fingerprint) ?? { check: id, widgets: new Set<string>() };
        known.widgets.add(widget);
        owners.set(fingerprint, known);
      }
  const common = [...owners].flatMap(([fingerprint, { check, widgets }]) =>
    widgets.size > 1 ? [{ check, fingerprint, widgets: [...widgets] }] : [],
  );
  return common.length > 0 ? { common } : {};
}
