/** Whether a value was generated. */
import { alternation, entropy, isHex, isSequence, sequentialShare, wordShare } from "./measure.ts";

const LONGEST = 8192;
/** Characters that are looked at. */
const HEAD = 512;

/** Words of any language in the case that names have: `Adgangskode`, `motDePasse`. */
export const WORDS_IN_CASE = /^[A-Z]?[a-z]{2,}(?:[A-Z][a-z](?=[A-Z])|[A-Z][a-z]{2,})*[A-Z]{0,3}$/;
/** A piece of a name: `cmp2`, `v1`, `1208358310`. */
const PIECE_OF_NAME = /^(?:[a-z]{2,12}\d{0,2}|[a-z]\d{1,2}[a-z]?|[A-Z]{2,12}\d{0,2}|\d+|v\d+)$/;

/** As random as a generated token: not words, not a count, not a row of keys. */
export function isRandom(value: string, shortest: number): boolean {
  if (value.length < shortest || value.length > LONGEST) return false;
  const head = value.slice(0, HEAD);
  if (/^[\d.:,_-]+$/.test(head) || isShortWord(head)) return false;
  if (alternation(head) < 0.2 && wordShare(head) > 0.6) return false;
  if (isSequence(head) || isSlug(head)) return false;
  return entropy(head) >= leastEntropy(head);
}

/** Bits per character that a generated text of this kind and length has at the least. */
function leastEntropy(text: string): number {
  if (isHex(text) || sequentialShare(text) > 0.55) return 2.6;
  return text.length < 20 ? 2.7 : 3.2;
}

/** Letters in one case, or in the case of names. */
function isShortWord(text: string): boolean {
  if (text.length >= 20 || /\d/.test(text)) return false;
  return !/[a-z]/.test(text) || !/[A-Z]/.test(text) || WORDS_IN_CASE.test(text);
}

/** A name in pieces: `cmp2-qat-1208358310`, `team.payments.v2`. */
function isSlug(value: string): boolean {
  const pieces = value.split(/[-_.:/]/);
  return pieces.length > 1 && pieces.every((piece) => PIECE_OF_NAME.test(piece));
}
