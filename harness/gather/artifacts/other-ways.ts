/** Ways by which code makes elements ask for an address that the reader does not see. Pure. */
import type { RequestKind } from "../../model/evidence.ts";
import type { SourceIndex } from "./source-index.ts";

/** Markup and attributes of which only run time knows the text. */
const MARKUP =
  /\b(?:innerHTML|outerHTML|srcdoc)\s*\+?=(?!=)\s*(?![=\s"'`])|\b(?:insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|parseFromString)\s*\(|\bdangerouslySetInnerHTML\s*[:=]|\bdocument\.write(?:ln)?\s*\(|\bsetAttribute(?:NS)?\s*\(\s*(?!["'`])/g;
/** Style sheets alike. */
const STYLE =
  /\burl\(\s*["']?(?:\$\{|["'`]\s*\+)|\.(?:background(?:Image)?|borderImage|listStyleImage|maskImage|cssText|content)\s*=(?!=)\s*(?!\s|["'][^"']*["']\s*[;,)}\n])|\b(?:insertRule|replaceSync|setProperty)\s*\(|\bbackgroundImage\s*:/g;

const WAYS: ReadonlyMap<RequestKind, readonly RegExp[]> = new Map([
  ["image", [MARKUP, STYLE]],
  ["media", [MARKUP]],
  ["frame", [MARKUP]],
]);

const known = new WeakMap<SourceIndex, Map<RequestKind, boolean>>();

/** Looks at the widget's own text alone, where a source map tells which that is; once a kind, however many requests there are. */
export function hasOtherWay(index: SourceIndex, kind: RequestKind): boolean {
  const kinds = known.get(index) ?? new Map<RequestKind, boolean>();
  known.set(index, kinds);
  const found = kinds.get(kind) ?? (WAYS.get(kind) ?? []).some((way) => standsInOwn(way, index));
  kinds.set(kind, found);
  return found;
}

function standsInOwn(way: RegExp, index: SourceIndex): boolean {
  for (const { index: at } of index.html.matchAll(way)) {
    const { line, column } = index.positionOf(at);
    if (!/(?:^|\/)node_modules\//.test(index.sourceOf(line, column).file)) return true;
  }
  return false;
}
