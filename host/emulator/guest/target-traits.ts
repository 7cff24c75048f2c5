/** What an element is to someone who would press it. */
import type { Target, TargetKind } from "./target-types.ts";

export const PRESSED =
  "button, a[href], area[href], summary, select, textarea, input, [role=button], [role=link], [role=tab], [role=menuitem], " +
  "[role=menuitemcheckbox], [role=menuitemradio], [role=option], [role=switch], [role=checkbox], [role=radio], [role=slider], " +
  "[role=combobox], [role=treeitem], [contenteditable=''], [contenteditable=true], [onclick], [tabindex]:not([tabindex='-1'])";
/** A dialog of the system or of the browser would open, or nothing at all happens. */
const LEFT_OUT = new Set(["hidden", "file", "color"]);
const BUTTONS = new Set(["button", "submit", "reset", "checkbox", "radio", "image"]);
const TAKES_AWAY =
  /\b(close|dismiss|cancel|delete|remove|clear|reset|discard|log ?out|sign ?out|unsubscribe|exit|hide|collapse|back)\b|^[×✕✖✗xX]$/i;
/** Elements looked at. */
const LOOKED_AT = 5000;
const NAME_CHARACTERS = 40;
/** What covers more of the document than this is its background, whoever listens on it. */
const BACKGROUND_SHARE = 0.6;
/** A document that is higher than what the stage shows of it, CSS pixels. */
const SCREEN_PX = 860;

export function* elementsOf(root: Document | ShadowRoot): Generator<Element> {
  let left = LOOKED_AT;
  const roots: (Document | ShadowRoot)[] = [root];
  for (let next = roots.shift(); next; next = roots.shift())
    for (const element of next.querySelectorAll("*")) {
      if (--left < 0) return;
      if (element.shadowRoot) roots.push(element.shadowRoot);
      yield element;
    }
}

export function isPressable(element: Element): boolean {
  if (element instanceof HTMLInputElement && LEFT_OUT.has(element.type)) return false;
  if (element.matches(PRESSED)) return true;
  if (element instanceof HTMLLabelElement) return hasHiddenSwitch(element);
  const parent = parentOf(element);
  // A hand over it says so, too; what lies within inherits it.
  return (
    getComputedStyle(element).cursor === "pointer" && (parent === null || getComputedStyle(parent).cursor !== "pointer")
  );
}

/** A switch that is drawn by its label: the box itself is not seen. */
function hasHiddenSwitch({ control }: HTMLLabelElement): boolean {
  if (!(control instanceof HTMLInputElement) || !/^(checkbox|radio)$/.test(control.type)) return false;
  return !control.disabled && !canBePressed(control);
}

export function canBePressed(element: Element): boolean {
  if (element instanceof HTMLInputElement && LEFT_OUT.has(element.type)) return false;
  if (element.matches(":disabled, [aria-disabled=true], [inert], [inert] *")) return false;
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const { width, height } = element.getBoundingClientRect();
  return width >= 2 && height >= 2 && getComputedStyle(element).pointerEvents !== "none";
}

export function isLarge(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width * height > BACKGROUND_SHARE * innerWidth * innerHeight;
}

export function kindOf(element: Element): TargetKind {
  if (element instanceof HTMLSelectElement) return "choose";
  if (element instanceof HTMLTextAreaElement) return "type";
  if (element instanceof HTMLInputElement) {
    // A number that stands there is changed in its bounds; one typed beside it would make another.
    if (element.type === "range" || (element.type === "number" && element.value !== "")) return "choose";
    return BUTTONS.has(element.type) ? "press" : "type";
  }
  return element instanceof HTMLElement && element.isContentEditable ? "type" : "press";
}

const TEXTS: Readonly<Record<string, string>> = {
  email: "ada@example.com",
  url: "https://example.com/",
  number: "1",
  tel: "5550100",
};

export function textFor(element: Element): string {
  if (kindOf(element) !== "type") return "";
  return (element instanceof HTMLInputElement && TEXTS[element.type]) || "test";
}

