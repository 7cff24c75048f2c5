/** Ways by which code makes elements ask for an address that the reader does not see. Pure. */
import type { RequestKind } from "../../model/evidence.ts";
import type { SourceIndex } from "./source-index.ts";

/** Markup and attributes of which only run time knows the text. */
const MARKUP =
  /\b(?:innerHTML|outerHTML|srcdoc)(?:["']\])?\s*\+?=(?!=)\s*(?![=\s"'`])|\b(?:insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|parseFromString)\s*\(|\bdangerouslySetInnerHTML\s*[:=]|\bdocument\.write(?:ln)?\s*\(|\bsetAttribute(?:NS)?\s*\(\s*(?!["'`])/g;
/** Style sheets alike. */
const STYLE =
  /\burl\(\s*["']?(?:\$\{|["'`]\s*(?:[+,]|\.concat\b))|\.(?:background(?:Image)?|borderImage|listStyleImage|maskImage|cssText|content)\s*=(?!=)\s*(?!\s|["'][^"']*["']\s*[;,)}\n])|\b(?:insertRule|replaceSync|setProperty)\s*\(|\bbackgroundImage\s*:|\bstyle\s*\[[^\]]{1,60}\]\s*=(?!=)|\.(?:append|create)\(\s*["'](?:svg:)?image["']/g;
/** Addresses that are written to an element of which the reader does not know what it is. */
const WRITTEN =
  /(?:\.src(?:set)?|\[["']src(?:set)?["']\])\s*=(?!=)\s*(?=[\w$]+\s*[.([?+])|\(\s*(?:[\w$.]{1,60}\s*,\s*)?["'](?:src|srcset|xlink:href)["']\s*,\s*(?!["'`\s])/g;

const WAYS: ReadonlyMap<RequestKind, readonly RegExp[]> = new Map([
  ["image", [MARKUP, STYLE]],
  ["media", [MARKUP]],
  ["frame", [MARKUP]],
]);

/** Whether the reader knows what a place of the source, its lines 1-based, asks for. */
export type Knows = (place: { readonly file: string; readonly line: number }) => boolean;

/** Looks at the widget's own text alone, where a source map tells which that is. */
export function hasOtherWay(index: SourceIndex, kind: RequestKind, knows: Knows): boolean {
  const ways = WAYS.get(kind) ?? [];
  const isOther = (at: number, isKnown: Knows): boolean => {
    const { line, column } = index.positionOf(at);
    const place = index.sourceOf(line, column);
    return !/(?:^|\/)node_modules\//.test(place.file) && !isKnown(place);
  };
  const has = (way: RegExp, isKnown: Knows): boolean => {
    for (const { index: at } of index.html.matchAll(way)) if (isOther(at, isKnown)) return true;
    return false;
  };
  return ways.some((way) => has(way, () => false)) || (ways.length > 0 && has(WRITTEN, knows));
}
