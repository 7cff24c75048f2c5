import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, review, type RawFinding } from "../define-check.ts";
import { found } from "../shared/servers.ts";
import type { CancellationProbe, Ending } from "../../model/clients.ts";

type MessageId = "ended" | "silent" | "server-error" | "refused" | "works-on";

/** An answer that is this much later did not cross the notification on its way, milliseconds. */
const LATE_MS = 250;

export default defineServerCheck({
  id: "transport/cancellation",
  title: "A request that is given up leaves the server in order",
  severity: "error",
  needs: ["clients"],
  messages: {
    ended: "The server ended when {what} was given up: everybody else's conversation ends with it.",
    silent: "The server answers this client nothing any more after {what} was given up.",
    "server-error": "The server answers with HTTP 5xx after {what} was given up.",
    refused:
      "The endpoint answered notifications/cancelled with {status}: a notification that is taken is answered with 202.",
    "works-on":
      "{what} was given up, and answered {seconds} s later all the same: the work that nobody waits for goes on.",
  },
  reasons: {
    "not-tried": "no request was given up",
    gone: "the server was gone before a request could be given up",
    unclear: "after that the server answered with HTTP 401, 403 or 429: a login or a limit says nothing of it",
  },
  source: 'MCP specification 2025-11-25, "Cancellation" and "Sending Messages to the Server" of streamable HTTP',
  run({ clients }) {
    if (!clients) return inapplicable("not-tried");
    if (!clients.cancellation) return review("gone");
    return clients.cancellation.after === "turned-away"
      ? review("unclear")
      : failOrPass(faultsOf(clients.cancellation, clients.cancellation.after));
  },
});

const FATAL = { crash: "ended", hang: "silent", refused: "silent", "server-error": "server-error" } as const;

function faultsOf(
  { request, tool, status, answeredMs }: CancellationProbe,
  after: Exclude<Ending, "turned-away">,
): RawFinding<MessageId>[] {
  const what = tool === null ? request : `a call of ${tool}`;
  if (after !== "answered") return [found(FATAL[after], { what }, { identity: [] })];
  const isRefused = status !== null && (status < 200 || status >= 300);
  const isLate = answeredMs !== null && answeredMs > LATE_MS;
  return [
    ...(isRefused ? [found("refused", { status }, { severity: "warning" })] : []),
    ...(isLate
      ? [found("works-on", { what, seconds: (answeredMs / 1000).toFixed(1) }, { severity: "info", identity: ["what"] })]
      : []),
  ];
}
