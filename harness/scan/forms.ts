/** The ways in which one known value may be written: encoded for a URL, JSON or HTML, in base64 or hexadecimal, or in another case, as in a host name. */

/** Shorter pieces turn up by chance. */
const SHORTEST_CODED = 12;
const SHORTEST_CASED = 16;

export function formsOf(value: string): Set<string> {
  const forms = new Set([value]);
  if (/\p{Surrogate}/u.test(value)) return forms; // half a character cannot be encoded
  const percent = encodeURIComponent(value);
  forms
    .add(percent)
    .add(percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))
    .add(percent.replace(/%20/g, "+"));
  forms
    .add(JSON.stringify(value).slice(1, -1))
    .add(value.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;"));
  const bytes = Buffer.from(value);
  for (const offset of [0, 1, 2]) {
    const coded = base64At(bytes, offset);
    if (coded.length >= SHORTEST_CODED)
      forms.add(coded).add(coded.replace(/\+/g, "-").replace(/\//g, "_")).add(encodeURIComponent(coded));
  }
  if (bytes.length * 2 >= SHORTEST_CODED) forms.add(bytes.toString("hex")).add(bytes.toString("hex").toUpperCase());
  if (value.length >= SHORTEST_CASED)
    forms
      .add(value.toLowerCase())
      .add(value.toUpperCase())
      .add(value.replace(/[a-z]/gi, (letter) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase())));
  return forms;
}

/** What is the same in every base64 text that holds the bytes at a place that leaves `offset` when divided by three. */
function base64At(bytes: Uint8Array, offset: number): string {
  const coded = Buffer.concat([new Uint8Array(offset), bytes]).toString("base64");
  return coded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

/** Characters by which a text is looked up. */
const HEAD = 6;
const SLOTS = 1 << 14;

interface Known<T> {
  readonly text: string;
  readonly what: T;
}

export interface Found<T> extends Known<T> {
  readonly start: number;
  readonly end: number;
}

/** Known texts that begin alike, with the lengths that there are among them, the longest first. */
interface Family<T> {
  readonly texts: Map<string, Known<T>>;
  readonly lengths: number[];
}

/** Finds known texts in other texts. Adding one is cheap, so that it can grow while texts are read; no pattern is ever compiled. */
export class Finder<T> {
  readonly #byHead = new Map<string, Family<T>>();
  /** Marks what the first three characters of a known text come to. */
  readonly #starts = new Uint8Array(SLOTS);

  /** Texts under six characters are left out, and of equal ones the first is kept. */
  add(text: string, what: T): void {
    if (text.length < HEAD) return;
    const head = text.slice(0, HEAD);
    const family = this.#byHead.get(head) ?? { texts: new Map<string, Known<T>>(), lengths: [] };
    this.#byHead.set(head, family);
    if (family.texts.has(text)) return;
    family.texts.set(text, { text, what });
    if (!family.lengths.includes(text.length)) family.lengths.push(text.length);
    family.lengths.sort((a, b) => b - a);
    this.#starts[slotOf(text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2))] = 1;
  }

  /** Where known texts stand, in order and without overlaps, the longest first. */
  find(text: string): Found<T>[] {
    const found: Found<T>[] = [];
    if (this.#byHead.size === 0) return found;
    let second = text.charCodeAt(0);
    let third = text.charCodeAt(1);
    for (let start = 0, last = text.length - HEAD; start <= last; start += 1) {
      const first = second;
      second = third;
      third = text.charCodeAt(start + 2);
      if (this.#starts[slotOf(first, second, third)] === 0) continue;
      const known = this.#longestAt(text, start);
      if (!known) continue;
      const end = start + known.text.length;
      found.push({ ...known, start, end });
      start = end - 1;
      second = text.charCodeAt(end);
      third = text.charCodeAt(end + 1);
    }
    return found;
  }

  #longestAt(text: string, start: number): Known<T> | undefined {
    const family = this.#byHead.get(text.slice(start, start + HEAD));
    for (const length of family?.lengths ?? []) {
      const known = family?.texts.get(text.slice(start, start + length));
      if (known) return known;
    }
    return undefined;
  }
}

function slotOf(first: number, second: number, third: number): number {
  return (first * 1021 + second * 127 + third) & (SLOTS - 1);
}
