/** What stands on a screen that has gone wrong: an error state, or a value that is none. Not a check. */
import type { ConsoleEntry, Shown, TrialsEvidence } from "../../model/evidence.ts";
import { wordsOf } from "../../model/shown.ts";

/** A page with more text than this is no mere notice, characters. */
const SHORT = 200;
const ERROR_STATE =
  /^\W*(oops|uh[- ]?oh|something went wrong|application error|error boundary|(an?|there was an?) (\w+ )?(error|exception)( has)?( occurred)?|unexpected (\w+ )?error|error (while )?(loading|rendering)|failed to (load|render|parse|display|fetch)|(could not|couldn['’]t|cannot|can['’]t|unable to) (load|render|display|show|fetch)|((type|reference|range|syntax)error|error):)/im;
/** As JavaScript writes what is no value into a text. */
const HOLE = /(?<![\p{L}\p{N}_.'"`])(undefined|NaN|\[object \w+\]|Invalid Date)(?![\p{L}\p{N}_'"`])/u;

/** Few words say that it failed. */
export const isErrorState = ({ text }: Shown): boolean => text.length <= SHORT && ERROR_STATE.test(text);

/** `undefined`, `NaN` and the like, that nothing of the result or the input says. */
export function holeIn({ text }: Shown, { result, inputWords }: TrialsEvidence): string | null {
  const hole = HOLE.exec(text)?.[1];
  if (hole === undefined) return null;
  const given = new Set([...result.words, ...inputWords]);
  return wordsOf(hole).every((word) => given.has(word)) ? null : hole;
}

/** Words of it that are shown; a letter or two stand anywhere. */
export function showsAny({ text }: Shown, words: readonly string[]): boolean {
  const shown = new Set(wordsOf(text));
  return words.some((word) => word.length > 1 && shown.has(word));
}

/** What code said of an error that it caught, or did not catch. */
export const loggedError = (console: readonly ConsoleEntry[]): ConsoleEntry | undefined =>
  console.find(({ origin, level }) => origin === "exception" || (origin === "console" && level === "error"));
