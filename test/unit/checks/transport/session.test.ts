import session from "../../../../harness/checks/transport/session.ts";
import { cases, transportOf } from "../server-make.ts";

const ids = (lengths: readonly number[], sessions = lengths.length, visibleAscii = true) => ({
  transport: transportOf({ sessions, sessionIds: lengths.map((length) => ({ length, visibleAscii })) }),
});

cases(session, {
  fails: [
    ["ids that can be guessed", ids([4, 4]), "short warning"],
    ["one id for all", ids([36], 3), "shared warning"],
    ["characters that no header carries", ids([36, 36], 2, false), "form error"],
  ],
  passes: [
    ["UUIDs, one each", ids([36, 36, 36]), "pass"],
    ["no ids", {}, "inapplicable stateless"],
    ["a command", { transport: transportOf({ kind: "stdio" }) }, "inapplicable no-sessions"],
  ],
});
