/** Characters of a turn that are shown. */
const TEXT_LIMIT = 4000;

/** The words of `ui/message`, or of `sendFollowUpMessage`; null for any other message, and for one without words. */
export function messageText(method: string, payload: unknown): string | null {
  const text = wordsOf(method, payload);
  return text ? text.slice(0, TEXT_LIMIT) : null;
}

function wordsOf(method: string, payload: unknown): string {
  if (method === "sendFollowUpMessage") return textIn(payload, "prompt");
  if (method !== "ui/message") return "";
  const { content = [] } = (payload ?? {}) as { readonly content?: unknown };
  return [content]
    .flat()
    .map((block) => textIn(block, "text"))
    .join("\n");
}

/** Anything may be in it. */
function textIn(value: unknown, name: "prompt" | "text"): string {
  const text = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof text === "string" ? text : "";
}
