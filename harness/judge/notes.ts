/** What a run says beside its findings, and why a check could not judge. */
import type {
  DocumentEvidence,
  Evidence,
  InventedResult,
  Life,
  PolicyEvidence,
  PropsEvidence,
  TrialsEvidence,
} from "../model/evidence.ts";
import { momentLabel } from "../model/moment.ts";
import { fillTemplate, runNote, type RunNote, type RunNoteId } from "../model/notes.ts";
import type { Cap, Exploration, NoteWithMessage, Refusal, TagData } from "../model/tags.ts";

type ErrorReasonId = "artifact-missing" | "check-failed";

export const ERROR_REASONS: Readonly<Record<ErrorReasonId, string>> = {
  "artifact-missing": "{artifact} could not be gathered: {detail}",
  "check-failed": "the check failed on this evidence: {detail}",
};

export const errorReason = (id: ErrorReasonId, data: TagData): NoteWithMessage<ErrorReasonId> => ({
  id,
  data,
  message: fillTemplate(ERROR_REASONS[id], data),
});

export function notesOf({ artifacts: { document, policy, props, trials } }: Evidence): RunNote[] {
  return [
    ...(policy.status === "ok" ? policyNotes(policy.value) : []),
    ...(props.status === "ok" ? propsNotes(props.value) : []),
    ...(document.status === "ok" ? documentNotes(document.value) : []),
    ...(trials?.status === "ok" ? pressedNotes(trials.value) : []),
  ];
}

const note = (id: RunNoteId, data: TagData = {}): RunNote => runNote({ id, data });

function policyNotes({ applied, requested, assumptions }: PolicyEvidence): RunNote[] {
  return [
    ...(applied === requested ? [] : [note("policy-of-another-profile", { requested, applied })]),
    ...Object.entries(assumptions).map(([name, value]) => note("assumption", { name, value })),
  ];
}

function propsNotes({ inventedArguments, inventedResult }: PropsEvidence): RunNote[] {
  return [
    ...(inventedArguments ? [note("invented-arguments")] : []),
    ...(inventedResult ? [note(MADE_RESULT[inventedResult.reason], { tool: inventedResult.tool })] : []),
  ];
}

/** A tool that says it destroys is not called even where calls are allowed. */
const MADE_RESULT = {
  destructive: "made-result",
  "not-read-only": "made-result-calls-off",
} as const satisfies Readonly<Record<InventedResult["reason"], RunNoteId>>;

function documentNotes(document: DocumentEvidence): RunNote[] {
  const { answers, caps, cuts = [], lived } = document;
  const requests = answers.stub ?? 0;
  return [
    ...(requests > 0 ? [note("stubbed", { requests })] : []),
    ...(lived ? lifeNotes(lived) : []),
    ...explorationNotes([document]),
    ...cuts.map(({ part, levels }) => note("cut", { part, levels })),
    ...caps.map(({ kind, dropped, limit }) => note(DROPPED[kind], { dropped, limit })),
  ];
}

function lifeNotes({ ended, virtualMs, askedMs }: Life): RunNote[] {
  const seen = momentLabel(virtualMs);
  if (ended === "busy-wait") return [note("real-time", { seen, virtualMs })];
  return ended === "at-rest" ? [note("life", { seen, asked: momentLabel(askedMs), virtualMs, askedMs })] : [];
}

type Explored = Pick<DocumentEvidence, "explored" | "exploringStoppedAfterMs">;

function pressedNotes({ renderings }: TrialsEvidence): RunNote[] {
  const pressed = renderings.flatMap(({ trial, artifacts }) => (trial === "pressed" && artifacts ? [artifacts] : []));
  const documents = pressed.flatMap(({ document }) => (document.status === "ok" ? [document.value] : []));
  const calls = pressed.flatMap(({ bridge }) => (bridge?.status === "ok" ? bridge.value.toolCalls : []));
  const refused = (refusal: Refusal): string =>
    [...new Set(calls.filter((call) => call.refusal === refusal).map(({ name }) => name))].join(", ");
  const [notMade, unanswered] = [refused("exploring"), refused("no-server")];
  return [
    ...explorationNotes(documents),
    ...(notMade === "" ? [] : [note("calls-not-made", { calls: notMade })]),
    ...(unanswered === "" ? [] : [note("calls-unanswered", { calls: unanswered })]),
  ];
}

/** Targets that a note names; the evidence holds all. */
const NAMED_TARGETS = 5;

function explorationNotes(documents: readonly Explored[]): RunNote[] {
  const explored = documents.flatMap((document) => document.explored ?? []);
  const told = (id: "explored" | "not-explored", outcome: Exploration["outcome"]): RunNote[] => {
    const targets = explored.filter((one) => one.outcome === outcome).map(({ target }) => target);
    const more = targets.length > NAMED_TARGETS ? " …" : "";
    const named = targets.slice(0, NAMED_TARGETS).join("; ") + more;
    return targets.length === 0 ? [] : [note(id, { count: targets.length, targets: named })];
  };
  const stoppedAfterMs = documents.find((document) => document.exploringStoppedAfterMs)?.exploringStoppedAfterMs;
  return [
    ...told("explored", "pressed"),
    ...told("not-explored", "not-pressed"),
    ...(stoppedAfterMs === undefined
      ? []
      : [note("exploring-stopped", { seconds: Math.round(stoppedAfterMs / 1000) })]),
  ];
}

const DROPPED = {
  "console-message": "console-messages-dropped",
  "csp-violation": "csp-violations-dropped",
  request: "requests-dropped",
  arrival: "arrivals-dropped",
  "uncaught-error": "uncaught-errors-dropped",
  "browser-message": "browser-messages-dropped",
  navigation: "navigations-dropped",
  "socket-frame": "socket-frames-dropped",
  "bridge-message": "bridge-messages-dropped",
  "bridge-violation": "bridge-violations-dropped",
  "tool-call": "tool-calls-dropped",
  link: "links-dropped",
  "api-use": "api-uses-dropped",
  "storage-write": "storage-writes-dropped",
  record: "records-dropped",
} as const satisfies Readonly<Record<Cap["kind"], RunNoteId>>;
