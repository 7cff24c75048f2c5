import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { attemptFindings } from "../shared/attempts.ts";

export default defineCheck({
  id: "network/relative-url",
  title: "Widget uses no relative URLs",
  severity: "error",
  needs: ["network"],
  messages: {
    found:
      "{path} ({kind}) is relative: it goes to the sandbox host, which answers 404 without a CSP error ({count}×). Write the absolute URL of your server, and declare its origin.",
  },
  source: "docs/hosts.md#chatgpt-sandbox: relative URLs go to the sandbox host; nextjs-starter #7, #20",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ network }) =>
    failOrPass(
      attemptFindings(
        network.filter((attempt) => attempt.blockClass === "relative-url"),
        "found",
      ),
    ),
});
