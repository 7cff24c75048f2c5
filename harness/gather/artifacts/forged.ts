/** In-page evidence that the outside contradicts. */
import type { PageApiUse } from "../witness/bridge-log.ts";
import type { Forgery } from "../../model/tags.ts";
import type { RunLog } from "../witness/run-log.ts";

/** Calls for which the browser itself always leaves a message when a sandboxed document makes them. */
const ALWAYS_LOGGED = new Set(["alert", "confirm", "prompt", "print"]);

export function forgeriesOf(log: RunLog, page: readonly PageApiUse[]): Forgery[] {
  const text = log.messages.values
    .filter((message) => message.origin === "browser")
    .map((message) => message.text)
    .join("\n");
  return page
    .filter((use) => use.blocked && ALWAYS_LOGGED.has(use.api) && !text.includes(`'${use.api}()'`))
    .map(({ api }) => ({ kind: "call-not-seen", api }));
}
