import { defineCheck } from "../define-check.ts";

export default defineCheck({
  id: "render/hang",
  title: "Widget comes to rest",
  severity: "error",
  needs: ["document"],
  messages: {
    hung: "The widget's main thread did not answer within the time limit: a loop does not end.",
  },
  source: "capture decision 8: a hang is found by a probe that is not answered",
  run({ document }) {
    switch (document.ended) {
      case "hung":
        return { outcome: "fail", findings: [{ messageId: "hung", data: {}, channel: "probe" }] };
      case "crashed":
        return { outcome: "review", reason: "the renderer crashed; memory is the usual cause" };
      case "time-limit":
        return {
          outcome: "review",
          reason:
            "the widget was still at work when the time limit ended the run; what it would have done later was not seen",
        };
      default:
        return { outcome: "pass" };
    }
  },
});
