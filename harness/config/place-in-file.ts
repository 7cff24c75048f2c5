/** Line and column of a path in a file that a person wrote: JSON, YAML, or code that holds an object. */
import { placeInJson, type Path } from "./problems.ts";

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Of the closest thing above it, where there is none at the path itself. */
export async function placeInFile(name: string, text: string, path: Path): Promise<Place> {
  if (/\.ya?ml$/i.test(name)) return placeInYaml(text, path);
  return /\.[cm]?[jt]sx?$/i.test(name) ? placeInCode(text, path) : placeInJson(text, path);
}

async function placeInYaml(text: string, path: Path): Promise<Place> {
  const { isCollection, isScalar, LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (!(isScalar(node) || isCollection(node)) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return { line, column: col };
  }
  return { line: 1, column: 1 };
}

/** Keys in the order in which they are nested, and entries of a list by their number: code is read, not parsed. */
function placeInCode(text: string, path: Path): Place {
  const bare = withoutWords(text);
  let at = 0;
  for (const step of path) {
    const next = typeof step === "number" ? entryAt(bare, at, step) : keyAt(text, bare, at, step);
    if (next === null) break;
    at = next;
  }
  const before = text.slice(0, at);
  return { line: before.split("\n").length, column: at - before.lastIndexOf("\n") };
}

/** The text with comments, and what stands in quotes, blank: brackets and commas are those of the code. */
const withoutWords = (text: string): string =>
  text.replace(
    /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/g,
    (words) => words.replace(/[^\n]/g, " "),
  );

/** A key, quoted or not, that the code itself holds. */
function keyAt(text: string, bare: string, from: number, key: string): number | null {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(`(?<![\\w$.])(["'\`]?)${escaped}\\1\\s*:`, "g");
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match; match = pattern.exec(text))
    if (bare[match.index + match[0].length - 1] === ":") return match.index;
  return null;
}

/** The n-th entry of the first list after a place. */
function entryAt(bare: string, from: number, index: number): number | null {
  const open = bare.indexOf("[", from);
  let left = index;
  for (let at = open + 1, depth = 0, begins = true; open !== -1 && at < bare.length; at++) {
    const sign = bare[at] ?? "";
    if (begins && /\S/.test(sign)) {
      if (left === 0) return at;
      begins = false;
    }
    if ("[{(".includes(sign)) depth++;
    else if ("]})".includes(sign) && depth-- === 0) return null;
    else if (sign === "," && depth === 0) [left, begins] = [left - 1, true];
  }
  return null;
}
