/** From Chromium's places to places in the widget's own source. */
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { FramePlan } from "../../host/bridge/types.ts";
import type { Where } from "../evidence.ts";
import type { Widget } from "../widget.ts";
import type { RawPlace } from "./witness/run-log.ts";

const EXCERPT_LIMIT = 200;

export type Locate = (place: RawPlace | null) => Where | undefined;

/**
 * Chromium names the written document by the sandbox's URL, or by nothing;
 * reports name it by the widget's own file. Lines and columns become 1-based.
 */
export function locatorFor(widget: Widget, plan: FramePlan, mask: (text: string) => string): Locate {
  const lines = widget.html.split("\n");
  const name = sourceName(widget);
  const maps = new Map(Object.entries(widget.sourceMaps ?? {}).map(([url, json]) => [url, new TraceMap(json)]));
  return (place) => {
    if (!place) return undefined;
    if (!isWidgetDocument(place.url, plan)) return { url: mask(place.url.startsWith("data:") ? "data:" : place.url), line: place.line + 1, column: place.column + 1 };
    const column = place.line === 0 ? Math.max(0, place.column - plan.innerPrefixLength) : place.column;
    const text = lines[place.line] ?? "";
    const original = mapBack(maps, place.line, column);
    const excerpt = mask(original?.excerpt ?? excerptOf(text, column));
    return { url: name, file: original?.file ?? name, line: original?.line ?? place.line + 1, column: original?.column ?? column + 1, ...(excerpt ? { excerpt } : {}) };
  };
}

/** What a report calls the widget's document: its file, or its `ui://` address. */
export function sourceName(widget: Widget): string {
  const { source } = widget;
  if (source.kind === "mcp") return source.uri;
  return source.kind === "html" ? source.path : `${source.path}/${source.entry}`;
}

function isWidgetDocument(url: string, plan: FramePlan): boolean {
  return url === "" || url === "about" || url === "about:blank" || url.startsWith(plan.outerOrigin);
}

interface Original { readonly file: string; readonly line: number; readonly column: number; readonly excerpt?: string }

/** A widget built by us carries one map for its HTML document. */
function mapBack(maps: ReadonlyMap<string, TraceMap>, line: number, column: number): Original | null {
  for (const map of maps.values()) {
    const found = originalPositionFor(map, { line: line + 1, column });
    if (found.source === null || found.line === null) continue;
    const content = map.sourcesContent?.[map.sources.indexOf(found.source)];
    const text = content?.split("\n")[found.line - 1];
    return { file: found.source, line: found.line, column: found.column + 1, ...(text ? { excerpt: text.trim().slice(0, EXCERPT_LIMIT) } : {}) };
  }
  return null;
}

/** The line, or the part of a very long (minified) line around the column. */
function excerptOf(line: string, column: number): string {
  if (line.length <= EXCERPT_LIMIT) return line.trim();
  const start = Math.max(0, column - 60);
  return `${start > 0 ? "…" : ""}${line.slice(start, start + EXCERPT_LIMIT).trim()}…`;
}
