import blank from "../../../../harness/checks/render/blank.ts";
import { cases } from "../cases.ts";
import { documentOf, line, propsOf, stub } from "../make.ts";

const nothing = documentOf({ visibleElements: 0, textLength: 0, paintedShare: 0 });

const closing = 'pressing button "Close"';
const explored = [{ target: closing, outcome: "pressed", blank: true }] as const;
const emptied = { ...nothing, explored };
const thrown = (pressed: string) => line({ where: { url: "w.html", pressed } });

cases(blank, {
  fails: [
    ["nothing visible", { document: nothing }, "blank error"],
    ["nothing visible, and an image of ours", { document: nothing, network: [stub("image")] }, "blank error"],
    ["a hairline", { document: { ...nothing, visibleElements: 1, paintedShare: 0.0005 } }, "blank error"],
    ["text that no picture shows", { document: documentOf({ textLength: 1, paintedShare: 0 }) }, "unseen-text error"],
    ["text that nobody sees, in a box", { document: documentOf({ textUnseeable: true }) }, "illegible error"],
    ["nothing visible, and a script of ours", { document: nothing, network: [stub("script")] }, "review stubbed"],
    [
      "nothing visible with a result that was made",
      { document: nothing, props: propsOf({ inventedResult: { tool: "order", reason: "not-read-only" } }) },
      "review result-made",
    ],
    ["a press that threw and emptied it", { document: emptied, console: [thrown(closing)] }, "pressed error"],
    [
      "a press that threw, no place is known where, and emptied it",
      { document: emptied, console: [line({ pressed: closing })] },
      "pressed error",
    ],
    [
      "a press that threw over a stub and emptied it",
      { document: emptied, console: [thrown(closing)], network: [stub("fetch")] },
      "pressed info",
    ],
    [
      "a press that threw beside an image of ours and emptied it",
      { document: emptied, console: [thrown(closing)], network: [stub("image")] },
      "pressed error",
    ],
    ["unseen", { document: documentOf({ observed: false }) }, "review not-seen"],
    ["no size", { document: documentOf({ width: 0 }) }, "review not-seen"],
    ["crashed", { document: documentOf({ ended: "crashed", width: 0 }) }, "review crashed"],
  ],
  passes: [
    ["a picture", { document: documentOf({ textLength: 0, paintedShare: 0.2 }) }, "pass"],
    ["a press that emptied it, and threw nothing", { document: emptied }, "pass"],
    [
      "a press that emptied it, and another that threw",
      { document: emptied, console: [thrown('pressing button "Pay"')] },
      "pass",
    ],
    ["a letter in a large frame", { document: documentOf({ textLength: 1, paintedShare: 0.00001 }) }, "pass"],
    ["text, and no picture was taken", { document: documentOf({ textLength: 1, paintedShare: null }) }, "pass"],
    ["an element, and no picture was taken", { document: documentOf({ textLength: 0, visibleElements: 1 }) }, "pass"],
    ["it left its document", { document: { ...nothing, ended: "navigated-away" } }, "inapplicable left"],
  ],
});
