import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, review, type RawFinding } from "../define-check.ts";
import { found } from "../shared/servers.ts";
import type { StaleSessionProbe } from "../../model/clients.ts";

type MessageId = "status" | "server-error" | "adopted" | "lives-on" | "not-reopened";

/** What says that somebody else refused: a login, a limit, a proxy. */
const UNCLEAR: ReadonlySet<number | null> = new Set([null, 401, 403, 429]);

export default defineServerCheck({
  id: "transport/stale-session",
  title: "A session that is gone is answered with 404, so that clients begin a new one",
  severity: "error",
  needs: ["transport", "clients"],
  messages: {
    status:
      "A session id that the server does not know is answered with {status}, and not with 404: clients begin anew on 404 alone, so that after a restart every call fails until somebody connects again.",
    "server-error":
      "A session id that the server does not know is answered with {status}: it fails where it should say 404.",
    adopted: "The server answers in a session that it never opened: ids that it gives out mean nothing.",
    "lives-on": "The server took the end of a session, and goes on answering in it.",
    "not-reopened": "After that, initialize without a session was answered with {status}: no client comes back in.",
  },
  reasons: {
    "no-sessions": "a command has one session, which ends with it",
    stateless: "the server gives no session ids",
    "not-tried": "no old session was tried",
    unclear: "an old session was answered with {status}: what the server makes of it is not known",
  },
  source:
    'MCP specification 2025-11-25, "Session Management": 404 for a session that was terminated, upon which the client MUST start a new one; python-sdk #1004 (2025-06-23), affine-mcp-server #301 (2026-08-23)',
  run({ transport, clients }) {
    if (transport.kind !== "streamable-http") return inapplicable("no-sessions");
    if (transport.sessionIds.length === 0) return inapplicable("stateless");
    const stale = clients?.stale ?? null;
    if (!stale) return inapplicable("not-tried");
    const { probes, reopened } = stale;
    const faults = probes.flatMap(faultsOf);
    // Told by its status once: both kinds are answered by the same line of code.
    const [first] = faults;
    const isClosed = reopened === null || reopened >= 300;
    if (isClosed && !UNCLEAR.has(reopened)) return failOrPass([found("not-reopened", { status: reopened ?? 0 })]);
    const unclear = probes.find(({ status }) => UNCLEAR.has(status));
    if (!first && unclear) return review("unclear", { status: unclear.status ?? "nothing" });
    return failOrPass(first ? [first] : []);
  },
});

function faultsOf({ kind, status, served }: StaleSessionProbe): RawFinding<MessageId>[] {
  if (status === null || status === 404 || UNCLEAR.has(status)) return [];
  if (status >= 500) return [found("server-error", { status })];
  if (served) return [found(kind === "unknown" ? "adopted" : "lives-on", {}, { severity: "info" })];
  return [found("status", { status }, { severity: "warning" })];
}
