/**
 * What is on the screen of a document. One measure for both stages: `check` runs
 * it in an isolated world (`dist/browser/measure.js`), the developer page's
 * probe in the widget's own.
 */
import { isLegible, isUnseeable } from "./legible.ts";

export interface DocumentMeasure {
  readonly readyState: DocumentReadyState;
  readonly visibleElements: number;
  /** Characters. */
  readonly textLength: number;
  /** Some of the text is surely seen; false: a picture has to tell. */
  readonly legible: boolean;
  /** None of the text can be seen, and no picture is there: at most boxes are drawn. */
  readonly textUnseeable?: true;
  /** Boxes are drawn, and nothing else: no text, no picture, no component that may hold some. */
  readonly boxesAlone?: true;
  readonly title: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the body, whatever the frame's own. */
  readonly contentHeight: number;
  readonly hints: readonly { readonly rel: string; readonly url: string }[];
  /** Pictures, sounds and films that stand on the screen without what they show. */
  readonly broken: readonly { readonly url: string }[];
  /** Links that lead to another page, each address and target once. */
  readonly links: readonly { readonly url: string; readonly target: string }[];
}

const PICTURES = new Set(
  "IMG SVG CANVAS VIDEO IFRAME OBJECT EMBED INPUT BUTTON SELECT TEXTAREA METER PROGRESS".split(" "),
);
const UNSEEN = new Set(["SCRIPT", "STYLE"]);
const HINTS = new Set(["dns-prefetch", "preconnect", "prerender", "prefetch"]);
const HINT_LIMIT = 100;
const BROKEN_LIMIT = 100;
/** Texts that are asked whether they are surely seen. */
const ASKED_LIMIT = 50;
const LINK_LIMIT = 50;
/** Characters of an address. */
const ADDRESS_LIMIT = 300;
/** Elements looked at; a larger document is not blank either way. */
const LOOKED_AT = 20_000;
/** Once so many are surely seen, the rest is only counted. */
const ENOUGH = 20;
/** Less of a box than this in either direction is not seen, CSS pixels. */
const SEEN_PX = 2;

interface Count {
  elements: number;
  text: number;
  looked: number;
  legible: boolean;
  /** Of the text, characters that nobody sees. */
  unseeable: number;
  pictures: number;
  /** Of the first, those that may show what their elements do not tell. */
  unknown: number;
  /** Texts asked about. */
  asked: number;
  readonly broken: { readonly url: string }[];
}

/** @param visit called with each element that is seen, in document order */
export function measureDocument(visit: (element: Element) => void = () => undefined): DocumentMeasure {
  const count: Count = {
    elements: 0,
    text: 0,
    looked: 0,
    legible: false,
    unseeable: 0,
    pictures: 0,
    unknown: 0,
    asked: 0,
    broken: [],
  };
  walk(document, count, visit);
  // A document may have lost its root.
  const root = document.documentElement as HTMLElement | null;
  return {
    readyState: document.readyState,
    visibleElements: count.elements,
    textLength: count.text,
    legible: count.legible,
    ...(count.text > 0 && count.unseeable === count.text && count.pictures === 0 ? { textUnseeable: true } : {}),
    ...(count.elements > 0 && count.text + count.pictures + count.unknown === 0 ? { boxesAlone: true } : {}),
    title: document.title.slice(0, 200),
    width: innerWidth,
    height: root ? root.scrollHeight : 0,
    contentHeight: bodyHeight(),
    hints: hintsOf(),
    broken: count.broken,
    links: linksOf(),
  };
}

function bodyHeight(): number {
  const body = document.body as HTMLElement | null;
  return body ? Math.ceil(body.getBoundingClientRect().height) : 0;
}

function walk(root: Document | ShadowRoot, count: Count, visit: (element: Element) => void): void {
  for (const element of root.querySelectorAll("*")) {
    if (++count.looked > LOOKED_AT) return;
    if (element.shadowRoot) walk(element.shadowRoot, count, visit);
    const name = element.tagName.toUpperCase();
    noteBroken(element, count.broken);
    if (UNSEEN.has(name) || !hasBox(element) || (count.elements < ENOUGH && !isInSight(element))) continue;
    const text = ownText(element);
    if (text > 0 || PICTURES.has(name) || isPainted(element)) count.elements++;
    visit(element);
    if (text > 0) noteText(element, text, count);
    notePicture(element, name, count);
  }
}

function notePicture(element: Element, name: string, count: Count): void {
  if (PICTURES.has(name) || showsPicture(element)) count.pictures++;
  if (count.elements < ENOUGH && mayHoldMore(element, name)) count.unknown++;
}

/** Once some of it is surely seen, nothing more is asked. */
function noteText(element: Element, length: number, count: Count): void {
  count.text += length;
  if (count.legible || count.asked++ >= ASKED_LIMIT) return;
  count.legible = hasLegibleText(element);
  if (!count.legible && isUnseeable(element)) count.unseeable += length;
}

