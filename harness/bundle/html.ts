/** Reads the document as a browser's parser would: elements, and the scripts and styles in it. */
import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { messageOf } from "../model/errors.ts";
import type { Collector } from "./collector.ts";
import { kindOfElement, kindOfLink, loadsByItself, urlsOfAttribute } from "./elements.ts";
import { urlsInText } from "./literals.ts";
import { beginPart, sweep } from "./parts.ts";
import type { Pace } from "./parts.ts";
import { readScripts, type ScriptPart } from "./script.ts";
import { readStyle, type StylePart } from "./style.ts";
import { formOf } from "./urls.ts";

const JAVASCRIPT = /^(|module|(text|application)\/(x-)?(java|ecma)script|text\/(jscript|livescript|javascript1\.\d))$/i;
/** Data that names itself by URLs and asks for none. */
const LINKED_DATA = /ld\+json/i;

interface Parts {
  readonly scripts: ScriptPart[];
  readonly styles: StylePart[];
}

export async function readHtml(html: string, into: Collector, pace: Pace): Promise<void> {
  const { parse } = await import("parse5");
  const parts: Parts = { scripts: [], styles: [] };
  const problem = await beginPart("document", pace);
  if (problem !== null) return sweep({ name: into.name, text: html, at: 0, unread: true }, problem, into);
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
    if ("tagName" in node) readElement(node, inert, into, parts);
    // What is in a template does nothing until a script clones it.
    if ("content" in node) stack.push({ node: node.content, inert: true });
    if ("childNodes" in node)
      for (let index = node.childNodes.length - 1; index >= 0; index--)
        stack.push({ node: node.childNodes[index]!, inert });
  }
}

function readElement(element: Tree.Element, inert: boolean, into: Collector, parts: Parts): void {
  const tag = element.tagName;
  if (tag === "script") readScriptElement(element, inert, into, parts);
  if (tag === "style")
    addText(element, into.html, (text, at) => parts.styles.push({ text, at, inert, attribute: false }));
  if (element.attrs.length === 0) return;
  const get = (name: string) => element.attrs.find((attribute) => attribute.name === name)?.value;
  if (tag === "meta") readMeta(get("http-equiv") ?? "", get("content") ?? "", offsetOf(element), into);
  if (tag === "base" && get("href") !== undefined) into.use("base-href", get("href") ?? "", offsetOf(element, "href"));
  if ((tag === "a" || tag === "area") && get("download") !== undefined)
    into.use("download", `<${tag} download>`, offsetOf(element, "download"));
  for (const { name, value, prefix } of element.attrs) {
    const at = offsetOf(element, name, prefix);
    if (name === "style") parts.styles.push({ text: value, at: at + 'style="'.length, inert, attribute: true });
    else if (name.startsWith("on") && value.trim() !== "")
      parts.scripts.push({ code: value, at: at + name.length + 2, module: false, name: `${into.name} ${name}` });
    else if (name === "srcdoc") for (const found of urlsInText(value)) into.url(found.url, found.kind, "literal", at);
    else readUrlAttribute(element, prefix ? `${prefix}:${name}` : name, value, at, inert, into, parts, get);
  }
}

function readUrlAttribute(
  element: Tree.Element,
  name: string,
  value: string,
  at: number,
  inert: boolean,
  into: Collector,
  parts: Parts,
  get: (name: string) => string | undefined,
): void {
  const tag = element.tagName;
  let kind =
    tag === "link" && name === "href"
      ? (kindOfLink(get("rel") ?? "", get("as") ?? "") ?? undefined)
      : kindOfElement(tag, name);
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
  if (
    tag === "source" &&
    element.parentNode &&
    "tagName" in element.parentNode &&
    element.parentNode.tagName === "picture"
  )
    kind = "image";
  if (tag === "script" && !JAVASCRIPT.test(get("type") ?? "")) return;
  const loads = loadsByItself(kind) && !inert;
  for (const { url } of urlsOfAttribute(tag, name, value)) {
    const form = formOf(url);
    if (form === "absolute") into.url(url, kind, loads ? "request" : "literal", at);
    else if (form === "relative" && loadsByItself(kind)) into.use("relative-url", url, at);
    else if (form === "data" && (kind === "font" || kind === "frame" || kind === "media" || kind === "script") && loads)
      into.url(url, kind, "request", at);
  }
}

function readScriptElement(element: Tree.Element, inert: boolean, into: Collector, parts: Parts): void {
  const type = element.attrs.find((attribute) => attribute.name === "type")?.value.trim() ?? "";
  if (element.attrs.some((attribute) => attribute.name === "src")) return;
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
  const name = attribute === undefined ? undefined : prefix ? `${prefix}:${attribute}` : attribute;
  return (name === undefined ? undefined : location?.attrs?.[name]?.startOffset) ?? location?.startOffset ?? 0;
}
