import { defineCheck, review, WHOLE_TRIALS, type Outcome, type RawFinding } from "../define-check.ts";
import type { DocumentEvidence, Life } from "../../model/evidence.ts";
import { momentLabel } from "../../model/moment.ts";

export default defineCheck({
  id: "render/hang",
  title: "Widget comes to rest",
  severity: "error",
  isAboutWhole: true,
  needs: ["document"],
  messages: {
    hung: "The widget's main thread did not answer within the time limit: a loop does not end.",
    hungIn: "The widget's main thread did not answer within the time limit: a loop in {name} does not end.",
  },
  reasons: {
    crashed: "the renderer crashed; memory is the usual cause",
    "time-limit":
      "the widget was still at work when the time limit ended the run; what it would have done later was not seen",
    "life-cut":
      "the widget still did new things when the limit of real time was over: {seen} of {asked} of its life were seen. Give more by limits.lifeRealMs, or less life by --life.",
    held: "{held} into its life the widget's thread did not answer any more, while its clock stood still, and only {seen} could be seen in real time: a loop that does not end, or one that waits for the clock",
  },
  source: "docs/hosts.md#chromium: a hang is found by a probe that is not answered",
  inTrials: WHOLE_TRIALS,
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ document }) {
    switch (document.ended) {
      case "hung":
        return { outcome: "fail", findings: [hangIn(document.hungIn)] };
      case "crashed":
        return review("crashed");
      case "time-limit":
        return review("time-limit");
      default:
        return lifeOutcome(document.lived);
    }
  },
});

function hangIn(call: DocumentEvidence["hungIn"]): RawFinding<"hung" | "hungIn"> {
  const place = call ? { where: call.where } : {};
  if (call?.name === undefined) return { messageId: "hung", data: {}, channel: "probe", ...place };
  return { messageId: "hungIn", data: { name: call.name }, channel: "probe", ...place };
}

/** A clock that was held early was seen to go on in real time. */
function lifeOutcome(lived: Life | undefined): Outcome<never, "life-cut" | "held"> {
  if (!lived) return { outcome: "pass" };
  const { ended, heldAtMs = 0, virtualMs, askedMs } = lived;
  const seen = momentLabel(virtualMs);
  if (ended === "busy-wait" && heldAtMs > virtualMs)
    return review("held", { held: momentLabel(heldAtMs), seen, heldAtMs, virtualMs });
  if (ended === "time-limit") return review("life-cut", { seen, asked: momentLabel(askedMs), virtualMs, askedMs });
  return { outcome: "pass" };
}