/** A picture that failed is still given its box, or its alternative text. */
function noteBroken(element: Element, broken: { readonly url: string }[]): void {
  if (broken.length >= BROKEN_LIMIT) return;
  const url =
    element instanceof HTMLImageElement
      ? element.complete && element.naturalWidth === 0 && element.currentSrc
      : element instanceof HTMLMediaElement && failedMedia(element);
  if (url && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) broken.push({ url });
}

/** With `<source>` elements the last one that was tried is named nowhere else. */
const failedMedia = (element: HTMLMediaElement): string | false =>
  (element.error !== null || element.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) &&
  (element.currentSrc || (element.querySelector("source")?.src ?? ""));

function ownText(element: Element): number {
  let length = 0;
  for (const node of element.childNodes)
    if (node.nodeType === Node.TEXT_NODE) length += (node as Text).data.trim().length;
  return length;
}

/** It has a box, and what is in it is not hidden, cut off or left of the page. */
export const isSeen = (element: Element): boolean => hasBox(element) && isInSight(element);

function hasBox(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  if (width < 1 || height < 1) return false;
  const { visibility, display, opacity } = getComputedStyle(element);
  return visibility !== "hidden" && display !== "none" && Number(opacity) > 0.01;
}

function isPainted(element: Element): boolean {
  if (element === document.body || element === document.documentElement) return false;
  const { backgroundImage, backgroundColor, borderTopWidth } = getComputedStyle(element);
  return (
    backgroundImage !== "none" ||
    !/^(rgba\(0, 0, 0, 0\)|transparent)$/.test(backgroundColor) ||
    parseFloat(borderTopWidth) > 0
  );
}

function showsPicture(element: Element): boolean {
  const { backgroundImage, maskImage, listStyleImage } = getComputedStyle(element);
  return [backgroundImage, maskImage, listStyleImage].some((image) => image !== "none");
}

/** A component, generated content, a box with a style of its own, as a bar of a chart has. */
const mayHoldMore = (element: Element, name: string): boolean =>
  name.includes("-") ||
  element.hasAttribute("style") ||
  ["::before", "::after"].some((part) => /["(]/.test(getComputedStyle(element, part).content));

interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const hasLegibleText = (element: Element): boolean =>
  [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== "" && isLegible(element, node));

/** Not behind a transparent ancestor, not cut off to nothing, not left of the page: text for screen readers alone is not seen. */
function isInSight(element: Element): boolean {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  const box = element.getBoundingClientRect();
  const seen: Edges = {
    left: Math.max(box.left, -scrollX),
    top: Math.max(box.top, -scrollY),
    right: box.right,
    bottom: box.bottom,
  };
  let { position } = getComputedStyle(element);
  for (let holder = holderOf(element); holder && position !== "fixed"; holder = holderOf(holder)) {
    const style = getComputedStyle(holder);
    // What is placed absolutely is not cut by holders that are not its containing block.
    if (position === "absolute" && style.position === "static") continue;
    position = style.position;
    if (style.overflowX === "visible" && style.overflowY === "visible") continue;
    const edge = holder.getBoundingClientRect();
    if (edge.width < SEEN_PX || edge.height < SEEN_PX) return false;
    cut(seen, edge, style);
  }
  return seen.right - seen.left >= SEEN_PX && seen.bottom - seen.top >= SEEN_PX;
}

/** What is scrolled out of sight can be scrolled to: `auto` and `scroll` cut nothing. */
function cut(seen: Edges, edge: DOMRect, { overflowX, overflowY }: CSSStyleDeclaration): void {
  if (/hidden|clip/.test(overflowX)) {
    seen.left = Math.max(seen.left, edge.left);
    seen.right = Math.min(seen.right, edge.right);
  }
  if (/hidden|clip/.test(overflowY)) {
    seen.top = Math.max(seen.top, edge.top);
    seen.bottom = Math.min(seen.bottom, edge.bottom);
  }
}

/** The element around another, through slots and shadow roots; null at the body. */
function holderOf(element: Element): Element | null {
  const root = element.getRootNode();
  const holder = element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  return holder === document.body || holder === document.documentElement ? null : holder;
}

function linksOf(): { url: string; target: string }[] {
  const links = new Map<string, { url: string; target: string }>();
  for (const link of document.querySelectorAll("a[href]:not([download])")) {
    if (links.size >= LINK_LIMIT) break;
    if (!(link instanceof HTMLAnchorElement)) continue;
    const { href, target } = link;
    const url = href.slice(0, ADDRESS_LIMIT);
    const leads = /^https?:/i.test(url) && url.split("#")[0] !== document.URL.split("#")[0];
    if (leads) links.set(`${target} ${url}`, { url, target });
  }
  return [...links.values()];
}

function hintsOf(): { rel: string; url: string }[] {
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel]")].flatMap((link) =>
    [...link.relList].filter((rel) => HINTS.has(rel)).map((rel) => ({ rel, url: link.href })),
  );
  const rules = [...document.querySelectorAll("script[type=speculationrules]")].map((script) => ({
    rel: "speculationrules",
    url: (script.textContent || "").slice(0, 500),
  }));
  return [...links, ...rules].slice(0, HINT_LIMIT);
}
