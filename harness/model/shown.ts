/** Comparing what two renderings showed. */
import type { Shown } from "./evidence.ts";

/** Words and numbers, lower case: `12:30` and `1,234.5` are one each. */
export const wordsOf = (text: string): string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.,:/'’-][\p{L}\p{N}]+)*/gu) ?? [];

/** Words, and pictures by their names, which no word looks like. */
export const partsOf = ({ text, pictures }: Shown): ReadonlySet<string> => new Set([...wordsOf(text), ...pictures]);

/** A name of a picture holds a space; a word does not. */
export const isPicture = (part: string): boolean => part.includes(" ");

export const without = (parts: ReadonlySet<string>, ...others: readonly ReadonlySet<string>[]): Set<string> =>
  new Set([...parts].filter((part) => others.every((other) => !other.has(part))));

export const common = (parts: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> =>
  new Set([...parts].filter((part) => other.has(part)));

export function looksSame(one: Shown, other: Shown): boolean {
  return one.text === other.text && one.pictures.join("\n") === other.pictures.join("\n");
}
