import { defineCheck } from "../define-check.ts";
import { RECORD_COMMAND } from "../shared/evidence.ts";

export default defineCheck({
  id: "evidence/complete",
  title: "Widget was seen at work",
  severity: "error",
  needs: ["document", "network", "props"],
  messages: {},
  source: "design section 1: what could not be observed is never a pass",
  run({ document, network, props }) {
    const stubbed = network.filter(
      (attempt) => attempt.kind === "script" && attempt.answeredBy === "stub" && attempt.outcome !== "blocked-by-csp",
    );
    const [first] = stubbed;
    const lost = network.find(({ answeredBy }) => answeredBy === "unreachable");
    if (lost)
      return {
        outcome: "review",
        reason: `${lost.origin} could not be reached from here: what the widget does with its answer was not seen. Run again where the network reaches it, or give mocks.`,
      };
    if (!first && props.noResult)
      return { outcome: "review", reason: `the widget was not seen with a result: ${props.noResult}` };
    if (!first && document.stepFailure)
      return {
        outcome: "review",
        reason: `a step of the scenario failed, so what it leads to was not seen: ${document.stepFailure}`,
      };
    if (!first) return { outcome: "pass" };
    return {
      outcome: "review",
      reason: `offline, ${first.url}${stubbed.length > 1 ? ` and ${stubbed.length - 1} more allowed scripts` : ", an allowed script,"} got an empty answer: what the widget does once it has loaded was not seen. Give mocks, or record: ${RECORD_COMMAND}`,
    };
  },
});
