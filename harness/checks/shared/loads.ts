/** Loads that were asked for and did not work, though no policy stood in their way. Not a check. */
import type { AnsweredBy, AnswerFault, NetworkAttempt, RequestKind } from "../../model/evidence.ts";

export type LoadFailure = AnswerFault | "status" | "same-origin" | "network";

/** Kinds that load something for the widget; what leaves its document, or needs no answer, does not. */
const LOADS: ReadonlySet<RequestKind> = new Set([
  "script",
  "stylesheet",
  "worker",
  "frame",
  "object",
  "font",
  "image",
  "media",
  "track",
  "manifest",
  "fetch",
  "xhr",
  "eventsource",
  "other",
]);
const READS_STATUS: ReadonlySet<RequestKind> = new Set(["fetch", "xhr", "eventsource"]);
/** Neutral answers, refusals of ours, and hosts that this machine cannot reach say nothing of the widget. */
const SAYS_NOTHING: ReadonlySet<AnsweredBy> = new Set(["stub", "refused", "refused-local", "unreachable", "sandbox-host"]);

/** How the load failed; null: it did not, or other checks judge it. */
export function failureOf(attempt: NetworkAttempt): LoadFailure | null {
  const { kind, outcome, blockClass, status = 0, fault } = attempt;
  if (!isJudgedHere(attempt)) return null;
  if (blockClass === "same-origin") return "same-origin";
  if (status >= 400) return READS_STATUS.has(kind) ? null : "status";
  if (fault) return fault;
  return outcome === "failed" ? "network" : null;
}

function isJudgedHere({ kind, outcome, blockClass, answeredBy, escape }: NetworkAttempt): boolean {
  if (!LOADS.has(kind) || escape || (answeredBy && SAYS_NOTHING.has(answeredBy))) return false;
  return outcome === "allowed" || (outcome === "failed" && FAILURES.has(blockClass));
}

/** The others are told by checks of their own. */
const FAILURES: ReadonlySet<string> = new Set(["other", "same-origin"]);
