/** What an assertion says of evidence; the same for Playwright Test and Vitest. */
import { trialEvidence } from "../judge/trials.ts";
import type { BridgeEvidence, Evidence, Gathered, NetworkAttempt } from "../model/evidence.ts";
import { isAddress, isCallOf, isSent, sentByWidget, toolCallsIn, type Address, type Sent } from "../model/matching.ts";
import type { WidgetRun } from "../model/result.ts";
import type { Cap } from "../model/tags.ts";

export type { Address, Sent } from "../model/matching.ts";

/** What a matcher answers, as `expect.extend` of both runners takes it. */
export interface Matched {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Of the main rendering and of every trial: what was asked for in one of them was asked for. */
const withTrials = (evidence: readonly Evidence[]): Evidence[] =>
  evidence.flatMap((one) => [one, ...trialEvidence(one).map(({ evidence: own }) => own)]);

/** @throws Error where it was not observed: that is neither a pass nor a fail */
function observed<T>({ widget, profile, scenario }: Evidence, gathered: Gathered<T>): T {
  if (gathered.status === "ok") return gathered.value;
  throw new Error(`${widget} (${profile}, ${scenario}) was not observed: ${gathered.error.message}`);
}

const attemptsOf = (evidence: readonly Evidence[]): NetworkAttempt[] =>
  withTrials(evidence).flatMap((one) => observed(one, one.artifacts.network));

const bridgesOf = (evidence: readonly Evidence[]): BridgeEvidence[] =>
  withTrials(evidence).map((one) => observed(one, one.artifacts.bridge));

const listed = (lines: readonly string[], none: string): string =>
  lines.length === 0 ? none : [...new Set(lines)].map((line) => `  ${line}`).join("\n");

/** @param isNot of `expect(…).not` */
const said =
  (isNot: boolean, what: string, seen: string): (() => string) =>
  () =>
    `expected the widget ${isNot ? "not " : ""}to have ${what}\n\nSeen:\n${seen}`;

export function requested(evidence: readonly Evidence[], address: Address, isNot = false): Matched {
  const attempts = attemptsOf(evidence);
  const pass = attempts.some(({ url }) => isAddress(address, url));
  if (!pass) refuseGaps(droppedIn(evidence), "records");
  return {
    pass,
    message: said(isNot, `requested ${String(address)}`, attemptsSeen(attempts)),
  };
}

export function blocked(evidence: readonly Evidence[], address: Address, isNot = false): Matched {
  const attempts = attemptsOf(evidence);
  const pass = attempts.some(({ url, outcome }) => isAddress(address, url) && outcome.startsWith("blocked"));
  if (!pass) refuseGaps(droppedIn(evidence), "records");
  return {
    pass,
    message: said(isNot, `been blocked from ${String(address)}`, attemptsSeen(attempts)),
  };
}

const attemptsSeen = (attempts: readonly NetworkAttempt[]): string =>
  listed(
    attempts.map(({ kind, url, outcome, directive }) =>
      [kind, url, outcome, ...(directive === null ? [] : [`(${directive})`])].join(" "),
    ),
    "  no request",
  );

export function calledTool(evidence: readonly Evidence[], name: string, args?: unknown, isNot = false): Matched {
  const bridges = bridgesOf(evidence);
  const calls = toolCallsIn(bridges.flatMap(({ messages }) => messages));
  const pass = calls.some((call) => isCallOf(call, name, args));
  if (!pass) refuseGaps([...bridges.map(({ dropped }) => dropped), calls.filter(({ clipped }) => clipped).length]);
  const withArgs = args === undefined ? "" : ` with ${JSON.stringify(args)}`;
  const seen = calls.map((call) => `${call.name} ${JSON.stringify(call.args)}`);
  return { pass, message: said(isNot, `called the tool ${name}${withArgs}`, listed(seen, "  no tool call")) };
}

export function sent(evidence: readonly Evidence[], what: Sent, isNot = false): Matched {
  const bridges = bridgesOf(evidence);
  const messages = sentByWidget(bridges.flatMap((bridge) => bridge.messages));
  const pass = messages.some((message) => isSent(what, message));
  if (!pass) refuseGaps(bridges.map(({ dropped }) => dropped));
  const words = typeof what === "string" || what instanceof RegExp ? String(what) : JSON.stringify(what);
  const seen = messages.map(
    ({ method, payload }) => `${method} ${payload === undefined ? "" : JSON.stringify(payload).slice(0, 200)}`,
  );
  return { pass, message: said(isNot, `sent ${words}`, listed(seen, "  no message")) };
}

/** Records that may tell of a request. */
const OF_REQUESTS: ReadonlySet<Cap["kind"]> = new Set([
  "request",
  "arrival",
  "navigation",
  "csp-violation",
  "browser-message",
  "record",
]);

/** How much of what may tell of a request was seen and not kept. */
const droppedIn = (evidence: readonly Evidence[]): number[] =>
  withTrials(evidence).flatMap((one) =>
    observed(one, one.artifacts.document).caps.flatMap(({ kind, dropped }) => (OF_REQUESTS.has(kind) ? dropped : [])),
  );

/** What was not kept may have been what is asked about. */
function refuseGaps(dropped: readonly number[], what: "messages" | "records" = "messages"): void {
  const count = dropped.reduce((sum, one) => sum + one, 0);
  if (count > 0) throw new Error(`${count} ${what} of the widget were not kept, or not whole: it cannot be told.`);
}

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
