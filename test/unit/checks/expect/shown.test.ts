import shown from "../../../../harness/checks/expect/shown.ts";
import { cases } from "../cases.ts";
import { attempt, bridgeOf, documentOf, propsOf, stub } from "../make.ts";
import { screen, tried } from "../trials.ts";
import { expecting, inStep, message, saying, screenWith } from "./make.ts";

const four = { text: "4 tables" };
const button = { role: "button", name: "next" };
const life = { askedMs: 60_000, virtualMs: 3000, realMs: 4000, steps: 9 };

cases(shown, {
  fails: [
    ["another number", expecting(four, screenWith("40 tables")), "missing error"],
    ["a part of a number", expecting(four, screenWith("1.4 tables")), "missing error"],
    ["its opposite", expecting(four, screenWith("−4 tables")), "missing error"],
    ["no text at all", expecting(four), "missing error"],
    ["what must not be there", expecting({ not: four }, screenWith("4 tables, 2 chairs")), "present error"],
    [
      "a button of another name",
      expecting(button, screenWith("", [{ role: "button", name: "Back" }])),
      "missing error",
    ],
    ["a link of that name", expecting(button, screenWith("", [{ role: "link", name: "Next" }])), "missing error"],
    [
      "an alert that must not be there",
      expecting({ not: { role: "alert" } }, screenWith("", [{ role: "alert", name: "" }])),
      "present error",
    ],
    [
      "shown at rest, and gone at the end",
      {
        ...expecting(four, screenWith("Session over")),
        trials: tried({
          renderings: [{ trial: "main", round: 0, ended: "settled", shown: null, atRest: screen("4 tables") }],
        }),
      },
      "gone error",
    ],
    ["in a step, though it is there at the end", inStep(four, {}, screenWith("4 tables")), "missing error"],
    ["a step that was not reached", inStep(four, null, screenWith("4 tables")), "review step-failed"],
    ["not looked at", expecting(four, null), "review not-looked-at"],
    ["not looked at, and must not be there", expecting({ not: four }, null), "review not-looked-at"],
    ["more on the screen than is read", expecting(four, { ...screenWith("5"), cut: true }), "review screen-cut"],
    [
      "it did not come to rest",
      { ...expecting({ not: four }), document: documentOf({ ended: "time-limit" }) },
      "review not-settled",
    ],
    [
      "a life that was cut short",
      { ...expecting({ not: four }), document: documentOf({ lived: { ...life, ended: "time-limit" } }) },
      "review life-cut",
    ],
    [
      "a step before it failed",
      { ...expecting({ not: four }), document: documentOf({ stepFailure: { step: "click x", error: "no x" } }) },
      "review step-failed",
    ],
    ["an answer that nobody gave", { ...expecting(four), network: [stub("fetch")] }, "review stubbed"],
    [
      "a call that nobody answered",
      {
        ...expecting({ not: four }),
        bridge: bridgeOf({ toolCalls: [{ name: "book", outcome: "refused", refusal: "no-server" }] }),
      },
      "review no-server",
    ],
    [
      "a result that was made up",
      { ...expecting(four), props: propsOf({ inventedResult: { tool: "book", reason: "not-read-only" } }) },
      "review result-made",
    ],
  ],
  passes: [
    ["nothing is expected", { expectations: { asked: [], screen: null } }, "inapplicable none"],
    [
      "something of another kind is",
      { ...expecting({ tool: "book" }), ...saying(message({ payload: "book" })) },
      "inapplicable none",
    ],
    ["in any case, over lines and boxes", expecting(four, screenWith("We have\n4\u001f TABLES\u001f.")), "pass"],
    ["two boxes without a space between", expecting({ text: "1 kg" }, screenWith("1\u001fkg")), "pass"],
    ["a word in two boxes", expecting({ text: "Hello" }, screenWith("Hel\u001flo")), "pass"],
    ["a number beside a date", expecting({ text: "4" }, screenWith("2024-11 and 4.")), "pass"],
    ["a part of the name", expecting(button, screenWith("", [{ role: "button", name: "Next page" }])), "pass"],
    ["another number must not be there", expecting({ not: four }, screenWith("14 tables")), "pass"],
    ["in a step, and gone at the end", inStep(four, { screen: screenWith("4 tables") }), "pass"],
    [
      "seen over an answer that nobody gave",
      { ...expecting(four, screenWith("4 tables")), network: [stub("fetch")] },
      "pass",
    ],
    ["a picture that nobody answered", { ...expecting({ not: four }), network: [stub("image"), attempt()] }, "pass"],
    [
      "seen in a step of a widget that never comes to rest",
      { ...inStep({ not: four }, {}), document: documentOf({ ended: "time-limit" }) },
      "pass",
    ],
  ],
});
