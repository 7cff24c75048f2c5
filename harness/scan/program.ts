/** What the text of a program around a hit says: a member, a call and a class have names, and names are no secrets. */
import type { Hit } from "./types.ts";

const NAME = /^[A-Za-z_$][\w$]*$/;
const MEMBER = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/;
const QUOTES = "\"'`";
/** Stands directly before an expression. */
const BEFORE_EXPRESSION = "=(,;!&|?:+[{}<>*-~^%";
/** Stands directly behind a member of an object. */
const AFTER_MEMBER = "([.;,)=+*!?:|<>]}";

/** The hit lies where a program has a name: `map.NAME`, `.NAME`, `NAME(`, `o.NAME;`. What stands in quotes is a value. */
export function isNameInProgram(text: string, { start, end }: Pick<Hit, "start" | "end">): boolean {
  const before = text.charAt(start - 1);
  const after = text.charAt(end);
  if (before !== "" && QUOTES.includes(before)) return false;
  const value = text.slice(start, end);
  if (NAME.test(value)) return after === "(" || (before === "." && text.charAt(start - 2) !== ".");
  if (!MEMBER.test(value)) return false;
  return isOneOf(before, BEFORE_EXPRESSION) || isOneOf(after, AFTER_MEMBER);
}

function isOneOf(char: string, chars: string): boolean {
  return char !== "" && chars.includes(char);
}
