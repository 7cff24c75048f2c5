/** Reads the document as a browser's parser would: elements, and the scripts and styles in it. */
import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { messageOf } from "../model/errors.ts";
import type { RequestKind } from "../model/evidence.ts";
import type { Collector } from "./collector.ts";
import { isDevSource } from "../model/dev-client.ts";
import { kindOfElement, kindOfLink, loadsByItself, urlsOfAttribute } from "./elements.ts";
import { linkOf } from "./links.ts";
import { urlsInText } from "./literals.ts";
import { beginPart, sweep } from "./parts.ts";
import type { Pace } from "./parts.ts";
import { readScripts, type ScriptPart } from "./script.ts";
import { readStyle, type StylePart } from "./style.ts";
import { formOf } from "./urls.ts";

const JAVASCRIPT = /^(|module|(text|application)\/(x-)?(java|ecma)script|text\/(jscript|livescript|javascript1\.\d))$/i;
/** Data that names itself by URLs and asks for none. */
const LINKED_DATA = /ld\+json/i;

/** Kinds whose `data:` URL a policy can refuse. */
const CHECKED_DATA: ReadonlySet<RequestKind> = new Set(["font", "frame", "media", "script"]);

interface Parts {
  readonly scripts: ScriptPart[];
  readonly styles: StylePart[];
}

/** An element, and where its findings go. */
interface Visit {
  readonly element: Tree.Element;
  /** In a template. */
  readonly inert: boolean;
  readonly into: Collector;
  readonly parts: Parts;
}

export async function readHtml(html: string, into: Collector, pace: Pace): Promise<void> {
  const { parse } = await import("parse5");
  const parts: Parts = { scripts: [], styles: [] };
  const problem = await beginPart("document", pace);
  if (problem !== null) {
    sweep({ name: into.name, text: html, at: 0, unread: true }, problem, into);
    return;
  }
  try {
    const document = parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: true });
    visit(document, into, parts);
    into.file(into.name, html.length);
  } catch (error) {
    sweep({ name: into.name, text: html, at: 0 }, messageOf(error), into);
  }
  for (const [index, style] of parts.styles.entries()) await readStyle(style, `style ${index}`, into, pace);
  await readScripts(parts.scripts, into, pace);
}

function visit(root: Tree.ParentNode, into: Collector, parts: Parts): void {
  const stack: { node: Tree.Node; inert: boolean }[] = [{ node: root, inert: false }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, inert } = next;
    if ("tagName" in node) readElement({ element: node, inert, into, parts });
    // What is in a template does nothing until a script clones it.
    if ("content" in node) stack.push({ node: node.content, inert: true });
    if ("childNodes" in node) for (const child of [...node.childNodes].reverse()) stack.push({ node: child, inert });
  }
}

function readElement(visit: Visit): void {
  const { element, inert, into, parts } = visit;
  const tag = element.tagName;
  // For browsers without modules: no host's asks for it, or runs it.
  if (tag === "script" && valueOf(element, "nomodule") !== undefined) return;
  if (tag === "script") readScriptElement(visit);
  if (tag === "style")
    addText(element, into.html, (text, at) => parts.styles.push({ text, at, inert, attribute: false }));
  if (element.attrs.length === 0) return;
  if (tag === "meta")
    readMeta(valueOf(element, "http-equiv") ?? "", valueOf(element, "content") ?? "", offsetOf(element), into);
  const href = tag === "base" ? valueOf(element, "href") : undefined;
  if (href !== undefined) into.use("base-href", href, offsetOf(element, "href"));
  if (LINKS.has(tag)) readLink(element, into);
  for (const attribute of element.attrs) readAttribute(visit, attribute);
}

const LINKS = new Set(["a", "area", "form"]);
/** A handler in the markup that keeps the browser from following the link. */
const HANDLED = /return\s+false|preventDefault|openExternal|openLink/;

function readLink(element: Tree.Element, into: Collector): void {
  const tag = element.tagName;
  if (tag !== "form" && valueOf(element, "download") !== undefined) {
    into.use("download", `<${tag} download>`, offsetOf(element, "download"));
    return;
  }
  if (HANDLED.test(valueOf(element, "onclick") ?? valueOf(element, "onsubmit") ?? "")) return;
  const link = linkOf(tag, valueOf(element, tag === "form" ? "action" : "href"), valueOf(element, "target"));
  if (link) into.use(link.what, link.detail, offsetOf(element), { url: link.url });
}

