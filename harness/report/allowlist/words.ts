/** What every format says about an allow-list, worded once. Pure. */
import type { AllowlistOrigin, AllowlistResult } from "../../model/result.ts";

export type Tone = "good" | "bad" | "warn" | "note";

export const STATE = {
  missing: { word: "missing", tone: "bad" },
  "wrong-list": { word: "wrong list", tone: "bad" },
  "cannot-be-allowed": { word: "cannot be allowed", tone: "bad" },
  "too-broad": { word: "too broad", tone: "warn" },
  unused: { word: "unused", tone: "warn" },
  declared: { word: "declared", tone: "good" },
} as const satisfies Record<AllowlistOrigin["state"], { word: string; tone: Tone }>;

/** What wants doing stands first. */
const ORDER = Object.keys(STATE);
export const byState = (origins: readonly AllowlistOrigin[]): AllowlistOrigin[] =>
  [...origins].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));

/** `fetch ×3, image`; a dash for what was never asked for. */
export function seenOf({ seen }: AllowlistOrigin): string {
  const counts = new Map<string, number>();
  for (const { kind, count } of seen) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts].map(([kind, count]) => (count > 1 ? `${kind} ×${count}` : kind)).join(", ") || "–";
}

export const scenariosOf = ({ seen }: AllowlistOrigin): string =>
  [...new Set(seen.map(({ scenario }) => scenario))].join(", ") || "–";

/** First place that asked for it, else the first that names it. */
export function placeOf({ seen, static: text }: AllowlistOrigin): string {
  const where = seen.find((one) => one.where)?.where ?? text[0]?.where;
  if (!where) return "–";
  return [where.file ?? where.url, where.line, where.column].filter((part) => part !== undefined).join(":");
}

export function verdictOf(result: AllowlistResult): { readonly words: string; readonly tone: Tone } {
  if (result.verified === true)
    return { words: "Verified: enforced in a second run, nothing was blocked and every entry was used.", tone: "good" };
  if (result.verified === false)
    return { words: "Not verified: the enforced run contradicts the suggestion.", tone: "bad" };
  return { words: "Not verified.", tone: "warn" };
}

/** Both keys, to paste into `_meta` of the resource contents. */
export const blockOf = ({ suggested }: AllowlistResult): string =>
  JSON.stringify({ ui: suggested.ui, "openai/widgetCSP": suggested["openai/widgetCSP"] }, null, 2);

/** Said where there is no difference to show. */
export const sameOf = ({ declared }: AllowlistResult): string =>
  declared?.from === null
    ? "Nothing is declared yet: paste the block, empty lists included."
    : "The declaration is already exactly this.";
