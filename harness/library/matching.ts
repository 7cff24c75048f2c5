/** What an assertion says of evidence; the same for Playwright Test and Vitest. */
import { absenceDoubt, ofRequests, type SeenWhole } from "../checks/shared/expectations.ts";
import { trialEvidence } from "../judge/trials.ts";
import type { BridgeEvidence, Evidence, Gathered, NetworkAttempt } from "../model/evidence.ts";
import type { Asserted } from "../model/expectation.ts";
import {
  isAddress,
  isCallOf,
  isClipped,
  isConversation,
  isRequestAddress,
  isSent,
  sentByWidget,
  toolCallsIn,
  type Address,
  type Sent,
} from "../model/matching.ts";
import type { WidgetRun } from "../model/result.ts";
import { scanText } from "../scan/index.ts";

export type { Address, Sent } from "../model/matching.ts";

/** What a matcher answers, as `expect.extend` of both runners takes it. */
export interface Matched {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Of the main rendering and of every trial: what was asked for in one of them was asked for. */
const withTrials = (evidence: readonly Evidence[]): Evidence[] =>
  evidence.flatMap((one) => [one, ...trialEvidence(one).map(({ evidence: own }) => own)]);

const nameOf = ({ widget, profile, scenario }: Evidence): string => `${widget} (${profile}, ${scenario})`;

/** @throws Error where it was not observed: that is neither a pass nor a fail */
function observed<T>(of: Evidence, gathered: Gathered<T>): T {
  if (gathered.status === "ok") return gathered.value;
  throw new Error(`${nameOf(of)} was not observed: ${gathered.error.message}`);
}

const attemptsOf = (evidence: readonly Evidence[]): NetworkAttempt[] =>
  withTrials(evidence).flatMap((one) => observed(one, one.artifacts.network));

const bridgesOf = (evidence: readonly Evidence[]): BridgeEvidence[] =>
  withTrials(evidence).map((one) => observed(one, one.artifacts.bridge));

const listed = (lines: readonly string[], none: string): string =>
  lines.length === 0 ? none : [...new Set(lines)].map((line) => `  ${line}`).join("\n");

interface Question {
  readonly pass: boolean;
  /** Of `expect(…).not`. */
  readonly isNot: boolean;
  /** What was asked, after "to have". */
  readonly what: string;
  readonly seen: string;
  /** What it is known by: a secret in it is masked in evidence. */
  readonly by: readonly unknown[];
  /** Why it may have come, and was not seen; null: it did not come. */
  readonly doubt: string | null;
}

const holdsSecret = (value: unknown): boolean => {
  const text = (JSON.stringify(value) as string | undefined) ?? "";
  return scanText(text, "message").masked !== text;
};

/** @throws Error where it is asserted that something did not come, and it may have */
function answer({ pass, isNot, what, seen, by, doubt: known }: Question): Matched {
  const doubt = known ?? (by.some(holdsSecret) ? "what is asked about is a secret, and masked in what was seen" : null);
  if (!pass && isNot && doubt !== null) throw new Error(`It cannot be told: ${doubt}`);
  const unsure = !pass && doubt !== null ? `\n\nIt may have come and not been seen: ${doubt}` : "";
  return {
    pass,
    message: () => `expected the widget ${isNot ? "not " : ""}to have ${what}\n\nSeen:\n${seen}${unsure}`,
  };
}

export function requested(evidence: readonly Evidence[], address: Address, isNot = false): Matched {
  refuseAddress(address);
  const attempts = attemptsOf(rendered(evidence));
  return answer({
    pass: attempts.some(({ url }) => isAddress(address, url)),
    isNot,
    what: `requested ${String(address)}`,
    seen: attemptsSeen(attempts),
    by: [address],
    doubt: droppedOfRequests(evidence) ?? doubtOf({ request: String(address) }, evidence),
  });
}

/** What became of an address that was let through is known, whatever it answered. */
const OF_ANSWERS: ReadonlySet<string> = new Set(["stubbed", "no-server", "result-made"]);

export function blocked(evidence: readonly Evidence[], address: Address, isNot = false): Matched {
  refuseAddress(address);
  const attempts = attemptsOf(rendered(evidence)).filter(({ url }) => isAddress(address, url));
  const wasAsked = attempts.length > 0;
  return answer({
    pass: attempts.some(({ outcome }) => outcome.startsWith("blocked")),
    isNot,
    what: `been blocked from ${String(address)}`,
    seen: attemptsSeen(attemptsOf(evidence)),
    by: [address],
    doubt:
      droppedOfRequests(evidence) ?? doubtOf({ request: String(address) }, evidence, wasAsked ? OF_ANSWERS : new Set()),
  });
}

const attemptsSeen = (attempts: readonly NetworkAttempt[]): string =>
  listed(
    attempts.map(({ kind, url, outcome, directive }) =>
      [kind, url, outcome, ...(directive === null ? [] : [`(${directive})`])].join(" "),
    ),
    "  no request",
  );

export function calledTool(evidence: readonly Evidence[], name: string, args?: unknown, isNot = false): Matched {
  const bridges = bridgesOf(rendered(evidence));
  const calls = toolCallsIn(bridges.flatMap(({ messages }) => messages));
  return answer({
    pass: calls.some((call) => isCallOf(call, name, args)),
    isNot,
    what: `called the tool ${name}${args === undefined ? "" : ` with ${JSON.stringify(args)}`}`,
    seen: listed(
      calls.map((call) => `${call.name} ${JSON.stringify(call.args)}`),
      "  no tool call",
    ),
    by: [name, args],
    doubt: gapIn(bridges, calls.filter(({ clipped }) => clipped).length) ?? doubtOf({ tool: name }, evidence),
  });
}

export function sent(evidence: readonly Evidence[], what: Sent, isNot = false): Matched {
  const bridges = bridgesOf(rendered(evidence));
  const messages = sentByWidget(bridges.flatMap((bridge) => bridge.messages));
  const isText = typeof what === "string" || what instanceof RegExp;
  const words = isText ? String(what) : JSON.stringify(what);
  const mayBe = messages.filter(
    ({ method, payload }) => isClipped(payload) && (isText ? isConversation(method) : method === what.method),
  );
  return answer({
    pass: messages.some((message) => isSent(what, message)),
    isNot,
    what: `sent ${words}`,
    seen: listed(
      messages.map(
        ({ method, payload }) => `${method} ${payload === undefined ? "" : JSON.stringify(payload).slice(0, 200)}`,
      ),
      "  no message",
    ),
    by: [what],
    doubt: gapIn(bridges, mayBe.length) ?? doubtOf({ message: words }, evidence),
  });
}

/** @throws Error when nothing was rendered: of that, nothing can be said */
function rendered(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length === 0) throw new Error("No widget was rendered: there is nothing of which this could be told.");
  return evidence;
}

