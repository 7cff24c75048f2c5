/** What stands on a screen that has gone wrong: an error state, or a value that is none. Not a check. */
import type { ConsoleEntry, Shown, TrialsEvidence } from "../../model/evidence.ts";
import { wordsOf } from "../../model/shown.ts";

/** A page with more text than this is no mere notice, characters. */
const SHORT = 200;
const ERROR_STATE =
  /^\W*(oops|uh[- ]?oh|something went wrong|application error|error boundary|(an?|there was an?) (\w+ )?(error|exception)( has)?( occurred)?|unexpected (\w+ )?error|error (while )?(loading|rendering)|failed to (load|render|parse|display|fetch)|(could not|couldn['’]t|cannot|can['’]t|unable to) (load|render|display|show|fetch)|((type|reference|range|syntax)error|error):)/im;
/** As JavaScript writes what is no value into a text. */
const HOLE = /(?<![\p{L}\p{N}_.'"`])(undefined|NaN|\[object \w+\]|Invalid Date)(?![\p{L}\p{N}_'"`])/gu;
/** What stands between a label and its value, or between two values. */
const BETWEEN_VALUES = /[:：]\s|\s[|·•–—-]\s|\t/u;
/** The name of a kind of error, or the stack of one. A bare `Error:` is how people begin a sentence. */
const OF_ERROR = /\b[A-Z]\w*(Error|Exception)\b|\n[ \t]{1,20}at \S/;
/** Advice of a library in development, which carries a stack, too. */
const ADVICE = /^\W*Warning: /;

/** Few words say that it failed. */
export const isErrorState = ({ text }: Shown): boolean => text.length <= SHORT && ERROR_STATE.test(text);

export interface Hole {
  readonly hole: string;
  /** It is the whole line, or the whole of a value in it: no sentence speaks of it. */
  readonly isWhole: boolean;
}

/**
 * `undefined`, `NaN` and the like, that nothing of the result or the input says; a whole value before all others.
 * A sentence that stands without the result, too, is the widget's own.
 */
export function holeIn(
  { text }: Shown,
  control: Shown | null,
  { result, inputWords }: Pick<TrialsEvidence, "result" | "inputWords">,
): Hole | null {
  const given = new Set([...result.words, ...inputWords]);
  const own = new Set(control?.text.split("\n"));
  const holes = text
    .split("\n")
    .flatMap((line) =>
      [...line.matchAll(HOLE)]
        .map(([hole]) => ({ hole, isWhole: isWholeValue(line, hole) }))
        .filter(({ hole, isWhole }) => !wordsOf(hole).every((word) => given.has(word)) && (isWhole || !own.has(line))),
    );
  return holes.find(({ isWhole }) => isWhole) ?? holes[0] ?? null;
}

/** But for signs around it, as in `$NaN` or `(NaN %)`. */
const isWholeValue = (line: string, hole: string): boolean =>
  line.split(BETWEEN_VALUES).some((part) => part.includes(hole) && !/[\p{L}\p{N}]/u.test(part.replace(hole, "")));

/** Words of it that are shown; a letter or two stand anywhere. */
export function showsAny({ text }: Shown, words: readonly string[]): boolean {
  const shown = new Set(wordsOf(text));
  return words.some((word) => word.length > 1 && shown.has(word));
}

const OF_FAILURE =
  /err(or|no)?\b|errors?$|^fail|exception|unavailable|denied|refused|forbidden|unauthori[sz]ed|timeout|timed|not[-_]?found|missing|offline|down$|^(null|false|none)$|^[45]\d\d$/;

/** Data that tell of something that went wrong ask for an error state themselves. */
export const tellsOfFailure = (words: readonly string[]): boolean => words.some((word) => OF_FAILURE.test(word));

/** What code said of an error that it caught, or did not catch; not what it says of data that tell of one. */
export const loggedError = (console: readonly ConsoleEntry[]): ConsoleEntry | undefined =>
  console.find(
    ({ origin, level, text }) =>
      origin === "exception" ||
      (origin === "console" && level === "error" && OF_ERROR.test(text) && !ADVICE.test(text)),
  );
