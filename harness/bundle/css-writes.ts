/** Addresses in CSS that code writes: into an element's style, or as the source of a font. */
import type { Node } from "oxc-parser";
import type { RequestKind } from "../model/evidence.ts";
import type { Collector } from "./collector.ts";
import { textsOf } from "./resolve.ts";
import type { Scope } from "./scope.ts";
import { formOf, HOLE } from "./urls.ts";
import { isPath } from "./worth.ts";

/** Properties of a style that may hold an address, as code names them. */
const STYLE_PROPERTIES: ReadonlySet<string> = new Set([
  "background",
  "backgroundImage",
  "borderImage",
  "borderImageSource",
  "content",
  "cssText",
  "cursor",
  "listStyle",
  "listStyleImage",
  "mask",
  "maskImage",
  "webkitMask",
  "webkitMaskImage",
]);

const ADDRESS = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]+))\s*\)/gi;

export interface CssSink {
  readonly kind: RequestKind;
  readonly into: Collector;
  /** Offset of the code. */
  readonly at: number;
  /** Literals that were read as a request's address. */
  readonly used: Set<number>;
}

/** `element.style.backgroundImage = …`; nothing where the property is another. */
export function readStyle(property: string, value: Node, scope: Scope, sink: CssSink): void {
  if (STYLE_PROPERTIES.has(property)) readCssValue(value, scope, sink);
}

export function readCssValue(value: Node, scope: Scope, { kind, into, at, used }: CssSink): void {
  const read = new Set<number>();
  for (const text of textsOf(value, scope, 0, read))
    for (const [, double, single, plain = ""] of text.matchAll(ADDRESS)) {
      const address = (double ?? single ?? plain).trim();
      const form = formOf(address);
      if (form === "absolute") {
        for (const start of read) used.add(start);
        into.url(address, kind, "request", at + value.start);
      } else if (form === "relative" && isPath(address))
        into.use("relative-url", address.replaceAll(HOLE, "…"), at + value.start);
    }
}
