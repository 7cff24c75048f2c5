/** What every format shows of an allow-list, computed once. Pure. */
import type { AllowlistOrigin, AllowlistResult } from "../../model/result.ts";
import { jsonText } from "../../model/json-text.ts";
import { inOrderOf, NONE, placeLabel, STATES, type Tone } from "../shared/vocabulary.ts";

export const NO_ORIGINS = "It asks for nothing outside its own document: no domain is needed.";

/** What wants doing stands first. */
export const byState = (origins: readonly AllowlistOrigin[]): AllowlistOrigin[] =>
  inOrderOf(STATES, origins, ({ state }) => state);

/** `fetch ×3, image`; a dash for what was never asked for. */
export function seenOf({ seen }: AllowlistOrigin): string {
  const counts = new Map<string, number>();
  for (const { kind, count } of seen) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts].map(([kind, count]) => (count > 1 ? `${kind} ×${count}` : kind)).join(", ") || NONE;
}

export const scenariosOf = ({ seen }: AllowlistOrigin): string =>
  [...new Set(seen.map(({ scenario }) => scenario))].join(", ") || NONE;

/** First place that asked for it, else the first that names it. */
export const originPlace = ({ seen, static: named }: AllowlistOrigin): string =>
  placeLabel(seen.find(({ where }) => where)?.where ?? named[0]?.where) || NONE;

export const listsOf = ({ lists }: AllowlistOrigin): string => lists.join(", ") || NONE;

export interface ProofSentence {
  readonly sentence: string;
  readonly tone: Tone;
}

export function proofOf({ verified }: AllowlistResult): ProofSentence {
  if (verified === true)
    return {
      sentence: "Verified: enforced in a second run, nothing was blocked and every entry was used.",
      tone: "good",
    };
  return verified === false
    ? { sentence: "Not verified: the enforced run contradicts the suggestion.", tone: "bad" }
    : { sentence: "Not verified.", tone: "warn" };
}

/** Both keys, to paste into `_meta` of the resource contents. */
export const blockOf = ({ suggested }: AllowlistResult): string =>
  jsonText({ ui: suggested.ui, "openai/widgetCSP": suggested["openai/widgetCSP"] });

/** Shown where there is no difference. */
export const noDifference = ({ declared }: AllowlistResult): string =>
  declared?.from === null
    ? "Nothing is declared yet: paste the block, empty lists included."
    : "The declaration is already exactly this.";
