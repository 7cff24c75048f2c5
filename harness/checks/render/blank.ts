import { defineCheck } from "../define-check.ts";
import { PAINTED_SHARE } from "../../model/evidence.ts";
import { RECORD_COMMAND, tellingStubs } from "../shared/evidence.ts";

export default defineCheck({
  id: "render/blank",
  title: "Widget shows something",
  severity: "error",
  needs: ["document", "network", "props"],
  messages: {
    blank: "Nothing is visible: no text, no picture, no painted box ({width}×{height} CSS pixels).",
  },
  source: "facts 5.3 R3: non-blank paint; PostHog #69612: a blank card",
  run({ document, network, props }) {
    if (document.ended === "navigated-away")
      return { outcome: "inapplicable", reason: "the widget left its own document" };
    if (document.observed === false || (document.width === 0 && document.ended !== "crashed"))
      return { outcome: "review", reason: "the document could not be looked at" };
    if (document.ended === "crashed")
      return { outcome: "review", reason: "the renderer crashed before the document could be looked at" };
    // Pixels decide where there is no text: a closed shadow root draws, and its elements cannot be asked.
    const drawn =
      document.textLength > 0 ||
      (document.paintedShare === null ? document.visibleElements > 0 : document.paintedShare > PAINTED_SHARE);
    if (drawn) return { outcome: "pass" };
    const stubs = tellingStubs(network);
    if (stubs.length > 0)
      return {
        outcome: "review",
        reason: `nothing is visible, and ${stubs.length} allowed request(s) got a stub for an answer, ${stubs[0]?.url} first: record the real answers (${RECORD_COMMAND})`,
      };
    if (props.inventedResult)
      return {
        outcome: "review",
        reason: `nothing is visible with the result that was made for tool ${props.inventedResult.tool}, which was not called: give toolInput or toolOutput in a scenario`,
      };
    return {
      outcome: "fail",
      findings: [
        {
          messageId: "blank",
          data: { width: document.width, height: document.height },
          identity: [],
          channel: "probe",
        },
      ],
    };
  },
});
