import { defineCheck, inapplicable, review, WHOLE_TRIALS, type Outcome } from "../define-check.ts";
import {
  isPainted,
  type Artifacts,
  type DocumentEvidence,
  type NetworkAttempt,
  type PropsEvidence,
} from "../../model/evidence.ts";
import { roundedMoment } from "../../model/moment.ts";
import { askedBefore, isMadeUp, RECORD_COMMAND, tellingStubs } from "../shared/evidence.ts";

export default defineCheck({
  id: "render/blank",
  title: "Widget shows something",
  severity: "error",
  isAboutWhole: true,
  needs: ["document", "network", "props", "console", "bridge"],
  messages: {
    blank: "Nothing is visible: no text, no picture, no painted box ({width}×{height} CSS pixels).",
    "unseen-text":
      "Nothing is painted ({width}×{height} CSS pixels), though the document holds {characters} characters of text: it has the colour of what is behind it, or lies under something, outside, or clipped.",
    illegible:
      "None of the {characters} characters of text can be seen: they are transparent, or of the colour of what is behind them. Nothing else is drawn but boxes.",
    pressed: "Nothing is visible any more after {target}, and the code threw: {text}.",
  },
  reasons: {
    left: "the widget left its own document",
    "not-seen": "the document could not be looked at",
    crashed: "the renderer crashed before the document could be looked at",
    stubbed: `nothing is visible, and {requests} allowed request(s) got a stub for an answer, {url} first: record the real answers (${RECORD_COMMAND})`,
    "result-made":
      "nothing is visible with the result that was made for tool {tool}, which was not called: give toolInput or toolOutput in a scenario",
    "opened-by-widget":
      "nothing is visible; no tool names this resource, and what the widget that opens it hands over is not known: give toolOutput in a scenario under its URI",
  },
  source: "docs/hosts.md#chatgpt-submission: the widget renders; PostHog #69612: a blank card",
  inTrials: WHOLE_TRIALS,
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ document, network, props, console, bridge }, { isOpenedByWidget, trial }) {
    if (document.ended === "navigated-away") return inapplicable("left");
    if (document.observed === false || (document.width === 0 && document.ended !== "crashed"))
      return review("not-seen");
    if (document.ended === "crashed") return review("crashed");
    // Pixels decide: a closed shadow root draws, and its elements cannot be asked; text may have the colour of what is behind it.
    const { textLength, textUnseeable = false } = document;
    const drawn = isDrawn(document);
    if (drawn && !textUnseeable) return { outcome: "pass" };
    if ((document.explored ?? []).length > 0) return afterPress({ document, console, network, bridge });
    return (
      dataInDoubt(network, props, isOpenedByWidget) ?? {
        outcome: "fail",
        findings: [
          {
            messageId: messageFor(drawn, textLength),
            data: { width: document.width, height: document.height, characters: textLength, ...blankSince(document) },
            identity: [],
            channel: "probe",
            // It has nothing to show, and who cancelled knows why.
            ...(trial === "cancelled" ? { severity: "warning" } : {}),
          },
        ],
      }
    );
  },
});

function isDrawn({ paintedShare, textLength, visibleElements }: DocumentEvidence): boolean {
  return paintedShare === null ? textLength + visibleElements > 0 : isPainted(paintedShare, textLength);
}

function messageFor(drawn: boolean, textLength: number): "illegible" | "unseen-text" | "blank" {
  if (drawn) return "illegible";
  return textLength > 0 ? "unseen-text" : "blank";
}

/** With other data, or other answers, it might show something. */
function dataInDoubt(network: readonly NetworkAttempt[], props: PropsEvidence, isOpenedByWidget: boolean | undefined) {
  const stubs = tellingStubs(network);
  if (stubs.length > 0) return review("stubbed", { requests: stubs.length, url: stubs[0]?.url ?? null });
  if (props.inventedResult) return review("result-made", { tool: props.inventedResult.tool });
  return isOpenedByWidget && props.sizes.structuredContent === 0 ? review("opened-by-widget") : null;
}

/** A button may close the widget, or empty it: that is its work, unless it broke, and over an answer that somebody gave. */
function afterPress({
  document,
  console,
  network,
  bridge: { toolCalls },
}: Pick<Artifacts, "document" | "console" | "network" | "bridge">): Outcome<"pressed", never> {
  const { explored = [] } = document;
  const emptied = explored.findLast(({ blank }) => blank) ?? explored.findLast(({ outcome }) => outcome === "pressed");
  const thrown = console.find(
    ({ origin, where, pressed = where?.pressed }) => origin === "exception" && pressed === emptied?.target,
  );
  if (!emptied || !thrown) return { outcome: "pass" };
  const asked = askedBefore(document, thrown, { network, toolCalls });
  const overMadeUp = isMadeUp(asked.network, asked);
  const data = { target: emptied.target, text: thrown.text.split("\n")[0] ?? "" };
  return {
    outcome: "fail",
    findings: [
      {
        messageId: "pressed",
        data,
        identity: [],
        channel: "probe",
        ...(thrown.where ? { where: thrown.where } : {}),
        ...(overMadeUp ? { severity: "info" } : {}),
      },
    ],
  };
}

/** A widget that showed something and then does not any more is told with the moment. */
const blankSince = ({ lived }: DocumentEvidence): { afterMs?: number } =>
  lived?.blankSinceMs === undefined ? {} : { afterMs: roundedMoment(lived.blankSinceMs) };
