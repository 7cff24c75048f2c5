/** Lines around a place of the widget's own source: of its document, or of a file behind its source map. */
import type { SourceLines } from "../../host/server/project-types.ts";
import { sourceName, type Widget } from "../model/widget.ts";
import { scanText } from "../scan/index.ts";

const AROUND = 4;
const LINE_CHARACTERS = 300;

/** Null: it is no source that is known. */
export function sourceLines(widget: Widget, file: string, line: number): SourceLines | null {
  const text = textOf(widget, file);
  if (text === null || !Number.isInteger(line) || line < 1) return null;
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const first = Math.max(1, line - AROUND);
  const shown = lines.slice(first - 1, line + AROUND).map((one) => one.slice(0, LINE_CHARACTERS));
  return { first, lines: scanText(shown.join("\n"), "html").masked.split("\n") };
}

function textOf(widget: Widget, file: string): string | null {
  if (file === sourceName(widget)) return widget.html;
  for (const map of Object.values(widget.sourceMaps ?? {})) {
    const { sources = [], sourcesContent = [] } = JSON.parse(map) as {
      readonly sources?: readonly (string | null)[];
      readonly sourcesContent?: readonly (string | null)[];
    };
    const at = sources.indexOf(file);
    if (at !== -1) return sourcesContent[at] ?? null;
  }
  return null;
}
