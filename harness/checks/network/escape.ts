import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { attemptFindings } from "../shared/attempts.ts";

export default defineCheck({
  id: "network/escape",
  title: "Widget makes its requests from its own document",
  severity: "error",
  needs: ["network"],
  messages: {
    found:
      "{url} ({kind}) is requested through the sandbox document, or a frame put beside the widget's ({count}×), outside the widget's policy. Sandglass refused it; declare the origin and request it yourself.",
  },
  source: "docs/hosts.md#chatgpt-sandbox: the sandbox document is of the same origin and has a policy for frames alone",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ network }) =>
    failOrPass(
      attemptFindings(
        network.filter((attempt) => attempt.escape === "parent" || attempt.escape === "service-worker"),
        "found",
      ),
    ),
});
