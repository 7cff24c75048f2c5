/** In-page evidence that the outside contradicts. */
import { certainMessageOf } from "../../../host/apis/index.ts";
import type { PageApiUse } from "../witness/bridge-log.ts";
import type { Forgery } from "../../model/tags.ts";
import type { RunLog } from "../witness/run-log.ts";

export function forgeriesOf(log: RunLog, page: readonly PageApiUse[]): Forgery[] {
  const messages = log.messages.values.filter((message) => message.origin === "browser");
  return page
    .filter(({ blocked, api }) => {
      const certain = blocked ? certainMessageOf(api) : null;
      return certain !== null && !messages.some(({ text }) => certain.test(text));
    })
    .map(({ api }) => ({ kind: "call-not-seen", api }));
}