function readAttribute(visit: Visit, { name, value, prefix }: Tree.Element["attrs"][number]): void {
  const { element, inert, into, parts } = visit;
  const at = offsetOf(element, name, prefix);
  if (name === "style") parts.styles.push({ text: value, at: at + 'style="'.length, inert, attribute: true });
  else if (name.startsWith("on") && value.trim() !== "")
    parts.scripts.push({ code: value, at: at + name.length + 2, module: false, name: `${into.name} ${name}` });
  else if (name === "srcdoc") for (const found of urlsInText(value)) into.url(found.url, found.kind, "literal", at);
  else readUrlAttribute(visit, qualified(name, prefix), value, at);
}

function readUrlAttribute({ element, inert, into, parts }: Visit, name: string, value: string, at: number): void {
  const tag = element.tagName;
  const kind = kindOfAttribute(element, name);
  if (!kind) return;
  if (/^\s*javascript:/i.test(value)) {
    parts.scripts.push({
      code: value.replace(/^\s*javascript:/i, ""),
      at: at + name.length + 2 + "javascript:".length,
      module: false,
      name: `${into.name} ${name}`,
    });
    return;
  }
  if (tag === "script" && !JAVASCRIPT.test(valueOf(element, "type") ?? "")) return;
  const loads = loadsByItself(kind) && !inert;
  for (const { url } of urlsOfAttribute(tag, name, value)) {
    const form = formOf(url);
    if (form === "absolute") into.url(url, kind, loads ? "request" : "literal", at);
    else if (form === "relative" && loadsByItself(kind)) into.use("relative-url", url, at);
    else if (form === "data" && loads && CHECKED_DATA.has(kind)) into.url(url, kind, "request", at);
  }
}

/** What the browser asks for by this attribute; nothing when it names no URL. */
function kindOfAttribute(element: Tree.Element, name: string): RequestKind | null | undefined {
  const tag = element.tagName;
  if (tag === "link" && name === "href") return kindOfLink(valueOf(element, "rel") ?? "", valueOf(element, "as") ?? "");
  const kind = kindOfElement(tag, name);
  const parent = element.parentNode;
  const isInPicture = parent !== null && "tagName" in parent && parent.tagName === "picture";
  return kind && tag === "source" && isInPicture ? "image" : kind;
}

const valueOf = (element: Tree.Element, name: string): string | undefined =>
  element.attrs.find((attribute) => attribute.name === name)?.value;

const qualified = (name: string, prefix: string | undefined): string => (prefix ? `${prefix}:${name}` : name);

function readScriptElement({ element, inert, into, parts }: Visit): void {
  const type = valueOf(element, "type")?.trim() ?? "";
  const src = valueOf(element, "src");
  if (src !== undefined) {
    // A type that browsers do not run is for a script of the page to translate.
    if (JAVASCRIPT.test(type) && isDevSource(src)) into.use("dev-client", src, offsetOf(element, "src"));
    return;
  }
  addText(element, into.html, (text, at) => {
    if (JAVASCRIPT.test(type) && !inert)
      parts.scripts.push({ code: text, at, module: /^module$/i.test(type), name: `${into.name} script` });
    else if (/^importmap$/i.test(type))
      for (const match of text.matchAll(/:\s*"(https?:\/\/[^"]+)"/g))
        into.url(match[1] ?? "", "script", "literal", at + match.index);
    else if (!LINKED_DATA.test(type))
      for (const found of urlsInText(text)) into.url(found.url, found.kind, "literal", at + found.at);
  });
}

/** The raw text between the tags: `script` and `style` have no entities, so offsets hold. */
function addText(element: Tree.Element, html: string, add: (text: string, at: number) => void): void {
  const location = element.sourceCodeLocation;
  const start = location?.startTag?.endOffset;
  if (start === undefined) return;
  const end = location?.endTag?.startOffset ?? location?.endOffset ?? html.length;
  const text = html.slice(start, end);
  if (text.trim() !== "") add(text, start);
}

function readMeta(equiv: string, content: string, at: number, into: Collector): void {
  if (/^content-security-policy$/i.test(equiv.trim())) into.use("inline-policy", content, at);
  const refresh = /^refresh$/i.test(equiv.trim()) ? /url\s*=\s*["']?([^"']+)/i.exec(content)?.[1] : undefined;
  if (refresh && formOf(refresh) === "absolute") into.url(refresh, "navigation", "request", at);
}

function offsetOf(element: Tree.Element, attribute?: string, prefix?: string): number {
  const location = element.sourceCodeLocation;
  const place = attribute === undefined ? undefined : location?.attrs?.[qualified(attribute, prefix)];
  return place?.startOffset ?? location?.startOffset ?? 0;
}
