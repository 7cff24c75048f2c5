/** In-page evidence that the outside contradicts. */
import type { RawLog } from "../../model/raw-log.ts";

/** Calls for which the browser itself always leaves a message when a sandboxed document makes them. */
const ALWAYS_LOGGED = new Set(["alert", "confirm", "prompt", "print"]);

/** Without a channel for the browser's own messages nothing is contradicted. */
export function forgeriesOf({
  channels,
  messages,
  apiUses,
}: Pick<RawLog, "channels" | "messages" | "apiUses">): string[] {
  if (!channels.includes("log")) return [];
  const text = messages
    .filter(({ origin }) => origin === "browser")
    .map((message) => message.text)
    .join("\n");
  return apiUses
    .filter(({ blocked, api }) => blocked && ALWAYS_LOGGED.has(api) && !text.includes(`'${api}()'`))
    .map(({ api }) => `the page reported ${api}(), and the browser saw no such call`);
}
