/** From the browser's places to places in the widget's own source. */
import type { Where } from "../../model/evidence.ts";
import { roundedMoment } from "../../model/moment.ts";
import { excerptKey, type Lived, type RawLog, type RawPlace, type RawScript } from "../../model/raw-log.ts";
import type { JoinContext } from "../../model/join-context.ts";
import { linesOf, spotsOf } from "./address-spots.ts";
import { inSource } from "./code-maps.ts";
import { indexOf, type SourceIndex } from "./source-index.ts";

/** How far around a position one of the names may stand, characters. */
const NAME_REACH = 60;
/** A shorter path would be found anywhere. */
const SHORTEST_PATH = 5;

/** The place with the moment at which the record came, and after what was pressed, as far as that is known. */
export const timed = (where: Where | undefined, { livedMs, pressed }: Lived): Where | undefined =>
  where && {
    ...where,
    ...(livedMs === undefined ? {} : { afterMs: roundedMoment(livedMs) }),
    ...(pressed === undefined ? {} : { pressed }),
  };

/** A record with its place, where it has one. */
export const withPlace = <T extends object>(record: T, where: Where | undefined): T & { readonly where?: Where } =>
  where ? { ...record, where } : record;

export interface Locate {
  /** Place in the widget's source; undefined when the browser's does not tell. */
  (place: RawPlace | null): Where | undefined;
  /** A 1-based position in the document, mapped back to what it was built from. */
  position(line: number, column: number): Where;
  /** Of stack frames, which name no script, the first at which one of the names stands. */
  named(places: readonly RawPlace[], names: readonly string[]): Where | undefined;
  /** Where an address stands in the source, e.g. that of an element which the parser made. */
  address(url: string): Where | undefined;
  /** Where an address stands by its path, as relative ones do. */
  path(url: string): Where | undefined;
  /** Where the origin of an address stands, of which code made the rest; undefined when it stands in several places. */
  origin(url: string): Where | undefined;
}

/**
 * Chromium names the written document by the sandbox's URL, or by nothing;
 * reports name it by the widget's own file. Lines and columns become 1-based.
 */
export function locatorFor(
  raw: Pick<RawLog, "scripts" | "addresses" | "excerpts">,
  context: Pick<JoinContext, "document" | "sandbox" | "codeMaps" | "bundle">,
): Locate {
  const { document, sandbox, bundle } = context;
  const index = indexOf(document);
  const known = bundle.status === "ok" ? linesOf(bundle.value, document.name, sandbox.url) : () => [];
  const inline = inlineScripts(raw.scripts, index);

  const at = (line: number, column: number): Where => {
    const place = index.sourceOf(line, column);
    const excerpt = raw.excerpts[excerptKey(place.file, place.line, place.column)];
    return { url: index.name, ...place, ...(excerpt ? { excerpt } : {}) };
  };
  const atOffset = (offset: number, place = { line: 0, column: 0 }): Where => {
    const start = index.positionOf(offset);
    return at(start.line + place.line, place.line === 0 ? start.column + place.column : place.column);
  };
  /** Where its text stands: on a line that the reader knows it of, else in one place alone. */
  const find = (text: string, lines: readonly number[]): Where | undefined => {
    const { offsets, isCut } = spotsOf(index.html, text);
    const [first, ...others] = offsets;
    const onLine = offsets.find((offset) => lines.includes(index.positionOf(offset).line + 1));
    if (onLine !== undefined) return atOffset(onLine);
    return first === undefined || others.length > 0 || isCut ? undefined : atOffset(first);
  };
  /** The one inline script that can hold the position: with two, neither is taken. */
  const only = (place: RawPlace, names: readonly string[]): Where | undefined => {
    const able = inline.filter((script) => holds(script.lines, place, names));
    return able.length === 1 && able[0] ? atOffset(able[0].offset, place) : undefined;
  };
  const inDocument = (place: RawPlace): Where | undefined => {
    if (place.near) return only(place, place.near);
    const script = place.script === undefined ? undefined : raw.scripts[place.script];
    if (!script) return undefined;
    // Code made at run time (`new Function`) stands in no file.
    return script.offset === null ? { url: index.name } : atOffset(script.offset, place);
  };
  /** A worker's or a framed page's script. That of a blob may stand in the document; its address is new in every run. */
  const elsewhere = (place: RawPlace): Where => {
    const script = place.script === undefined ? undefined : raw.scripts[place.script];
    if (script && script.offset !== null && place.url.startsWith("blob:")) return atOffset(script.offset, place);
    const where = {
      url: place.url.replace(/^(blob|data):.*$/s, "$1:script"),
      line: place.line + 1,
      column: place.column + 1,
      ...(place.excerpt ? { excerpt: place.excerpt } : {}),
    };
    return inSource(where, context);
  };
  const isWidget = ({ url }: RawPlace): boolean =>
    url === "" || url === "about" || url === "about:blank" || url.startsWith(sandbox.origin);

  const locate = (place: RawPlace | null): Where | undefined => {
    if (!place || place.url.startsWith("sandglass:")) return undefined;
    // `about:client`, which an imported style sheet is said to come from, is no file.
    if (/^about:(?!blank$)/.test(place.url)) return undefined;
    return isWidget(place) ? inDocument(place) : elsewhere(place);
  };
  return Object.assign(locate, {
    position: (line: number, column: number) => at(line - 1, column - 1),
    named(places: readonly RawPlace[], names: readonly string[]): Where | undefined {
      for (const place of places) {
        const found = isWidget(place) ? only(place, names) : locate(place);
        if (found) return found;
      }
      return undefined;
    },
    address(url: string): Where | undefined {
      const offset = raw.addresses[url]?.offset;
      if (offset !== undefined) return atOffset(offset);
      // A scheme alone, as Chromium names `blob:` and `data:`, is a word like others.
      return url.includes(":") ? find(url, known(url)) : undefined;
    },
    path(url: string): Where | undefined {
      const path = URL.canParse(url) ? new URL(url).pathname : "";
      if (path.length < SHORTEST_PATH) return undefined;
      const lines = known(url);
      return find(path, lines) ?? find(path.slice(1), lines);
    },
    origin(url: string): Where | undefined {
      const origin = URL.canParse(url) ? new URL(url).origin : "null";
      if (origin === "null") return undefined;
      const offset = index.html.indexOf(origin);
      const isOnly = offset !== -1 && offset === index.html.lastIndexOf(origin);
      return isOnly && !/[\w.:-]/.test(index.html[offset + origin.length] ?? "") ? atOffset(offset) : undefined;
    },
  });
}

interface InlineScript {
  readonly offset: number;
  readonly lines: readonly string[];
}

/** A document that is written again is parsed again: each script once. */
function inlineScripts(scripts: Readonly<Record<string, RawScript>>, { html }: SourceIndex): InlineScript[] {
  const byOffset = new Map<number, InlineScript>();
  for (const { offset, length, inline } of Object.values(scripts))
    if (inline && offset !== null)
      byOffset.set(offset, { offset, lines: html.slice(offset, offset + length).split("\n") });
  return [...byOffset.values()];
}

function holds(lines: readonly string[], { line, column }: RawPlace, names: readonly string[]): boolean {
  const text = lines[line];
  if (text === undefined || column > text.length) return false;
  const around = text.slice(Math.max(0, column - NAME_REACH), column + NAME_REACH);
  return names.length === 0 || names.some((name) => around.includes(name));
}
