/**
 * What a user could press in a document, asked from an isolated world, whose
 * listeners and marks the widget cannot see.
 */

/** How a target is used: with the mouse, by typing, by a key that changes a value, by the mouse over it, or by scrolling. */
export type TargetKind = "press" | "type" | "choose" | "hover" | "scroll";

export interface Target {
  /** Of this listing. */
  readonly index: number;
  readonly kind: TargetKind;
  /** Role and name, as a user would call it: the same in each run. */
  readonly label: string;
  /** Elements of one group look and are named alike, as the rows of a list. */
  readonly group: string;
  /** It came since the last listing. */
  readonly isFresh: boolean;
  /** 0: stays; 1: by its name it closes or deletes; 2: leads to another page. */
  readonly leaving: 0 | 1 | 2;
}

export interface TargetList {
  readonly targets: readonly Target[];
  /** Characters of text to be seen. */
  readonly textLength: number;
}

/** Elements with listeners of their own, as the debugger tells them. */
export interface Listening {
  readonly press: readonly unknown[];
  readonly hover: readonly unknown[];
}

const PRESSED =
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
const MOST_TARGETS = 200;
const NAME_CHARACTERS = 40;
/** What covers more of the document than this is its background, whoever listens on it. */
const BACKGROUND_SHARE = 0.6;
/** A document that is higher than what the stage shows of it, CSS pixels. */
const SCREEN_PX = 860;
/** Shares of a box at which it is tried. */
const POINTS = [
  [0.5, 0.5],
  [0.5, 0.15],
  [0.15, 0.5],
  [0.85, 0.5],
  [0.5, 0.85],
  [0.1, 0.1],
  [0.9, 0.9],
] as const;

export class TargetFinder {
  #elements: (Element | null)[] = [];
  #candidates = new Set<Element>();
  readonly #seen = new WeakSet<Element>();
  readonly #done = new WeakSet<Element>();
  #aimed: Element | null = null;
  #hit = false;
  #scrolled = false;

