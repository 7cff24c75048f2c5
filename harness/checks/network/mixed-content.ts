import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { attemptFindings } from "../shared/attempts.ts";

export default defineCheck({
  id: "network/mixed-content",
  title: "Widget loads nothing over plain http",
  severity: "error",
  needs: ["network"],
  messages: {
    found: "{url} ({kind}) is plain http in a secure document and is refused ({count}×). Use https.",
  },
  source: "docs/hosts.md#chromium: mixed content; docs/hosts.md#chatgpt-csp: upgrade-insecure-requests",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ network }) =>
    failOrPass(
      attemptFindings(
        network.filter((attempt) => attempt.blockClass === "mixed-content"),
        "found",
      ),
    ),
});
