import { defineCheck, failOrPass } from "../define-check.ts";
import { attemptFindings } from "../shared/attempts.ts";

export default defineCheck({
  id: "network/local-network",
  title: "Widget reaches for nothing on the local network",
  severity: "error",
  needs: ["network"],
  messages: {
    found:
      "{url} ({kind}) is on this machine or its network: no user has it, and browsers ask for permission first ({count}×).",
  },
  source: "facts section 7, no. 12; skybridge #173, 2026-01-04",
  run: ({ network }) =>
    failOrPass(
      attemptFindings(
        network.filter((attempt) => attempt.blockClass === "local-network"),
        "found",
      ),
    ),
});
