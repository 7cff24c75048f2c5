import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
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
  source: "docs/hosts.md#chromium: local network access; docs/hosts.md#chatgpt-submission: no local or test endpoints",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ network }) =>
    failOrPass(
      attemptFindings(
        network.filter((attempt) => attempt.blockClass === "local-network"),
        "found",
      ),
    ),
});
