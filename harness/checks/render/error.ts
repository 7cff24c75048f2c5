import { defineCheck, failOrPass, type RawFinding } from "../../define-check.ts";
import type { ApiUse, ConsoleEntry, NetworkAttempt } from "../../evidence.ts";
import { RECORD_COMMAND, tellingStubs } from "../shared.ts";

export default defineCheck({
  id: "render/error",
  title: "Widget runs without an uncaught error",
  severity: "error",
  needs: ["console", "network", "apiUses"],
  messages: {
    uncaught: "Uncaught: {text} ({count}×)",
  },
  source: "facts 5.3 R2: optional UI renders without console errors, developers.openai.com connect-chatgpt",
  run({ console, network, apiUses }) {
    const errors = console.filter((entry) => entry.origin === "exception" && !isConsequence(entry, network, apiUses));
    if (errors.length === 0) return { outcome: "pass" };
    const stubs = tellingStubs(network);
    if (stubs.length > 0) {
      return { outcome: "review", reason: `"${firstLine(errors[0]?.text ?? "")}" may come from a stub given for ${stubs[0]?.url}: record the real answers (${RECORD_COMMAND})` };
    }
    return failOrPass(errors.map(findingFor));
  },
});

function findingFor(entry: ConsoleEntry): RawFinding<"uncaught"> {
  return { messageId: "uncaught", data: { text: firstLine(entry.text), count: entry.count }, identity: ["text"], channel: "page-event", ...(entry.where ? { where: entry.where } : {}) };
}

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").slice(0, 300);

/** A rejected promise that only tells again what another check already finds. */
function isConsequence({ text }: ConsoleEntry, network: readonly NetworkAttempt[], apiUses: readonly ApiUse[]): boolean {
  if (/Failed to fetch|dynamically imported module|Failed to construct '(WebSocket|Worker|EventSource)'/.test(text)) return network.some(({ outcome }) => outcome !== "allowed");
  if (/NotAllowedError|SecurityError|InvalidStateError|Disallowed by permissions policy/.test(text)) return apiUses.some((use) => use.blocked && use.returned !== "undefined");
  return /Content Security Policy|EvalError/.test(text) && network.some(({ outcome }) => outcome === "blocked-by-csp");
}
