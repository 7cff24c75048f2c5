/** In-page evidence that the outside contradicts. */
import { certainMessageOf } from "../../../host/apis/index.ts";
import type { RawLog } from "../../model/raw-log.ts";
import type { Forgery } from "../../model/tags.ts";

/** Without a channel for the browser's own messages nothing is contradicted. */
export function forgeriesOf({
  channels,
  messages,
  apiUses,
}: Pick<RawLog, "channels" | "messages" | "apiUses">): Forgery[] {
  if (!channels.includes("log")) return [];
  const native = messages.filter(({ origin }) => origin === "browser");
  return apiUses
    .filter(({ blocked, api }) => {
      const certain = blocked ? certainMessageOf(api) : null;
      return certain !== null && !native.some(({ text }) => certain.test(text));
    })
    .map(({ api }) => ({ kind: "call-not-seen", api }));
}
