/** URLs in a style sheet or a style attribute, read by lightningcss. */
import { messageOf } from "../model/errors.ts";
import type { Collector } from "./collector.ts";
import { kindOfLiteral } from "./kinds.ts";
import { urlsInText } from "./literals.ts";
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
}

/** Most sheets of bundles name no URL at all: then no parser is loaded. */
const NAMES_URL = /url\(|@import|image-set\(|\\/i;

export async function readStyle(part: StylePart, into: Collector): Promise<void> {
  const name = `${into.name} ${part.attribute ? "style attribute" : "style"}`;
  if (!NAMES_URL.test(part.text)) {
    if (!part.attribute) into.file(name, part.text.length);
    return;
  }
  // An attribute becomes one rule, so that both are read alike.
  const wrapped = part.attribute ? `a{${part.text}}` : part.text;
  const shift = part.attribute ? part.at - 2 : part.at;
  try {
    const found = await dependenciesOf(wrapped, name);
    const offsetOf = offsets(wrapped);
    for (const { type, url, place } of found) {
      const offset = offsetOf(place);
      readDependency(type, url, wrapped, offset, shift + offset, part.inert, into);
    }
    if (!part.attribute) into.file(name, part.text.length);
  } catch (error) {
    into.file(name, part.text.length, messageOf(error));
    for (const { url, kind, at } of urlsInText(wrapped, true)) into.url(url, kind, "literal", shift + at);
  }
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
  type: "import" | "url",
  url: string,
  css: string,
  offset: number,
  at: number,
  inert: boolean,
  into: Collector,
): void {
  const isFont = type === "url" && css.lastIndexOf("@font-face", offset) > css.lastIndexOf("}", offset);
  const kind = type === "import" ? "stylesheet" : isFont ? "font" : "image";
  const form = formOf(url);
  if (type === "import") into.use("import-url", url, at);
  if (form === "data" && isFont)
    into.use("data-font", `${fontFamily(css, offset)}: ${url.slice(0, url.indexOf(",") + 1)}…`, at);
  if (form === "relative" && !/^url$/.test(url)) into.use("relative-url", url, at);
  // A font or background is asked for only when something uses it.
  if (form === "absolute")
    into.url(
      url,
      kind === "image" ? (kindOfLiteral(url) === "media" ? "media" : "image") : kind,
      inert ? "literal" : "request",
      at,
    );
}

const fontFamily = (css: string, offset: number): string =>
  /font-family\s*:\s*["']?([^;"'}]+)/i
    .exec(css.slice(css.lastIndexOf("@font-face", offset), css.indexOf("}", offset) + 1 || undefined))?.[1]
    ?.trim() ?? "font";

/** lightningcss counts lines and columns from 1, columns in UTF-16 units. */
function offsets(text: string): (place: { readonly line: number; readonly column: number }) => number {
  const starts = lineStarts(text);
  return ({ line, column }) => (starts[line - 1] ?? 0) + column - 1;
}
