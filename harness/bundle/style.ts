/** URLs in a style sheet or a style attribute, read by lightningcss. */
import { messageOf } from "../model/errors.ts";
import type { Collector } from "./collector.ts";
import { kindOfLiteral } from "./kinds.ts";
import { badUrlsIn } from "./bad-url.ts";
import { beginPart, sweep } from "./parts.ts";
import type { Pace, PartId } from "./parts.ts";
import { formOf } from "./urls.ts";
import { lineStarts } from "../model/lines.ts";

export interface StylePart {
  readonly text: string;
  /** Offset of the text in the document. */
  readonly at: number;
  /** In a template: it does nothing by itself. */
  readonly inert: boolean;
  /** A `style` attribute: declarations without a rule. */
  readonly attribute: boolean;
  /** Default: after the document that it stands in. */
  readonly name?: string;
}

/** Most sheets of bundles name no URL at all: then no parser is loaded. */
const NAMES_URL = /url\(|@import|image-set\(|\\/i;

export async function readStyle(part: StylePart, id: PartId, into: Collector, pace: Pace): Promise<void> {
  const name = part.name ?? `${into.name} ${part.attribute ? "style attribute" : "style"}`;
  readBadUrls(part, into);
  if (!NAMES_URL.test(part.text)) {
    if (!part.attribute) into.file(name, part.text.length);
    return;
  }
  // An attribute becomes one rule, so that both are read alike.
  const wrapped = part.attribute ? `a{${part.text}}` : part.text;
  const shift = part.attribute ? part.at - 2 : part.at;
  const problem = await beginPart(id, pace);
  if (problem !== null) {
    sweep({ name, text: wrapped, at: shift, unread: true }, problem, into);
    return;
  }
  try {
    const found = await dependenciesOf(wrapped, name);
    const offsetOf = offsets(wrapped);
    const fontAt = fontFaces(wrapped);
    for (const dependency of found) {
      const offset = offsetOf(dependency.place);
      readDependency(dependency, fontAt(offset), shift + offset, part.inert, into);
    }
    if (!part.attribute) into.file(name, part.text.length);
  } catch (error) {
    sweep({ name, text: wrapped, at: shift }, messageOf(error), into);
  }
}

/** Where a `url(…)` does not parse, the browser drops the declaration, and asks for nothing. */
function readBadUrls({ text, at }: StylePart, into: Collector): void {
  for (const bad of badUrlsIn(text)) into.use("bad-css-url", bad.text, at + bad.at);
}

interface Dependency {
  readonly type: "import" | "url";
  readonly url: string;
  readonly place: { readonly line: number; readonly column: number };
}

async function dependenciesOf(css: string, name: string): Promise<Dependency[]> {
  const { transform } = await import("lightningcss");
  const code = Buffer.from(css);
  try {
    const { dependencies } = transform({ filename: name, code, analyzeDependencies: true, errorRecovery: true });
    return (dependencies || []).flatMap((one) =>
      one.type === "import" || one.type === "url" ? [{ type: one.type, url: one.url, place: one.loc.start }] : [],
    );
  } catch (error) {
    // Bundlers' rule, not the browser's: a relative url() in a custom property. Visitors take it, though they miss bare strings in image-set().
    if (!/Ambiguous url/.test(messageOf(error))) throw error;
    const found: Dependency[] = [];
    transform({
      filename: name,
      code,
      errorRecovery: true,
      visitor: {
        Url: (url) => void found.push({ type: "url", url: url.url, place: url.loc }),
        Rule: {
          import: ({ value }) =>
            void found.push({
              type: "import",
              url: value.url,
              place: { line: value.loc.line + 1, column: value.loc.column },
            }),
        },
      },
    });
    return found;
  }
}

function readDependency(
  { type, url }: Dependency,
  font: FontFace | null,
  at: number,
  inert: boolean,
  into: Collector,
): void {
  const isFont = type === "url" && font !== null;
  const form = formOf(url);
  if (type === "import") into.use("import-url", url, at);
  if (form === "data" && isFont) into.use("data-font", `${font.family()}: ${url.slice(0, url.indexOf(",") + 1)}…`, at);
  if (form === "relative" && !/^url$/.test(url)) into.use("relative-url", url, at);
  // A font or background is asked for only when something uses it.
  if (form === "absolute")
    into.url(url, type === "import" ? "stylesheet" : kindOfUrl(url, isFont), inert ? "literal" : "request", at);
}

/** Kind of what a `url()` names. */
function kindOfUrl(url: string, isFont: boolean): "font" | "media" | "image" {
  if (isFont) return "font";
  return kindOfLiteral(url) === "media" ? "media" : "image";
}

interface FontFace {
  family(): string;
}

/** The `@font-face` rule that an offset lies in; each is looked at once, however many URLs it holds. */
function fontFaces(css: string): (offset: number) => FontFace | null {
  const fontBefore = lastBefore(css, "@font-face");
  const braceBefore = lastBefore(css, "}");
  const families = new Map<number, string>();
  return (offset) => {
    const start = fontBefore(offset);
    if (start <= braceBefore(offset)) return null;
    const family = () => {
      const known = families.get(start) ?? familyIn(css.slice(start, css.indexOf("}", offset) + 1 || undefined));
      families.set(start, known);
      return known;
    };
    return { family };
  };
}

const familyIn = (rule: string): string => /font-family\s*:\s*["']?([^;"'}]+)/i.exec(rule)?.[1]?.trim() ?? "font";

/** `lastIndexOf` for many questions: the text is searched once. -1: not before that offset. */
function lastBefore(text: string, needle: string): (offset: number) => number {
  const found: number[] = [];
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) found.push(at);
  return (offset) => {
    let [low, high] = [0, found.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((found[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return found[low - 1] ?? -1;
  };
}

/** lightningcss counts lines and columns from 1, columns in UTF-16 units. */
function offsets(text: string): (place: { readonly line: number; readonly column: number }) => number {
  const starts = lineStarts(text);
  return ({ line, column }) => (starts[line - 1] ?? 0) + column - 1;
}
