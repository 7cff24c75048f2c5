/** What stands on the screen, so that two renderings can be compared: its words, its pictures by short names, and whether it waits. */

export interface DocumentShown {
  /** Visible text and the values of fields, one element a line, cut to a stated length. */
  readonly text: string;
  /** One short name each: equal pictures have equal names. */
  readonly pictures: readonly string[];
  /** Something says that it is not ready: `aria-busy`, a spinner, a skeleton, a bar without a value. */
  readonly waiting: boolean;
}

const TEXT_LIMIT = 20_000;
const PICTURE_LIMIT = 500;
/** Looking at one costs a millisecond. */
const CANVAS_LIMIT = 50;
/** Drawn by their attributes. */
const SHAPES = new Set("PATH RECT CIRCLE ELLIPSE LINE POLYLINE POLYGON USE IMAGE".split(" "));
const SHAPE_ATTRIBUTES =
  "d x y width height cx cy r rx ry x1 y1 x2 y2 points fill stroke transform href style class".split(" ");
const WAITING = /(^|[\s_-])(spinner|skeleton|loader|loading|shimmer)($|[\s_-])/i;
/** A canvas is compared by so many squares in each direction. */
const GRID = 16;

export class ShownReader {
  #text = "";
  readonly #pictures: string[] = [];
  /** Of the pictures beyond the limit. */
  #rest = "";
  #waiting = false;
  #canvases = 0;

  visit(element: Element): void {
    const name = element.tagName.toUpperCase();
    this.#addText(textOf(element, name));
    const isLookedAt = name !== "CANVAS" || ++this.#canvases <= CANVAS_LIMIT;
    const picture = isLookedAt ? pictureOf(element, name) : null;
    if (picture !== null) this.#addPicture(`${name} ${hash(picture)}`);
    this.#waiting ||= isWaiting(element, name);
  }

  get shown(): DocumentShown {
    const pictures = this.#rest ? [...this.#pictures, `REST ${this.#rest}`] : this.#pictures;
    return { text: this.#text.slice(0, TEXT_LIMIT), pictures, waiting: this.#waiting };
  }

  #addText(text: string): void {
    if (text !== "" && this.#text.length < TEXT_LIMIT) this.#text += `${this.#text === "" ? "" : "\n"}${text}`;
  }

  #addPicture(picture: string): void {
    if (this.#pictures.length < PICTURE_LIMIT) this.#pictures.push(picture);
    else this.#rest = hash(this.#rest + picture);
  }
}

function textOf(element: Element, name: string): string {
  const value = valueOf(element, name);
  const own = [...element.childNodes]
    .filter((node): node is Text => node.nodeType === Node.TEXT_NODE)
    .map(({ data }) => data.trim());
  return [...own, value]
    .filter((text) => text !== "")
    .join(" ")
    .replace(/\s+/g, " ");
}

function valueOf(element: Element, name: string): string {
  if (name === "SELECT") return (element as HTMLSelectElement).selectedOptions[0]?.text.trim() ?? "";
  if (name === "TEXTAREA") return (element as HTMLTextAreaElement).value.trim();
  if (name !== "INPUT") return "";
  const { type, value, checked, placeholder } = element as HTMLInputElement;
  if (type === "password") return "";
  if (type === "checkbox" || type === "radio") return checked ? "☑" : "☐";
  return (value || placeholder).trim();
}

/** What decides how it looks, as text; null: it is no picture. */
function pictureOf(element: Element, name: string): string | null {
  if (SHAPES.has(name)) return SHAPE_ATTRIBUTES.map((attribute) => element.getAttribute(attribute) ?? "").join("|");
  if (name === "CANVAS") return canvasLook(element as HTMLCanvasElement);
  if (name === "IMG") return addressOf((element as HTMLImageElement).currentSrc || (element as HTMLImageElement).src);
  if (name === "VIDEO" || name === "IFRAME" || name === "EMBED")
    return addressOf((element as HTMLVideoElement | HTMLIFrameElement).src);
  if (name === "OBJECT") return addressOf((element as HTMLObjectElement).data);
  if (name === "METER" || name === "PROGRESS") return String((element as HTMLMeterElement).value);
  // Bars and tiles that are boxes with a size or a colour of their own.
  return element.getAttribute("style");
}

/** A blob's address is new in every rendering. */
const addressOf = (url: string): string => (url.startsWith("blob:") ? "blob:" : url);

/** Coarse colours: a canvas of another origin, or without a size, has none. */
function canvasLook(canvas: HTMLCanvasElement): string {
  const small = document.createElement("canvas");
  small.width = small.height = GRID;
  const context = small.getContext("2d");
  if (!context || canvas.width === 0 || canvas.height === 0) return "empty";
  context.drawImage(canvas, 0, 0, GRID, GRID);
  try {
    return [...context.getImageData(0, 0, GRID, GRID).data].map((value) => value >> 5).join("");
  } catch (error) {
    if (error instanceof DOMException) return "closed";
    throw error;
  }
}

function isWaiting(element: Element, name: string): boolean {
  if (element.getAttribute("aria-busy") === "true") return true;
  if (name === "PROGRESS") return (element as HTMLProgressElement).position < 0;
  if (element.getAttribute("role") === "progressbar") return !element.hasAttribute("aria-valuenow");
  return WAITING.test(element.getAttribute("class") ?? "");
}

/** FNV-1a, 32 bits. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(36);
}
