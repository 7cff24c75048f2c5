/** The trials of a job, side by side, as one artifact. Pure. */
import type {
  Gathered,
  OwnArtifacts,
  Shown,
  TrialName,
  TrialRendering,
  TrialsEvidence,
  TrialState,
  Where,
} from "../../model/evidence.ts";
import type { JoinContext } from "../../model/join-context.ts";
import type { RawLog } from "../../model/raw-log.ts";
import { locatorFor } from "./locate.ts";
import { indexOf } from "./source-index.ts";

/** One rendering, joined by itself. */
export interface JoinedTrial {
  readonly trial: TrialName;
  readonly round: 0 | 1;
  readonly raw: RawLog;
  readonly artifacts: OwnArtifacts;
}

export function evidenceOfTrials(
  planned: readonly TrialState[],
  trials: readonly JoinedTrial[],
  context: JoinContext,
): Gathered<TrialsEvidence> {
  const rawOf = (name: TrialName) => trials.find(({ trial, round }) => trial === name && round === 0)?.raw;
  const [main, late, again] = [rawOf("main"), rawOf("late"), rawOf("again")];
  const renderings = trials.flatMap((one) => renderingsOf(one, main?.acts.before !== undefined));
  return {
    status: "ok",
    value: {
      states: planned.map((state) => seenState(state, renderings)),
      renderings,
      ...(main ? factsOf(main) : NO_FACTS),
      ...(again ? secondFactsOf(again) : {}),
      sites: { earlyReads: late ? earlyReadsOf(late, context) : [], handlers: handlersOf(context) },
    },
  };
}

type Facts = Pick<TrialsEvidence, "result" | "inputWords" | "outputRead" | "expectsUnchanged" | "isError">;

const NO_FACTS: Facts = {
  result: { carries: false, words: [] },
  inputWords: [],
  outputRead: false,
  expectsUnchanged: false,
};

/** Words as a raw log holds them. */
export const wordListOf = (words = ""): string[] => words.split(" ").filter(Boolean);

/** Something of `toolOutput` was read, or left our sight. */
export const isOutputRead = ({ reads }: RawLog["bridge"]): boolean =>
  reads !== null && reads.fields.length + reads.opaque.length > 0;

function factsOf({ given, bridge }: RawLog): Facts {
  const { carries = false, words = "" } = given.result ?? {};
  return {
    result: { carries, words: wordListOf(words) },
    inputWords: wordListOf(given.inputWords),
    outputRead: isOutputRead(bridge),
    expectsUnchanged: given.expectsUnchanged === true,
    isError: given.isError === true,
  };
}

function secondFactsOf({ given }: RawLog): Pick<TrialsEvidence, "secondWords"> {
  if (given.secondWords === undefined) return {};
  const first = new Set(wordListOf(given.result?.words));
  return { secondWords: wordListOf(given.secondWords).filter((word) => !first.has(word)) };
}

/**
 * A late rendering, looked at before its result came, is the control. What is compared stands at the same moment of
 * its life: where the main one was looked at before its steps, the late one, and that of parts of the input, is as it
 * was once its result had come.
 */
function renderingsOf({ trial, round, raw, artifacts }: JoinedTrial, mainHasSteps: boolean): TrialRendering[] {
  const { ended, rest } = raw.document;
  const { before, held } = raw.acts;
  const withResult = shownIn(raw, mainHasSteps && HELD_BACK.has(trial));
  const common = { trial, round, ended };
  if (trial === "late") {
    const atRest = held ? { atRest: held } : {};
    const control = { ...common, trial: "control", shown: before ?? null } as const;
    const late = { ...common, ended: isCutOff(raw) ? ("time-limit" as const) : ended };
    return [{ ...late, shown: withResult, ...atRest, artifacts: ownOf(trial, artifacts) }, control];
  }
  const goesOn = GOING_ON.has(trial);
  const shown = before === undefined || goesOn ? withResult : before;
  const atRest = trial === "main" || goesOn ? (before ?? rest) : undefined;
  const own = trial === "main" ? {} : { artifacts: ownOf(trial, artifacts) };
  return [{ ...common, shown, ...(atRest ? { atRest } : {}), ...own }];
}

/** It got its result, and had no time to make anything of it. */
const isCutOff = ({ acts, document }: RawLog): boolean =>
  acts.held !== undefined && acts.after === undefined && document.ended === "settled";

/** At last, or once at rest with what was held back. */
function shownIn({ acts, document }: RawLog, atRest: boolean): Shown | null {
  const rested = atRest ? (acts.after ?? document.rest) : null;
  return rested ?? document.probe?.shown ?? null;
}

/** Their result comes once they are at rest. */
const HELD_BACK: ReadonlySet<TrialName> = new Set(["late", "stream"]);
/** Something comes after the first look. */
const GOING_ON: ReadonlySet<TrialName> = new Set(["again", "stream", "cancelled", "resize"]);

function ownOf(trial: TrialName, artifacts: OwnArtifacts): NonNullable<TrialRendering["artifacts"]> {
  const { network, apiUses, console, document, bridge } = artifacts;
  return { network, apiUses, console, document, ...(trial === "pressed" ? { bridge } : {}) };
}

function seenState(state: TrialState, renderings: readonly TrialRendering[]): TrialState {
  const { trial } = state;
  // What was pressed may have taken the widget away.
  if (state.outcome === "not-run" || trial === "main" || trial === "pressed") return state;
  const shown: Shown | null = renderings.find((one) => one.trial === trial && one.round === 0)?.shown ?? null;
  return shown ? state : { trial, outcome: "not-run", because: "not-seen" };
}

function earlyReadsOf(raw: RawLog, context: JoinContext): Where[] {
  const locate = locatorFor(raw, context);
  const found = (raw.bridge.earlyReads ?? []).flatMap((places) => locate.named(places, ["toolOutput"]) ?? []);
  return found.filter((where, index) => found.findIndex((other) => samePlace(other, where)) === index);
}

const samePlace = (one: Where, other: Where): boolean =>
  one.url === other.url && one.file === other.file && one.line === other.line && one.column === other.column;

/** A handler that is set by name, with the SDK or by hand. */
const HANDLER =
  /\bontoolresult\s*=[^=]|addEventListener\(\s*["'`]toolresult["'`]|\[?["'`]ui\/notifications\/tool-result["'`]/g;
const MOST_HANDLERS = 3;

function handlersOf(context: JoinContext): Where[] {
  const index = indexOf(context.document);
  return [...index.html.matchAll(HANDLER)].slice(0, MOST_HANDLERS).map(({ index: offset }) => {
    const { line, column } = index.positionOf(offset);
    return { url: index.name, ...index.sourceOf(line, column) };
  });
}
