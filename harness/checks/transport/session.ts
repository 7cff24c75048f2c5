import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable } from "../define-check.ts";
import { found } from "../shared/servers.ts";

/** Below this an id can be guessed: 16 hexadecimal digits are 64 bits. */
const LEAST = 16;

export default defineServerCheck({
  id: "transport/session",
  title: "Sessions have ids of their own that nobody guesses",
  severity: "error",
  needs: ["transport"],
  messages: {
    form: "A session id holds characters outside visible ASCII, which a header cannot carry.",
    short: "Session ids have {length} characters: whoever guesses one takes the session over.",
    shared: "{sessions} sessions were opened, and the server gave them {ids} ids: two users share one.",
  },
  reasons: { stateless: "the server gives no session ids", "no-sessions": "a command has one session" },
  source:
    'MCP specification 2025-11-25, "Session Management" and "Session Hijacking"; ChatGPT opens a new session for each call (mcpr, 2026-04-07)',
  run({ transport: { kind, sessionIds, sessions } }) {
    if (kind !== "streamable-http") return inapplicable("no-sessions");
    if (sessionIds.length === 0) return inapplicable("stateless");
    const shortest = Math.min(...sessionIds.map(({ length }) => length));
    return failOrPass([
      ...(sessionIds.every(({ visibleAscii }) => visibleAscii) ? [] : [found("form", {})]),
      ...(shortest < LEAST ? [found("short", { length: shortest }, { severity: "warning" })] : []),
      ...(sessionIds.length < sessions
        ? [found("shared", { sessions, ids: sessionIds.length }, { severity: "warning", identity: [] })]
        : []),
    ]);
  },
});
