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
  readonly kind: "order" | "hidden";
  readonly shown: string;
}

export function orderIn(text: string): FoundOrder | null {
  const order = ORDERS.map((form) => form.exec(text)).find((match) => match !== null);
  if (order) return { kind: "order", shown: order[0].replace(/\s+/g, " ").slice(0, 120) };
  return HIDDEN.test(text) ? { kind: "hidden", shown: "characters that are not shown" } : null;
}
