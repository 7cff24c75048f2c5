/**
 * What a user could press in a document, asked from an isolated world, whose
 * listeners and marks the widget cannot see.
 */

import {
  PRESSED,
  canBePressed,
  canScroll,
  closedHostsOf,
  elementsOf,
  frameOf,
  framesIn,
  groupOf,
  isLarge,
  isPressable,
  isWithin,
  kindOf,
  labelOf,
  leavingOf,
  parentOf,
  scrollersIn,
  textFor,
  seenText,
  topmostAt,
} from "./target-traits.ts";
import type { Aim, Listening, Target, TargetList } from "./target-types.ts";

export type * from "./target-types.ts";

const MOST_TARGETS = 200;
const LINKS = "a[href], area[href]";
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

/** Where a frame's document begins. */
function contentStart(frame: Element): { readonly x: number; readonly y: number } {
  const { left, top } = frame.getBoundingClientRect();
  return { x: Math.round(left + frame.clientLeft), y: Math.round(top + frame.clientTop) };
}

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
    // The browser's own bubble would lie over what is pressed next.
    addEventListener("invalid", (event) => event.preventDefault(), true);
  }

  list(listening: Listening): TargetList {
    const heard = new Set(listening.press.filter((one) => one instanceof Element));
    const hovered = new Set(listening.hover.filter((one) => one instanceof Element));
    this.#candidates = new Set([...elementsOf(document)].filter((one) => heard.has(one) || isPressable(one)));
    for (const one of heard) this.#candidates.add(one);
    const able = [...this.#candidates].filter((one) => canBePressed(one) && !this.#isBackground(one));
    const framed = framesIn().flatMap((frame) => this.#pressablesIn(frame));
    const over = [...hovered].filter((one) => !this.#candidates.has(one) && canBePressed(one) && !isLarge(one));
    // What was pressed keeps its place among those of its name.
    const chosen = [...new Set([...able, ...framed, ...over])].slice(0, MOST_TARGETS);
    this.#elements = [...chosen];
    const names = new Map<string, number>();
    const targets = chosen.map((one, index): Target => {
      const base = labelOf(one);
      const nth = (names.get(base) ?? 0) + 1;
      names.set(base, nth);
      const isFresh = !this.#seen.has(one);
      this.#seen.add(one);
      return {
        index,
        kind: this.#candidates.has(one) ? kindOf(one) : "hover",
        label: nth === 1 ? base : `${base} #${nth}`,
        group: groupOf(one),
        text: textFor(one),
        isFresh,
        isDone: this.#done.has(one),
        leaving: leavingOf(one),
      };
    });
    const scroll = this.#scrolled || !canScroll() ? [] : [this.#scroll(targets.length)];
    return { targets: [...targets, ...scroll], ...seenText() };
  }

  /** Links lead a frame away, as those of a page that is shown in it may. */
  #pressablesIn({ contentDocument }: HTMLIFrameElement): Element[] {
    if (!contentDocument) return [];
    const able = [...elementsOf(contentDocument)].filter(
      (one) => one.matches(PRESSED) && !one.matches(LINKS) && canBePressed(one),
    );
    for (const one of able) this.#candidates.add(one);
    return able;
  }

  /** Events in a frame are heard there alone. */
  #hearIn(frame: Element | null, element: Element): void {
    if (!frame) return;
    const note = (event: Event): void => {
      this.#hit ||= event.composedPath().includes(element);
    };
    element.ownerDocument.addEventListener("pointerdown", note, { capture: true, once: true });
  }

  #scroll(index: number): Target {
    this.#elements.push(null);
    return {
      index,
      kind: "scroll",
      label: "the end of the page",
      group: "scroll",
      text: "",
      isFresh: false,
      isDone: false,
      leaving: 0,
    };
  }

  /** What is pressed is brought into view. What is covered is listed again: it may be free later. */
  async aim(index: number): Promise<Aim> {
    const element = this.#elements[index];
    if (!element?.isConnected) return "covered";
    this.#aimed = element;
    this.#hit = false;
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const aim = this.#aimAt(element);
    if (aim !== "covered") this.#done.add(element);
    return aim;
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

  #aimAt(element: Element): Aim {
    let aim: Aim = "covered";
    const { left, top, width, height } = element.getBoundingClientRect();
    const frame = frameOf(element);
    const start = frame ? contentStart(frame) : { x: 0, y: 0 };
    this.#hearIn(frame, element);
    for (const [across, down] of POINTS) {
      const point = { x: Math.round(left + width * across), y: Math.round(top + height * down) };
      const [x, y] = [start.x + point.x, start.y + point.y];
      if (frame && topmostAt(x, y) !== frame) continue;
      const on = topmostAt(point.x, point.y, element.ownerDocument);
      if (on && this.#belongs(on, element)) return { x, y };
      if (on && isWithin(on, element)) aim = "inner";
    }
    return aim;
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
