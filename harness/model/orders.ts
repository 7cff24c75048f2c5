/** Texts that order the model about, where data was asked for. Few and plain: an order about the conversation itself, or about other tools. */

const ORDERS = [
  /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier|all)\b[^.\n]{0,20}\b(?:instructions?|prompts?|rules?|messages?)\b/i,
  /\b(?:do not|don't|never)\b[^.\n]{0,20}\b(?:tell|inform|mention to|reveal to|show)\b[^.\n]{0,20}\b(?:the )?user\b/i,
  /\byou (?:must|should|have to|are required to)\b[^.\n]{0,40}\b(?:call|invoke|use|run)\b[^.\n]{0,40}\btool\b/i,
  /<\/?(?:system|assistant|instructions?|important)>/i,
  /\b(?:new|updated) (?:system )?(?:instructions|prompt)\s*:/i,
  /\breveal\b[^.\n]{0,30}\b(?:system prompt|instructions)\b/i,
];
/** Characters that nobody sees and a model reads: tags, and marks that turn the order of a text. */
const HIDDEN = /[\u{e0000}-\u{e007f}\u202a-\u202e\u2066-\u2069]/u;

export interface FoundOrder {
  /** `quoted`: an order that is marked as somebody else's words. */
  readonly kind: "order" | "quoted" | "hidden";
  readonly shown: string;
}

/** The first order that is not marked, else the first that is. */
export function orderIn(text: string): FoundOrder | null {
  const orders = matchesIn(text);
  const plain = orders.find(({ index }) => !isMarked(text, index));
  const order = plain ?? orders[0];
  if (order) return { kind: plain ? "order" : "quoted", shown: shownOf(order) };
  return HIDDEN.test(text) ? { kind: "hidden", shown: "characters that are not shown" } : null;
}

/** Orders of several texts, as they are shown; `unmarked`: those alone that stand there as the text's own words. */
export const ordersIn = (texts: readonly string[], which: "all" | "unmarked" = "all"): readonly string[] =>
  texts.flatMap((text) =>
    matchesIn(text)
      .filter(({ index }) => which === "all" || !isMarked(text, index))
      .map(shownOf),
  );

/** The first match of each form. */
const matchesIn = (text: string): readonly RegExpExecArray[] =>
  ORDERS.map((form) => form.exec(text)).filter((match) => match !== null);

const shownOf = ([match]: RegExpExecArray): string => match.replace(/\s+/g, " ").slice(0, 120);

/** Two orders of one spelling are the same. */
export const spelling = (shown: string): string => shown.toLowerCase();

const DEEPEST = 20;

/** Every text of a value. */
export function textsOf(value: unknown, depth = 0): readonly string[] {
  if (typeof value === "string") return [value];
  if (depth > DEEPEST || typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((one) => textsOf(one, depth + 1));
}

/** What is read before an order to see whose words it stands in. */
const READ_BEFORE = 4000;

/** It stands in quotation marks, in a fence, in a line that quotes, or in an element. */
function isMarked(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - READ_BEFORE), at);
  const paragraph = before.slice(before.lastIndexOf("\n\n") + 1);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return (
    /^\s*>/.test(line) ||
    isOdd(countOf(before, "```")) ||
    isOdd(countOf(paragraph, '"')) ||
    paragraph.lastIndexOf("\u201c") > paragraph.lastIndexOf("\u201d") ||
    paragraph.lastIndexOf("\u00ab") > paragraph.lastIndexOf("\u00bb") ||
    isInElement(before)
  );
}

const countOf = (text: string, mark: string): number => text.split(mark).length - 1;
const isOdd = (count: number): boolean => count % 2 === 1;

/** The last element that was opened is not closed yet. */
function isInElement(before: string): boolean {
  const opened = [...before.matchAll(/<([a-z][a-z0-9_-]{0,40})(?: [^<>]{0,200})?>/gi)].at(-1);
  if (!opened) return false;
  const [, name = ""] = opened;
  return !before.slice(opened.index).toLowerCase().includes(`</${name.toLowerCase()}>`);
}