/** @throws Error for an address that no request has, so that its absence would mean nothing */
function refuseAddress(address: Address): void {
  if (address instanceof RegExp || isRequestAddress(address)) return;
  throw new Error(`${JSON.stringify(address)} is no address of a request: write it as https://api.example.com/*`);
}

const droppedOfRequests = (evidence: readonly Evidence[]): string | null =>
  notKept(
    withTrials(evidence).flatMap((one) =>
      observed(one, one.artifacts.document).caps.flatMap(({ kind, dropped }) => (ofRequests.has(kind) ? dropped : [])),
    ),
    "records",
  );

const gapIn = (bridges: readonly BridgeEvidence[], clipped: number): string | null =>
  notKept([...bridges.map(({ dropped }) => dropped), clipped], "messages");

/** What was not kept may have been what is asked about. */
function notKept(dropped: readonly number[], what: "messages" | "records"): string | null {
  const count = dropped.reduce((sum, one) => sum + one, 0);
  return count > 0 ? `${count} ${what} of the widget were not kept, or not whole` : null;
}

/** As a scenario's `expect` has it, of what each main rendering leaves open. */
function doubtOf(
  asserted: Asserted,
  evidence: readonly Evidence[],
  known: ReadonlySet<string> = new Set(),
): string | null {
  for (const one of evidence) {
    const { trials } = one.artifacts;
    if (trials?.status === "failed")
      return `${nameOf(one)}: its other trials were not observed: ${trials.error.message}`;
    const doubt = absenceDoubt(asserted, wholeOf(one));
    if (doubt && !known.has(doubt.id)) return `${nameOf(one)}: ${doubt.text}`;
  }
  return null;
}

const wholeOf = (one: Evidence): SeenWhole => ({
  bridge: observed(one, one.artifacts.bridge),
  network: observed(one, one.artifacts.network),
  document: observed(one, one.artifacts.document),
  props: observed(one, one.artifacts.props),
});

/** @throws Error where the verdict is open: that is neither a pass nor a fail */
export function worksIn(runs: readonly WidgetRun[], profile: string): Matched {
  const own = runs.filter((run) => run.profile === profile);
  if (own.length === 0) throw new Error(`Nothing was checked under "${profile}"; there is ${namesOf(runs)}.`);
  const failed = own.filter(({ verdict }) => verdict === "fail");
  const open = own.filter(({ verdict }) => verdict === "incomplete");
  if (failed.length === 0 && open.length > 0)
    throw new Error(
      `Whether it works in ${profile} was not seen:\n${listed(open.flatMap(openIn), "  nothing was observed")}`,
    );
  return {
    pass: failed.length === 0,
    message: () =>
      failed.length === 0
        ? `expected the widget not to work in ${profile}, and nothing was found`
        : `expected the widget to work in ${profile}\n\n${listed(failed.flatMap(findingsIn), "  (no finding is told)")}`,
  };
}

const namesOf = (runs: readonly WidgetRun[]): string =>
  [...new Set(runs.map(({ profile }) => profile))].join(", ") || "none";

const openIn = ({ checks }: WidgetRun): string[] =>
  checks.flatMap(({ id, open, reason }) => (open ? [`${id}: ${reason?.message ?? "could not be decided"}`] : []));

const findingsIn = ({ checks }: WidgetRun): string[] =>
  checks.flatMap(({ id, outcome, severity, findings }) =>
    outcome !== "fail"
      ? []
      : findings
          .filter((finding) => (finding.severity ?? severity) !== "info")
          .map(
            ({ message, where }) =>
              `${id}: ${message}${where ? ` (${[where.url, where.line, where.column].filter(Boolean).join(":")})` : ""}`,
          ),
  );
