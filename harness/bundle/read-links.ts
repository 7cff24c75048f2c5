/** Links in code: described by an object, written as markup, or handed to the host. */
import type { Node, ObjectExpression } from "oxc-parser";
import type { StaticUse } from "../model/evidence.ts";
import type { UseFacts } from "./collector.ts";
import { linkOf, linksInText, windowLink } from "./links.ts";
import { textsOf } from "./resolve.ts";
import type { Scope } from "./scope.ts";
import { keyOf } from "./sites.ts";
import { formOf, HOLE } from "./urls.ts";
import { isPath } from "./worth.ts";

/** Takes what was found, with its offset in the code. */
export type Note = (what: StaticUse["what"], detail: string, start: number, more?: UseFacts) => void;

/** `{ href, target: "_blank" }` and `{ href, download }`, as libraries describe an element. */
export function readLinkObject(node: ObjectExpression, scope: Scope, note: Note): void {
  const [href, target, download] = ["href", "target", "download"].map((name) => propertyOf(node, name));
  if (download && !isOff(download)) {
    note("download", "{ href, download }", node.start);
    return;
  }
  if (!target || !textsOf(target, scope).includes("_blank")) return;
  const link = linkOf("a", (href && textsOf(href, scope)[0]) ?? HOLE, "_blank");
  if (link) note(link.what, link.detail, node.start, { url: link.url });
}

/** Links in a string that becomes markup. */
export function readMarkup(text: string, start: number, note: Note): void {
  for (const { what, detail, url, at } of linksInText(text))
    note(what, detail, start + at, what === "download" ? {} : { url });
}

/** `link.download = …`; `tag` is `undefined` where the element is not known. */
export function readDownload(tag: string | undefined, object: Node, value: Node, note: Note): void {
  if ((tag === "a" || tag === undefined) && !isOff(value))
    note("download", tag ? "a.download" : ".download", object.start);
}

/** A cookie that is taken back is none. */
export function readCookie(value: Node, start: number, scope: Scope, note: Note): void {
  if (!textsOf(value, scope).some((text) => /max-age=0|expires=Thu, 01[ -]Jan[ -]1970/i.test(text)))
    note("cookie", "document.cookie", start);
}

/** `link.target = "_blank"`; `tag` is `undefined` where the element is not known. */
export function readTarget(tag: string | undefined, object: Node, value: Node, scope: Scope, note: Note): void {
  if ((tag !== undefined && tag !== "a" && tag !== "form") || !textsOf(value, scope).includes("_blank")) return;
  const { what, detail, url } = windowLink("…");
  note(what, detail, object.start, { url });
}

/** A host that is handed a relative address resolves it against its own page, or not at all. */
export function readHostLink(argument: Node | undefined, scope: Scope, note: Note): void {
  if (argument?.type !== "ObjectExpression") return;
  const value = propertyOf(argument, "href") ?? propertyOf(argument, "url");
  for (const text of value ? textsOf(value, scope) : [])
    if (formOf(text) === "relative" && isPath(text))
      note("host-relative-link", text.replaceAll(HOLE, "…"), value?.start ?? argument.start);
}

/** Value of a property that stands in the object itself. */
export function propertyOf({ properties }: ObjectExpression, name: string): Node | undefined {
  for (const one of properties) if (one.type === "Property" && keyOf(one.key, one.computed) === name) return one.value;
  return undefined;
}

/** `null`, `false` and `undefined`, the first two also as texts. */
export function isOff(value: Node): boolean {
  if (value.type === "Literal") return /^(null|false)$/.test(String(value.value));
  if (value.type === "Identifier") return value.name === "undefined";
  return value.type === "UnaryExpression" && value.operator === "void";
}
