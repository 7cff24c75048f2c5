/** From Chromium's places to places in the widget's own source. */
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { FramePlan } from "../../../host/emulator/bridge/types.ts";
import type { Where } from "../../model/evidence.ts";
import { sourceName, type Widget } from "../../model/widget.ts";
import type { RawPlace, RunLog } from "../witness/run-log.ts";
import { lineAt, lineStarts } from "../../model/lines.ts";

const EXCERPT_LIMIT = 200;
/** How far around a stack's position the called name may stand, characters. */
const NAME_REACH = 60;

export interface Locate {
  /** Place in the widget's source; undefined when Chromium's does not tell. */
  (place: RawPlace | null): Where | undefined;
  /** A 1-based position in the document, mapped back to what it was built from. */
  position(line: number, column: number): Where;
  /** Place of a stack frame, which names no script: the one where `name` stands at that position. */
  named(place: RawPlace | null, name: string): Where | undefined;
  /** First place where a text stands in the source, e.g. the URL of an element that the parser made. */
  text(text: string): Where | undefined;
}

/**
 * Chromium names the written document by the sandbox's URL, or by nothing;
 * reports name it by the widget's own file. Lines and columns become 1-based.
 */
export function locatorFor({
  widget,
  plan,
  log,
  mask,
}: {
  readonly widget: Widget;
  readonly plan: FramePlan;
  readonly log: RunLog;
  readonly mask: (text: string) => string;
}): Locate {
  const html = widget.html.replaceAll("\r\n", "\n");
  const lines = html.split("\n");
  const starts = lineStarts(html);
  const name = sourceName(widget);
  const maps = Object.values(widget.sourceMaps ?? {}).map((json) => new TraceMap(json));

  const at = (line: number, column: number): Where => {
    const original = mapBack(maps, line, column);
    const excerpt = mask(original?.excerpt ?? excerptOf(lines[line] ?? "", column));
    return {
      url: name,
      file: original?.file ?? name,
      line: original?.line ?? line + 1,
      column: original?.column ?? column + 1,
      ...(excerpt ? { excerpt } : {}),
    };
  };
  /** A position inside a script whose text stands in the document. */
  const within = (source: string, place: RawPlace): Where | undefined => {
    const offset = source === "" ? -1 : html.indexOf(source);
    if (offset === -1) return undefined;
    const start = lineAt(starts, offset);
    return at(start + place.line, place.line === 0 ? offset - (starts[start] ?? 0) + place.column : place.column);
  };
  /** A worker's or a framed page's script. That of a blob may stand in the document; its address is new in every run. */
  const inWorker = (place: RawPlace, source: string | undefined): Where => {
    const own = source === undefined || !place.url.startsWith("blob:") ? undefined : within(source, place);
    if (own) return own;
    const excerpt = source === undefined ? "" : mask(excerptOf(source.split("\n")[place.line] ?? "", place.column));
    return {
      url: mask(place.url.replace(/^(blob|data):.*$/s, "$1:script")),
      line: place.line + 1,
      column: place.column + 1,
      ...(excerpt ? { excerpt } : {}),
    };
  };

  const locate = (place: RawPlace | null): Where | undefined => {
    if (!place || place.url.startsWith("sandglass:")) return undefined;
    const source = place.scriptId ? log.scripts.get(`${place.session} ${place.scriptId}`) : undefined;
    if (!isWidgetDocument(place.url, plan)) return inWorker(place, source);
    // The sandbox document writes the widget's: what the parser finds there seems to come from its script.
    if (source === undefined || plan.outerHtml.includes(source)) return undefined;
    // Code made at run time (`new Function`) stands in no file.
    return within(source, place) ?? { url: name };
  };
  return Object.assign(locate, {
    position: (line: number, column: number) => at(line - 1, column - 1),
    named(place: RawPlace | null, called: string): Where | undefined {
      if (!place || !isWidgetDocument(place.url, plan)) return locate(place);
      for (const { session, scriptId } of log.inlineScripts) {
        const source = log.scripts.get(`${session} ${scriptId}`);
        const line = source?.split("\n")[place.line];
        if (source && line?.slice(Math.max(0, place.column - NAME_REACH), place.column + NAME_REACH).includes(called))
          return within(source, place);
      }
      return undefined;
    },
    text(text: string): Where | undefined {
      const offset = text === "" ? -1 : html.indexOf(text);
      if (offset === -1) return undefined;
      const line = lineAt(starts, offset);
      return at(line, offset - (starts[line] ?? 0));
    },
  });
}

function isWidgetDocument(url: string, plan: FramePlan): boolean {
  return url === "" || url === "about" || url === "about:blank" || url.startsWith(plan.outerOrigin);
}

interface Original {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly excerpt?: string;
}

/** A widget built by us carries one map for its HTML document. */
function mapBack(maps: readonly TraceMap[], line: number, column: number): Original | null {
  for (const map of maps) {
    const found = originalPositionFor(map, { line: line + 1, column });
    if (found.source === null || found.line === null) continue;
    const content = map.sourcesContent?.[map.sources.indexOf(found.source)];
    const text = content?.split("\n")[found.line - 1];
    return {
      file: found.source,
      line: found.line,
      column: found.column + 1,
      ...(text ? { excerpt: text.trim().slice(0, EXCERPT_LIMIT) } : {}),
    };
  }
  return null;
}

/** The line, or the part of a very long (minified) line around the column. */
function excerptOf(line: string, column: number): string {
  if (line.length <= EXCERPT_LIMIT) return line.trim();
  const start = Math.max(0, column - 60);
  return `${start > 0 ? "…" : ""}${line.slice(start, start + EXCERPT_LIMIT).trim()}…`;
}
