import { defineCheck, review } from "../define-check.ts";

export default defineCheck({
  id: "render/hang",
  title: "Widget comes to rest",
  severity: "error",
  needs: ["document"],
  messages: {
    hung: "The widget's main thread did not answer within the time limit: a loop does not end.",
  },
  reasons: {
    crashed: "the renderer crashed; memory is the usual cause",
    "time-limit":
      "the widget was still at work when the time limit ended the run; what it would have done later was not seen",
  },
  source: "docs/hosts.md#chromium: a hang is found by a probe that is not answered",
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ document }) {
    switch (document.ended) {
      case "hung":
        return { outcome: "fail", findings: [{ messageId: "hung", data: {}, channel: "probe" }] };
      case "crashed":
        return review("crashed");
      case "time-limit":
        return review("time-limit");
      default:
        return { outcome: "pass" };
    }
  },
});
