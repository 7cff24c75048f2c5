/** Reads a format's form into a pattern, its leading texts, and examples. */
const SETS = {
  digit: "0-9",
  hex: "0-9a-f",
  HEX: "0-9A-F",
  xhex: "0-9a-fA-F",
  lower: "a-z",
  upper: "A-Z",
  alpha: "A-Za-z",
  low36: "0-9a-z",
  up36: "0-9A-Z",
  b32: "A-Z2-7",
  b62: "0-9A-Za-z",
  word: "0-9A-Za-z_",
  dash: "0-9A-Za-z-",
  lowdash: "0-9a-z-",
  url: "0-9A-Za-z_-",
  urldot: "0-9A-Za-z_.-",
  b64: "0-9A-Za-z+/",
  b64pad: "0-9A-Za-z+/=",
  urlpad: "0-9A-Za-z_=-",
  urldotpad: "0-9A-Za-z_=.-",
  tilde: "0-9A-Za-z_~.-",
  b58: "1-9A-HJ-NP-Za-km-z",
  path: "0-9A-Za-z_/.%-",
} as const satisfies Record<string, string>;
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
/** Longest run that an open-ended part may match. */
const OPEN = 2048;

type SetName = keyof typeof SETS;
type Part =
  | { readonly kind: "text"; readonly options: readonly string[] }
  | { readonly kind: "run"; readonly set: SetName; readonly min: number; readonly max: number }
  | { readonly kind: "uuid" };

export interface Template {
  /** Sticky pattern of the whole value; a longer run of the same alphabet is no match. */
  readonly pattern: RegExp;
  /** Every text it can begin with, two to six characters. */
  readonly anchors: readonly string[];
  /** Length of the literal text that every value begins with. */
  readonly prefix: number;
  /** A value of this form; `random` yields 0 ≤ n < 1. */
  readonly example: (random: () => number) => string;
}

/** @throws Error when the form is not well formed: a fault in our tables, not in the input. */
export function readTemplate(form: string, ignoreCase = false): Template {
  const parts = partsOf(form);
  const last = parts.at(-1);
  // What may not follow: a longer run of the last alphabet is another thing.
  const more = last?.kind === "run" ? SETS[last.set].replace(/\w-\w|[.=~%]/g, "") : "";
  const source = `${parts.map(sourceOf).join("")}(?![0-9A-Za-z${more}])`;
  const first = parts[0];
  return {
    pattern: new RegExp(source, ignoreCase || form.includes("{uuid}") ? "iy" : "y"),
    anchors: anchorsOf(parts, form),
    prefix: first?.kind === "text" && first.options.length === 1 ? (first.options[0] ?? "").length : 0,
    example: (random) => parts.map((part) => exampleOf(part, random)).join(""),
  };
}

function partsOf(form: string): Part[] {
  const parts: Part[] = [];
  for (const [, literal, braced = ""] of form.matchAll(/([^{}]+)|\{([^{}]*)\}/g)) {
    if (literal !== undefined) parts.push({ kind: "text", options: [literal] });
    else if (braced === "uuid") parts.push({ kind: "uuid" });
    else if (braced.includes("|")) parts.push({ kind: "text", options: braced.split("|") });
    else parts.push(runOf(braced, form));
  }
  return parts;
}

function runOf(braced: string, form: string): Part {
  const [, set, min, dash, max] = /^(\w+):(\d+)(-?)(\d*)$/.exec(braced) ?? [];
  if (set === undefined || !(set in SETS)) throw new Error(`Unknown part {${braced}} in the form ${form}`);
  const most = dash ? max || OPEN : min;
  return { kind: "run", set: set as SetName, min: Number(min), max: Number(most) };
}

function sourceOf(part: Part): string {
  if (part.kind === "uuid") return UUID;
  if (part.kind === "run") return `[${SETS[part.set]}]{${part.min},${part.max}}`;
  const options = [...part.options]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  return options.length === 1 ? options.join("") : `(?:${options.join("|")})`;
}

/** Literal beginnings, expanded over alternatives until they are long enough to be rare. */
function anchorsOf(parts: readonly Part[], form: string): string[] {
  let anchors = [""];
  for (const part of parts) {
    if (part.kind === "run" && anchors.every((anchor) => anchor.length === 1))
      anchors = anchors.flatMap((anchor) => Array.from(lettersOf(SETS[part.set])).map((letter) => anchor + letter));
    if (part.kind !== "text") break;
    anchors = anchors.flatMap((anchor) =>
      anchor.length >= 4 ? [anchor] : part.options.map((option) => anchor + option),
    );
    if (anchors.every((anchor) => anchor.length >= 4)) break;
  }
  if (anchors.some((anchor) => anchor.length < 2))
    throw new Error(`The form ${form} begins with less than two fixed characters`);
  return [...new Set(anchors.map((anchor) => anchor.slice(0, 6)))];
}

function exampleOf(part: Part, random: () => number): string {
  const pick = (from: string | readonly string[]): string => from.at(Math.floor(random() * from.length)) ?? "";
  if (part.kind === "text") return pick(part.options);
  if (part.kind === "uuid") return "########-####-4###-a###-############".replace(/#/g, () => pick("0123456789abcdef"));
  const letters = lettersOf(SETS[part.set]).replace("=", "");
  const length = part.min + Math.floor(random() * (Math.min(part.max, part.min + 24) - part.min + 1));
  return Array.from({ length }, () => pick(letters)).join("");
}

function lettersOf(set: string): string {
  return set.replace(/(\w)-(\w)/g, (_, from: string, to: string) =>
    Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_unused, step) =>
      String.fromCharCode(from.charCodeAt(0) + step),
    ).join(""),
  );
}