export function leavingOf(element: Element): Target["leaving"] {
  const link = element.closest("a[href], area[href]");
  if (link && /^https?:/i.test((link as HTMLAnchorElement).href)) {
    const leads = (link as HTMLAnchorElement).href.split("#")[0] !== document.URL.split("#")[0];
    if (leads) return 2;
  }
  return TAKES_AWAY.test(nameOf(element)) ? 1 : 0;
}

export function labelOf(element: Element): string {
  const [role, name] = [element.getAttribute("role") ?? element.tagName.toLowerCase(), nameOf(element)];
  return name === "" ? role : `${role} "${name}"`;
}

/** Numbers count up by themselves, in clocks and lists: they name nothing. */
function nameOf(element: Element): string {
  const written =
    element.getAttribute("aria-label") ??
    (element instanceof HTMLSelectElement ? ownText(element.labels[0]) || element.name : undefined) ??
    (textOf(element).trim() || undefined) ??
    element.getAttribute("placeholder") ??
    element.getAttribute("title") ??
    (element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? element.name) || element.value : "");
  return shortened(written);
}

/** As it is seen: blocks beside each other are words of their own. */
const textOf = (element: Element): string => (element instanceof HTMLElement ? element.innerText : element.textContent);

/** Whole words, as far as there are some. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= NAME_CHARACTERS) return line;
  const start = line.slice(0, NAME_CHARACTERS + 1);
  const space = start.lastIndexOf(" ");
  return `${space > 0 ? start.slice(0, space) : line.slice(0, NAME_CHARACTERS)}…`;
}

/** Without that of a field within. */
const ownText = (element: Element | undefined): string =>
  [...(element?.childNodes ?? [])].map((node) => (node instanceof Text ? node.data : "")).join("");

export function groupOf(element: Element): string {
  const parent = parentOf(element);
  const name = (one: Element | null): string => (one ? `${one.tagName} ${one.getAttribute("class") ?? ""}` : "");
  return `${name(parent)} > ${name(element)} ${element.getAttribute("role") ?? ""} ${element.getAttribute("type") ?? ""}`;
}

export function isWithin(element: Element, around: Element): boolean {
  for (let one: Element | null = element; one; one = parentOf(one)) if (one === around) return true;
  return false;
}

export function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** Hosts of closed shadow roots around an element: to the outside, what is within is them. */
export function closedHostsOf(element: Element): Element[] {
  const hosts: Element[] = [];
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode())
    if (root.mode === "closed") hosts.push(root.host);
  return hosts;
}

/** Frames whose documents can be reached: what is in them is the widget's own. */
export const framesIn = (): HTMLIFrameElement[] =>
  [...elementsOf(document)].filter(
    (one): one is HTMLIFrameElement => one instanceof HTMLIFrameElement && one.contentDocument !== null,
  );

/** The frame of the document's that holds an element; null: it stands in the document itself. */
export const frameOf = (element: Element): Element | null =>
  element.ownerDocument === document ? null : (element.ownerDocument.defaultView?.frameElement ?? null);

export function topmostAt(x: number, y: number, within: Document = document): Element | null {
  let found = within.elementFromPoint(x, y);
  for (let inner = found?.shadowRoot; inner; inner = found.shadowRoot) {
    const deeper = inner.elementFromPoint(x, y);
    if (!deeper || deeper === found) break;
    found = deeper;
  }
  return found;
}

export function scrollersIn(): Element[] {
  return [...elementsOf(document)].filter(
    (one) =>
      one.scrollHeight > one.clientHeight + 8 &&
      one.clientHeight > 0 &&
      (one === document.scrollingElement || /auto|scroll/.test(getComputedStyle(one).overflowY)),
  );
}

export const canScroll = (): boolean => innerHeight > SCREEN_PX || scrollersIn().length > 0;

/** Characters of it that are told. */
const TOLD_TEXT = 5000;

export function seenText(): { readonly text: string; readonly textLength: number } {
  const text = (document.body as HTMLElement | null)?.innerText.trim() ?? "";
  return { text: text.slice(0, TOLD_TEXT), textLength: text.length };
}
