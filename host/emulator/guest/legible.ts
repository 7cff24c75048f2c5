/**
 * Text that is surely seen: on the screen, under nothing, in a colour that
 * differs from the one colour behind it; or scrolled out of sight, where no
 * picture shows it either. False says that it cannot be told from the document,
 * and a picture has to tell.
 */
export function isLegible(element: Element, text: Text): boolean {
  if (isScrolledAway(element, text)) return true;
  const box = boxOf(text);
  if (!box || !isOnTop(element, box)) return false;
  const ink = inkOf(element);
  if (!ink || ink.alpha < SEEN_ALPHA || parseFloat(getComputedStyle(element).fontSize) < SEEN_FONT_PX) return false;
  const ground = groundOf(element);
  return ground !== null && Math.abs(luminanceOf(ink) - luminanceOf(ground)) >= SEEN_DIFFERENCE;
}

/** Text that nobody sees, whatever else is drawn: transparent, or of the one colour behind it. False says that it cannot be told. */
export function isUnseeable(element: Element): boolean {
  const { textShadow, webkitTextStrokeWidth, backgroundClip } = getComputedStyle(element);
  const ink = inkOf(element);
  if (!ink || textShadow !== "none" || parseFloat(webkitTextStrokeWidth) > 0 || backgroundClip === "text") return false;
  if (ink.alpha === 0) return true;
  const ground = groundOf(element);
  return ground !== null && CHANNELS.every((channel) => Math.abs(ink[channel] - ground[channel]) <= UNSEEN_LEVELS);
}

const CHANNELS = ["red", "green", "blue"] as const;
/** Of 255. */
const UNSEEN_LEVELS = 8;

/** The colour of the letters; null where it cannot be told. */
function inkOf(element: Element): Colour | null {
  const { fill, webkitTextFillColor } = getComputedStyle(element);
  return colourOf(element instanceof SVGElement ? fill : webkitTextFillColor);
}

const SEEN_ALPHA = 0.3;
const SEEN_FONT_PX = 4;
const SEEN_PX = 2;
/** Of 255. */
const SEEN_DIFFERENCE = 20;

/** The first line of the text, in the window. */
function boxOf(text: Text): DOMRect | undefined {
  const range = document.createRange();
  range.selectNodeContents(text);
  return [...range.getClientRects()].find(
    ({ width, height, left, top, right, bottom }) =>
      width >= SEEN_PX && height >= SEEN_PX && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
  );
}

/** The user has to scroll to it, in the window or in a box of its own. */
function isScrolledAway(element: Element, text: Text): boolean {
  const range = document.createRange();
  range.selectNodeContents(text);
  const { top, right, bottom, left } = range.getBoundingClientRect();
  if (isBelow(top, left) && scrollsThere(element)) return true;
  for (let one: Element | null = parentOf(element); one; one = parentOf(one)) {
    const { overflowX, overflowY } = getComputedStyle(one);
    const edge = one.getBoundingClientRect();
    if (SCROLLS.test(overflowY) && (top >= edge.bottom || bottom <= edge.top)) return true;
    if (SCROLLS.test(overflowX) && (left >= edge.right || right <= edge.left)) return true;
  }
  return false;
}

const SCROLLS = /auto|scroll/;
const CUTS = /hidden|clip/;

const isBelow = (top: number, left: number): boolean => top >= innerHeight || left >= innerWidth;

/** The window can be scrolled as far as that, and what is there scrolls with it. */
function scrollsThere(element: Element): boolean {
  for (let one: Element | null = element; one; one = parentOf(one))
    if (getComputedStyle(one).position === "fixed") return false;
  const root = document.scrollingElement;
  const isCut = [...document.querySelectorAll("html, body")].some((one) => {
    const { overflowX, overflowY } = getComputedStyle(one);
    return CUTS.test(overflowX) || CUTS.test(overflowY);
  });
  return !isCut && root !== null && (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth);
}

function isOnTop(element: Element, { left, top, right, bottom }: DOMRect): boolean {
  const x = (Math.max(0, left) + Math.min(innerWidth, right)) / 2;
  const y = (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2;
  const root = element.getRootNode() as Document | ShadowRoot;
  return root.elementFromPoint(x, y) === element;
}

interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

const WHITE: Colour = { red: 255, green: 255, blue: 255, alpha: 1 };

/** What `rgb()` and `rgba()` say; of other colour spaces nothing is told. */
function colourOf(text: string): Colour | null {
  const [red, green, blue, alpha = 1] = (/^rgba?\(([\d., ]{5,40})\)$/.exec(text)?.[1] ?? "").split(",").map(Number);
  return red === undefined || green === undefined || blue === undefined ? null : { red, green, blue, alpha };
}

const luminanceOf = ({ red, green, blue }: Colour): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** The one colour behind an element; null when there is more than a colour, or something on the way that changes it. */
function groundOf(element: Element): Colour | null {
  for (let one: Element | null = element; one; one = parentOf(one)) {
    const style = getComputedStyle(one);
    if (isUnsure(style)) return null;
    const colour = colourOf(style.backgroundColor);
    if (!colour || (colour.alpha > 0 && colour.alpha < 1)) return null;
    if (colour.alpha === 1) return colour;
  }
  // What shows through is the canvas: white, unless a dark one was asked for.
  return /dark/.test(getComputedStyle(document.documentElement).colorScheme) ? null : WHITE;
}

const parentOf = (element: Element): Element | null => {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
};

const isUnsure = (style: CSSStyleDeclaration): boolean =>
  style.backgroundImage !== "none" ||
  style.filter !== "none" ||
  style.clipPath !== "none" ||
  style.maskImage !== "none" ||
  style.mixBlendMode !== "normal" ||
  style.backgroundClip === "text" ||
  Number(style.opacity) < SEEN_ALPHA;
