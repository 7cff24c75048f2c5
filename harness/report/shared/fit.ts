/** Texts that must not grow past a limit: what is least needed is given up first, and said. */

/** A part of a report in its forms, from the fullest to the shortest; an empty one leaves it out. */
export type Part = readonly [string, ...string[]];

export interface Fitted {
  readonly parts: readonly string[];
  /** Parts that are not shown in full. */
  readonly cut: number;
}

/** UTF-8 bytes, of which no text has fewer than characters. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Shortens parts, the last first, until all fit: each by one form, then each as far as it must, last each to its last.
 * @param most bytes that they may take together
 * @param between bytes that stand after each part
 */
export function fit(parts: readonly Part[], most: number, between: number): Fitted {
  const sizes = parts.map((forms) => forms.map((form) => (form === "" ? 0 : bytesOf(form) + between)));
  const levels = parts.map(() => 0);
  const sizeAt = (index: number): number => sizes[index]?.[levels[index] ?? 0] ?? 0;
  let total = parts.reduce((sum, _part, index) => sum + sizeAt(index), 0);
  for (const reach of REACHES)
    for (const [index, forms] of [...parts.entries()].reverse())
      while (total > most && (levels[index] ?? 0) < reach(forms)) {
        total -= sizeAt(index);
        levels[index] = (levels[index] ?? 0) + 1;
        total += sizeAt(index);
      }
  return {
    parts: parts.map((forms, index) => forms[levels[index] ?? 0] ?? "").filter((text) => text !== ""),
    cut: levels.filter((level) => level > 0).length,
  };
}

/** How far a part is shortened, one pass after another. */
const REACHES: readonly ((forms: Part) => number)[] = [
  (forms) => Math.min(1, forms.length - 1),
  (forms) => forms.length - (forms.at(-1) === "" ? 2 : 1),
  (forms) => forms.length - 1,
];
