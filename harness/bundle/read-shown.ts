/** Pictures, media and frames that code describes as markup, as an element's properties or as a list of candidates. */
import type { CallExpression, NewExpression, Node, TemplateLiteral } from "oxc-parser";
import type { RequestKind } from "../model/evidence.ts";
import type { CssSink } from "./css-writes.ts";
import { kindOfElement, urlsOfAttribute } from "./elements.ts";
import { OPEN_ATTRIBUTE, urlsInText } from "./literals.ts";
import { propertyOf, readMarkup, type Note } from "./read-links.ts";
import { textsOf } from "./resolve.ts";
import type { Scope } from "./scope.ts";
import { NOTED_WHEN_COMPUTED, SHOWN_PROPERTIES } from "./sinks.ts";
import { formOf, HOLE, isOfUnknownHost } from "./urls.ts";
import { shortened } from "./worth.ts";

/** Characters of markup before a value, in which its element begins. */
const MARKUP_REACH = 300;
/** Elements that show what an address names, and the properties that libraries give it by. */
const SHOWN_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ["img", ["src"]],
  ["image", ["href", "xlinkHref"]],
  ["video", ["src", "poster"]],
  ["audio", ["src"]],
  ["source", ["src"]],
  ["iframe", ["src"]],
]);

/** `<img src="${address}">`, and links. */
export function readMarkupTemplate({ quasis, expressions }: TemplateLiteral, code: string, note: Note): void {
  for (const { value, start } of quasis) readMarkup(value.raw, start, note);
  let before = "";
  expressions.forEach((value, index) => {
    before = (before + (quasis[index]?.value.raw ?? "")).slice(-MARKUP_REACH);
    noteOpen(before, shortened(code, value.start, value.end), value.start, note);
    before += HOLE;
  });
}

/** `'<img src="' + address + '">'`, and links. */
export function readMarkupText(text: string, start: number, note: Note): void {
  readMarkup(text, start, note);
  if (text.endsWith("=") || /=["']$/.test(text)) noteOpen(text.slice(-MARKUP_REACH), text.slice(-60), start, note);
}

function noteOpen(markup: string, detail: string, start: number, note: Note): void {
  const [, tag = "", attribute = ""] = OPEN_ATTRIBUTE.exec(markup) ?? [];
  const kind = tag === "" ? undefined : kindOfElement(tag, attribute, markup);
  if (kind && SHOWN_BY.has(tag.toLowerCase()) && NOTED_WHEN_COMPUTED.has(kind))
    note("computed-request", detail, start, { kind });
}

/** Scripts and links may use blob: URLs; images and media may not. */
export function readBlobWrite(name: string, tag: string | undefined, value: Node, note: Note): void {
  if (SHOWN_PROPERTIES.has(name) && (!tag || /^(img|video|audio|source|input)$/.test(tag)))
    note("blob-url", tag ? `<${tag}>.${name}` : `.${name}`, value.start);
}

/** `jsx("img", { src: address })`, whatever the function is called. */
export function readElementCall(
  { arguments: [tag, properties] }: CallExpression | NewExpression,
  scope: Scope,
  code: string,
  note: Note,
): void {
  if (tag?.type !== "Literal" || typeof tag.value !== "string" || properties?.type !== "ObjectExpression") return;
  for (const name of SHOWN_BY.get(tag.value) ?? []) {
    const value = propertyOf(properties, name);
    const kind = kindOfElement(tag.value, name === "xlinkHref" ? "href" : name);
    if (!value || !kind || !isComputed(value, scope)) continue;
    note("computed-request", shortened(code, value.start, value.end), value.start, { kind });
  }
}

const isComputed = (value: Node, scope: Scope): boolean => textsOf(value, scope).every(isOfUnknownHost);

const MARKUP_PROPERTIES: ReadonlySet<string> = new Set(["innerHTML", "outerHTML"]);
const LOADED_IN_MARKUP: ReadonlySet<RequestKind> = new Set(["image", "media", "frame", "object", "stylesheet"]);
const IN_ATTRIBUTE = /=\s*["']?$|srcset\s*=\s*["'][^"'<>]*,\s*$/i;

/** What is written as markup becomes elements, which load what they name; scripts among them do not run. */
export function readWrittenMarkup(property: string, value: Node, scope: Scope, { into, at: offset }: CssSink): void {
  if (!MARKUP_PROPERTIES.has(property)) return;
  for (const text of textsOf(value, scope))
    for (const { url, kind, at } of urlsInText(text))
      if (LOADED_IN_MARKUP.has(kind) && IN_ATTRIBUTE.test(text.slice(Math.max(0, at - MARKUP_REACH), at)))
        into.url(url, kind, "request", offset + value.start);
}

/** Of a list of pictures, those after the first. */
export function readCandidates(value: Node, scope: Scope, { into, at, kind }: CssSink): void {
  for (const text of textsOf(value, scope))
    for (const { url } of urlsOfAttribute("img", "srcset", text).slice(1))
      if (formOf(url) === "absolute") into.url(url, kind, "request", at + value.start);
}
