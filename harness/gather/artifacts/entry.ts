/** Where the widget's own code starts: what findings about all of it point at. */
import type { Where } from "../../model/evidence.ts";
import type { RawLog } from "../../model/raw-log.ts";
import type { JoinContext } from "../../model/join-context.ts";
import type { Locate } from "./locate.ts";
import { indexOf } from "./source-index.ts";

/** The last script of the document; of one that was built, the statement that it ends with, which starts the rest. */
export function entryOf(raw: RawLog, { document }: JoinContext, locate: Locate): Where | undefined {
  const index = indexOf(document);
  const inline = Object.values(raw.scripts).flatMap(({ offset, length, inline: isInline }) =>
    isInline && offset !== null && index.html.slice(offset, offset + length).trim() !== "" ? [{ offset, length }] : [],
  );
  const last = inline.toSorted((a, b) => a.offset - b.offset).at(-1);
  if (!last) return loadedScript(raw, locate);
  const text = index.html.slice(last.offset, last.offset + last.length);
  const isBuilt = document.sourceMaps.length > 0;
  const { line, column } = index.positionOf(last.offset + (isBuilt ? text.trimEnd().length - 1 : text.search(/\S/)));
  const where = locate.position(line + 1, column + 1);
  return /(?:^|\/)node_modules\//.test(where.file ?? "") ? { url: index.name } : where;
}

/** Of a widget without a script of its own in the document, the element of the last that it loads. */
function loadedScript({ requests }: RawLog, locate: Locate): Where | undefined {
  const script = requests.findLast(({ kind, role }) => kind === "script" && role === "inner");
  return script && (locate.address(script.url) ?? locate.path(script.url));
}
