/** What a user reads on the screen: text as it flows, one block a line, of what is seen and of nothing else. */
import { isSeen } from "./measure.ts";

export interface ScreenText {
  readonly text: string;
  /** There was more than is read. */
  readonly cut: boolean;
}

const TEXT_LIMIT = 20_000;
const NODE_LIMIT = 20_000;
const DEPTH_LIMIT = 1000;
/** Between two boxes of a line; `BOX_EDGE` of `harness/model/matching.ts`. */
const EDGE = "\u001f";
const UNREAD = new Set("SCRIPT STYLE TEMPLATE NOSCRIPT HEAD IFRAME OBJECT CANVAS VIDEO AUDIO DATALIST".split(" "));
const INLINE = /^(inline|contents|ruby)/;
/** Less of it in either direction is not seen, CSS pixels. */
const SEEN_PX = 1;

class Reader {
  #text = "";
  #nodes = 0;
  cut = false;

  get text(): string {
    return this.#text.slice(0, TEXT_LIMIT);
  }

  read(node: Node, depth = 0): void {
    if (this.#isFull(depth)) return;
    if (node.nodeType === Node.TEXT_NODE) this.#readText(node as Text);
    if (node instanceof Element) this.#readElement(node, depth);
  }

  #isFull(depth: number): boolean {
    const full = this.#text.length >= TEXT_LIMIT || ++this.#nodes > NODE_LIMIT || depth > DEPTH_LIMIT;
    this.cut ||= full;
    return full;
  }

  #readText(text: Text): void {
    if (text.data.trim() === "") this.#text += text.data === "" ? "" : " ";
    else if (isTextSeen(text)) this.#text += text.data.replaceAll(EDGE, " ").replace(/\s+/g, " ");
  }

  #readElement(element: Element, depth: number): void {
    const name = element.tagName.toUpperCase();
    if (UNREAD.has(name)) return;
    const { display } = getComputedStyle(element);
    if (display === "none") return;
    const edge = name === "BR" || !INLINE.test(display) ? "\n" : EDGE;
    this.#text += edge;
    const value = valueOf(element, name);
    if (value !== null) this.#text += isSeen(element) ? value : "";
    else for (const child of childrenOf(element)) this.read(child, depth + 1);
    this.#text += edge;
  }
}

/** As they are shown: of a shadow root, and of what a slot takes. */
function childrenOf(element: Element): Iterable<Node> {
  if (element.shadowRoot) return element.shadowRoot.childNodes;
  if (!(element instanceof HTMLSlotElement)) return element.childNodes;
  const assigned = element.assignedNodes();
  return assigned.length > 0 ? assigned : element.childNodes;
}

/** What stands in a field; null: it is none. */
function valueOf(element: Element, name: string): string | null {
  if (name === "SELECT") return (element as HTMLSelectElement).selectedOptions[0]?.text.trim() ?? "";
  if (name === "TEXTAREA")
    return (element as HTMLTextAreaElement).value || (element as HTMLTextAreaElement).placeholder;
  if (name !== "INPUT") return null;
  const { type, value, placeholder } = element as HTMLInputElement;
  return /^(password|hidden|checkbox|radio|color|range|file|image)$/.test(type) ? "" : value || placeholder;
}

function isTextSeen(text: Text): boolean {
  const range = document.createRange();
  range.selectNodeContents(text);
  const box = range.getBoundingClientRect();
  if (box.width < SEEN_PX || box.height < SEEN_PX || box.right <= -scrollX || box.bottom <= -scrollY) return false;
  const holder = boxAround(text);
  return holder !== null && isSeen(holder) && isInked(holder);
}

/** The closest element that makes a box. */
function boxAround(text: Text): Element | null {
  let one = text.parentElement;
  while (one && getComputedStyle(one).display === "contents") one = one.parentElement;
  return one ?? (text.getRootNode() as Partial<ShadowRoot>).host ?? null;
}

/** Its colour is no transparent one, unless the background shows through the letters. */
function isInked(element: Element): boolean {
  const { color, backgroundClip } = getComputedStyle(element);
  return !/^rgba\(.*, 0\)$/.test(color) || backgroundClip === "text";
}

export function readScreen(): ScreenText {
  const reader = new Reader();
  // A document may have lost its body.
  const body = document.body as HTMLElement | null;
  if (body) reader.read(body);
  return { text: lined(reader.text), cut: reader.cut };
}

/** Without blank lines, and without space around the others. */
const lined = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");

/** Of these elements, which are seen. */
export const seenOf = (nodes: readonly (Node | null)[]): boolean[] =>
  nodes.map((node) => node instanceof Element && isSeen(node));