  constructor() {
    const note = (event: Event): void => {
      const path = event.composedPath();
      if (this.#aimed && (path.includes(this.#aimed) || closedHostsOf(this.#aimed).some((host) => path.includes(host))))
        this.#hit = true;
    };
    for (const type of ["pointerdown", "mousemove"]) addEventListener(type, note, true);
  }

  list(listening: Listening): TargetList {
    const heard = new Set(listening.press.filter((one) => one instanceof Element));
    const hovered = new Set(listening.hover.filter((one) => one instanceof Element));
    this.#candidates = new Set([...elementsOf(document)].filter((one) => heard.has(one) || isPressable(one)));
    for (const one of heard) this.#candidates.add(one);
    const able = [...this.#candidates].filter((one) => canBePressed(one) && !this.#isBackground(one));
    const over = [...hovered].filter((one) => !this.#candidates.has(one) && canBePressed(one) && !isLarge(one));
    const chosen = [...able, ...over].filter((one) => !this.#done.has(one)).slice(0, MOST_TARGETS);
    this.#elements = [...chosen];
    const names = new Map<string, number>();
    const targets = chosen.map((one, index): Target => {
      const base = `${roleOf(one)} "${nameOf(one)}"`;
      const nth = (names.get(base) ?? 0) + 1;
      names.set(base, nth);
      const isFresh = !this.#seen.has(one);
      this.#seen.add(one);
      return {
        index,
        kind: this.#candidates.has(one) ? kindOf(one) : "hover",
        label: nth === 1 ? base : `${base} #${nth}`,
        group: groupOf(one),
        isFresh,
        leaving: leavingOf(one),
      };
    });
    const scroll = this.#scrolled || !canScroll() ? [] : [this.#scroll(targets.length)];
    return { targets: [...targets, ...scroll], textLength: textLength() };
  }

  #scroll(index: number): Target {
    this.#elements.push(null);
    return { index, kind: "scroll", label: "the end of the page", group: "scroll", isFresh: false, leaving: 0 };
  }

  /** What is pressed is brought into view: the point to aim at, CSS pixels of this document; null when something lies over it. */
  async aim(index: number): Promise<{ readonly x: number; readonly y: number } | null> {
    const element = this.#elements[index];
    if (!element?.isConnected) return null;
    this.#done.add(element);
    this.#aimed = element;
    this.#hit = false;
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return this.#pointOn(element);
  }

  /** For keys alone: false when it takes no focus. */
  focus(index: number): boolean {
    const element = this.#elements[index];
    if (!(element instanceof HTMLElement)) return false;
    this.#done.add(element);
    element.focus();
    return element.matches(":focus");
  }

  scrollToEnd(): void {
    this.#scrolled = true;
    for (const one of scrollersIn()) one.scrollTop = one.scrollHeight;
  }

  get hit(): boolean {
    return this.#hit;
  }

  #pointOn(element: Element): { readonly x: number; readonly y: number } | null {
    const { left, top, width, height } = element.getBoundingClientRect();
    for (const [across, down] of POINTS) {
      const point = { x: Math.round(left + width * across), y: Math.round(top + height * down) };
      const on = topmostAt(point.x, point.y);
      if (on && this.#belongs(on, element)) return point;
    }
    return null;
  }

  /** The nearest of the candidates around what lies on top there is this one. */
  #belongs(on: Element, element: Element): boolean {
    for (let one: Element | null = on; one; one = parentOf(one)) {
      if (one === element) return true;
      if (this.#candidates.has(one)) return false;
    }
    return (on instanceof HTMLLabelElement && on.control === element) || closedHostsOf(element).includes(on);
  }

  #isBackground(element: Element): boolean {
    if (element === document.body || element === document.documentElement) return true;
    if (element.matches(PRESSED)) return false;
    return isLarge(element) && [...this.#candidates].some((one) => one !== element && element.contains(one));
  }
}

function* elementsOf(root: Document | ShadowRoot): Generator<Element> {
  let left = LOOKED_AT;
  const roots: (Document | ShadowRoot)[] = [root];
  for (let next = roots.shift(); next; next = roots.shift())
    for (const element of next.querySelectorAll("*")) {
      if (--left < 0) return;
      if (element.shadowRoot) roots.push(element.shadowRoot);
      yield element;
    }
}

function isPressable(element: Element): boolean {
  if (element instanceof HTMLInputElement && LEFT_OUT.has(element.type)) return false;
  if (element.matches(PRESSED)) return true;
  if (element instanceof HTMLLabelElement) return false;
  const parent = parentOf(element);
  // A hand over it says so, too; what lies within inherits it.
  return (
    getComputedStyle(element).cursor === "pointer" && (parent === null || getComputedStyle(parent).cursor !== "pointer")
  );
}

function canBePressed(element: Element): boolean {
  if (element instanceof HTMLInputElement && LEFT_OUT.has(element.type)) return false;
  if (element.matches(":disabled, [aria-disabled=true], [inert], [inert] *")) return false;
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const { width, height } = element.getBoundingClientRect();
  return width >= 2 && height >= 2 && getComputedStyle(element).pointerEvents !== "none";
}

function isLarge(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width * height > BACKGROUND_SHARE * innerWidth * innerHeight;
}

function kindOf(element: Element): TargetKind {
  if (element instanceof HTMLSelectElement) return "choose";
  if (element instanceof HTMLTextAreaElement) return "type";
  if (element instanceof HTMLInputElement) {
    if (element.type === "range") return "choose";
    return BUTTONS.has(element.type) ? "press" : "type";
  }
  return element instanceof HTMLElement && element.isContentEditable ? "type" : "press";
}

function leavingOf(element: Element): Target["leaving"] {
  const link = element.closest("a[href], area[href]");
  if (link && /^https?:/i.test((link as HTMLAnchorElement).href)) {
    const leads = (link as HTMLAnchorElement).href.split("#")[0] !== document.URL.split("#")[0];
    if (leads) return 2;
  }
  return TAKES_AWAY.test(nameOf(element)) ? 1 : 0;
}

const roleOf = (element: Element): string => element.getAttribute("role") ?? element.tagName.toLowerCase();

/** Numbers count up by themselves, in clocks and lists: they name nothing. */
function nameOf(element: Element): string {
  const written =
    element.getAttribute("aria-label") ??
    (element instanceof HTMLSelectElement ? ownText(element.labels[0]) || element.name : undefined) ??
    (element.textContent.trim() || undefined) ??
    element.getAttribute("placeholder") ??
    element.getAttribute("title") ??
    (element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? element.name) || element.value : "");
  return written.replace(/\s+/g, " ").trim().slice(0, NAME_CHARACTERS);
}

/** Without that of a field within. */
const ownText = (element: Element | undefined): string =>
  [...(element?.childNodes ?? [])].map((node) => (node instanceof Text ? node.data : "")).join("");

function groupOf(element: Element): string {
  const parent = parentOf(element);
  const name = (one: Element | null): string => (one ? `${one.tagName} ${one.getAttribute("class") ?? ""}` : "");
  return `${name(parent)} > ${name(element)} ${element.getAttribute("role") ?? ""} ${element.getAttribute("type") ?? ""}`;
}

function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** Hosts of closed shadow roots around an element: to the outside, what is within is them. */
function closedHostsOf(element: Element): Element[] {
  const hosts: Element[] = [];
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode())
    if (root.mode === "closed") hosts.push(root.host);
  return hosts;
}

function topmostAt(x: number, y: number): Element | null {
  let found = document.elementFromPoint(x, y);
  for (let inner = found?.shadowRoot; inner; inner = found?.shadowRoot) {
    const deeper = inner.elementFromPoint(x, y);
    if (!deeper || deeper === found) break;
    found = deeper;
  }
  return found;
}

function scrollersIn(): Element[] {
  return [...elementsOf(document)].filter(
    (one) =>
      one.scrollHeight > one.clientHeight + 8 &&
      one.clientHeight > 0 &&
      (one === document.scrollingElement || /auto|scroll/.test(getComputedStyle(one).overflowY)),
  );
}

const canScroll = (): boolean => innerHeight > SCREEN_PX || scrollersIn().length > 0;

const textLength = (): number => (document.body as HTMLElement | null)?.innerText.trim().length ?? 0;
