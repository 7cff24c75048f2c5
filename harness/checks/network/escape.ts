import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import type { NetworkAttempt } from "../../model/evidence.ts";
import { attemptFindings } from "../shared/attempts.ts";

export default defineCheck({
  id: "network/escape",
  title: "Widget makes its requests from its own document",
  severity: "error",
  needs: ["network"],
  messages: {
    found:
      "{url} ({kind}) is requested through the sandbox document, or a frame put beside the widget's ({count}×), outside the widget's policy. Sandglass refused it; declare the origin and request it yourself.",
    peer: "A peer connection ({url}) is made through the sandbox document, or a frame put beside the widget's ({count}×), outside the widget's own. Sandglass refused it; ask a server for it.",
  },
  source: "docs/hosts.md#chatgpt-sandbox: the sandbox document is of the same origin and has a policy for frames alone",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run({ network }) {
    const escapes = network.filter(({ escape }) => escape === "parent" || escape === "service-worker");
    const isPeer = ({ kind }: NetworkAttempt) => kind === "webrtc";
    return failOrPass<"found" | "peer">([
      ...attemptFindings(
        escapes.filter((attempt) => !isPeer(attempt)),
        "found",
      ),
      ...attemptFindings(escapes.filter(isPeer), "peer"),
    ]);
  },
});
