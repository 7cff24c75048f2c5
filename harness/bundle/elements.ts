/** Which attributes make a browser load something, and as what. */
import type { RequestKind } from "../model/evidence.ts";

/** Attributes whose value is a single URL, by element. `href` of `a` is a link: it loads nothing by itself. */
const SINGLE: Readonly<Record<string, Readonly<Record<string, RequestKind>>>> = {
  script: { src: "script", href: "script", "xlink:href": "script" },
  img: { src: "image" },
  image: { href: "image", "xlink:href": "image" },
  input: { src: "image" },
  feimage: { href: "image", "xlink:href": "image" },
  video: { src: "media", poster: "image" },
  audio: { src: "media" },
  source: { src: "media" },
  track: { src: "track" },
  iframe: { src: "frame" },
  frame: { src: "frame" },
  embed: { src: "object" },
  object: { data: "object" },
  body: { background: "image" },
  form: { action: "form" },
  button: { formaction: "form" },
  a: { href: "navigation", ping: "ping" },
  area: { href: "navigation", ping: "ping" },
};
const LISTS: Readonly<Record<string, Readonly<Record<string, RequestKind>>>> = {
  img: { srcset: "image" },
  source: { srcset: "image" },
  link: { imagesrcset: "image" },
};

/** What a `link` fetches, by `rel`; null when a subframe fetches nothing for it. */
export function kindOfLink(rel: string, as: string): RequestKind | null {
  const rels = rel.toLowerCase().split(/\s+/);
  if (rels.includes("stylesheet")) return "stylesheet";
  if (rels.includes("modulepreload")) return "script";
  if (rels.includes("preload")) return KIND_OF_AS[as.toLowerCase()] ?? "fetch";
  if (rels.includes("preconnect")) return "preconnect";
  if (rels.includes("dns-prefetch")) return "dns-prefetch";
  if (rels.some((one) => one === "prefetch" || one === "prerender")) return "prefetch";
  // Icons and manifests are not fetched in subframes (measured, Chromium 156).
  return null;
}

const KIND_OF_AS: Readonly<Record<string, RequestKind>> = {
  script: "script",
  style: "stylesheet",
  font: "font",
  image: "image",
  fetch: "fetch",
  track: "track",
  video: "media",
  audio: "media",
  worker: "worker",
  document: "frame",
};

/** Kind of request that an element's attribute makes; undefined when it makes none. `markup` is the text before it, for `link`. */
export function kindOfElement(tag: string, attribute: string, markup = ""): RequestKind | undefined {
  const [name, key] = [tag.toLowerCase(), attribute.toLowerCase()];
  if (name === "link" && key === "href")
    return kindOfLink(/\brel\s*=\s*["']?([\w -]+)/i.exec(markup)?.[1] ?? "stylesheet", "") ?? undefined;
  return cell(SINGLE, name, key) ?? cell(LISTS, name, key);
}

/** Names come from the widget: `constructor` must not be found in a table. */
function cell(
  table: Readonly<Record<string, Readonly<Record<string, RequestKind>>>>,
  tag: string,
  attribute: string,
): RequestKind | undefined {
  const row = Object.hasOwn(table, tag) ? table[tag] : undefined;
  return row && Object.hasOwn(row, attribute) ? row[attribute] : undefined;
}

/** URLs of one attribute value, with their offsets in it. */
export function urlsOfAttribute(
  tag: string,
  attribute: string,
  value: string,
): { readonly url: string; readonly at: number }[] {
  if (!cell(LISTS, tag.toLowerCase(), attribute.toLowerCase())) return [{ url: value.trim(), at: 0 }];
  return [...value.matchAll(/(?:^|,)\s*([^\s,][^\s]*[^\s,]|[^\s,])(?=\s|,|$)/g)].map((match) => ({
    url: match[1] ?? "",
    at: match.index + match[0].length - (match[1]?.length ?? 0),
  }));
}

/** Kinds that start without anybody pressing anything. */
export const loadsByItself = (kind: RequestKind): boolean =>
  kind !== "navigation" && kind !== "form" && kind !== "ping";
