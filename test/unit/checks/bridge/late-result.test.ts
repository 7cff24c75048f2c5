import lateResult from "../../../../harness/checks/bridge/late-result.ts";
import type { NotRun, Shown, TrialsEvidence } from "../../../../harness/model/evidence.ts";
import { bridgeOf } from "../../make.ts";
import { cases } from "../cases.ts";
import { notRun, screen, tried } from "../trials.ts";

const loading = screen("Loading…");
const orders = screen("Orders 12 open");

/** Main, late and control, twice each; the second pair is as the first unless it is given. */
function compared(main: Shown, late: Shown, control: Shown, more: Partial<TrialsEvidence> = {}, again = [main, late]) {
  const [mainAgain = main, lateAgain = late] = again;
  return {
    trials: tried({
      renderings: [
        { trial: "main", round: 0, ended: "settled", shown: main },
        { trial: "late", round: 0, ended: "settled", shown: late },
        { trial: "control", round: 0, ended: "settled", shown: control },
        { trial: "main", round: 1, ended: "settled", shown: mainAgain },
        { trial: "late", round: 1, ended: "settled", shown: lateAgain },
        { trial: "control", round: 1, ended: "settled", shown: control },
      ],
      result: { carries: true, words: ["orders", "lark", "wren"] },
      ...more,
    }),
  };
}

/** After a second result; what stood before it; what the main trial shows at rest and at last. */
const twice = (after: Shown | null, before: Shown, [main, last]: readonly [Shown, Shown] = [before, before]) => ({
  trials: tried({
    renderings: [
      { trial: "main", round: 0, ended: "settled", shown: last, atRest: main },
      { trial: "late", round: 0, ended: "settled", shown: last },
      { trial: "again", round: 0, ended: "settled", shown: after, atRest: before },
    ],
    secondWords: ["barn"],
  }),
});
type Ended = TrialsEvidence["renderings"][number]["ended"];
/** What a trial by choice showed, beside the main one. */
const chosen = (
  trial: "stream" | "cancelled",
  after: Shown,
  main = orders,
  before = loading,
  ended: Ended = "settled",
) => ({
  trials: tried({
    renderings: [
      { trial: "main", round: 0, ended: "settled", shown: main },
      { trial: "late", round: 0, ended: "settled", shown: main },
      { trial, round: 0, ended, shown: after, atRest: before },
    ],
    result: { carries: true, words: ["orders", "lark", "wren"] },
  }),
  bridge: bridgeOf({ handshake: "initialized" }),
});
const clock = [screen("Hall 12:01"), screen("Hall 12:02")] as const;

/** When the result comes, it has said something else for a while, and stays with that. */
function gaveUp(late: Shown, held: Shown) {
  const { trials } = compared(orders, late, loading);
  const renderings = trials.renderings.map((one) => (one.trial === "late" ? { ...one, atRest: held } : one));
  return { trials: { ...trials, renderings } };
}

const left = (because: NotRun) => ({ trials: tried({ states: notRun("late", because) }) });

cases(lateResult, {
  fails: [
    ["it still waits after parts of its input came first", chosen("stream", loading), "streamed error"],
    [
      "it shows the parts, and not the result",
      chosen("stream", screen("Query la"), orders, screen("Query la")),
      "streamed error",
    ],
    ["it waits though the call was cancelled", chosen("cancelled", loading), "cancelled warning"],
    ["nothing comes of a second result", twice(orders, orders), "second error"],
    ["a clock alone goes on", twice(screen("Hall 12:03"), clock[0], clock), "review second-unsure"],
    ["it cannot be looked at after its second result", twice(null, orders), "review second-not-seen"],
    ["nothing comes of a late result", compared(orders, loading, loading), "lost error"],
    ["it has given up by then", gaveUp(screen("Nothing came"), screen("Nothing came")), "lost error"],
    ["it is blank", compared(orders, screen(""), screen("")), "lost error"],
    [
      "a sum that knows no word of the result",
      compared(screen("84 in all"), screen("0 in all"), screen("0 in all"), { outputRead: true }),
      "lost error",
    ],
    [
      "a picture is not drawn",
      compared(screen("Seats", ["CANVAS a"]), screen("Seats", ["CANVAS b"]), screen("Seats", ["CANVAS b"]), {
        outputRead: true,
      }),
      "lost error",
    ],
    [
      "the title stays",
      compared(screen("Orders lark wren"), screen("Untitled lark wren"), screen("Untitled")),
      "partial error",
    ],
    ["the result that came at once was missed", compared(loading, orders, loading), "missed error"],
    ["it could not be looked at", left("not-seen"), "review not-seen"],
    [
      "it hangs",
      {
        trials: tried({
          renderings: [
            { trial: "main", round: 0, ended: "settled", shown: orders },
            { trial: "late", round: 0, ended: "hung", shown: loading },
          ],
        }),
      },
      "review unfinished",
    ],
  ],
  passes: [
    ["a second result is shown", twice(screen("Great Barn"), screen("Great Hall")), "pass"],
    ["a second result is shown beside a clock", twice(screen("Barn 12:03"), clock[0], clock), "pass"],
    ["a sum of a second result, and nothing moves by itself", twice(screen("84 in all"), screen("42 in all")), "pass"],
    ["parts of the input come first, and it ends the same", chosen("stream", orders), "pass"],
    ["parts come first, and a clock goes on", chosen("stream", screen("Orders 12:02"), screen("Orders 12:01")), "pass"],
    ["parts come first, and it was cut off", chosen("stream", loading, orders, loading, "time-limit"), "pass"],
    ["the call was cancelled, and it was cut off", chosen("cancelled", loading, orders, loading, "time-limit"), "pass"],
    ["a cancelled call is told", chosen("cancelled", screen("The call was cancelled")), "pass"],
    [
      "a widget that does not listen to the host waits",
      { ...chosen("cancelled", loading), bridge: bridgeOf() },
      "pass",
    ],
    ["it ends the same", compared(orders, orders, loading), "pass"],
    ["it ends the same, and said meanwhile that it takes long", gaveUp(orders, screen("Still asking")), "pass"],
    [
      "a clock",
      compared(screen("Orders 12:00:01"), screen("Orders 12:00:02"), screen("12:00:02"), {}, [
        screen("Orders 12:00:03"),
        screen("Orders 12:00:03"),
      ]),
      "pass",
    ],
    [
      "a clock that says the same twice",
      compared(screen("Orders 12:01"), screen("Orders 12:02"), screen("12:02")),
      "pass",
    ],
    [
      "a coin that falls so by chance, beside a result that nothing reads",
      compared(screen("heads"), screen("tails"), screen("tails")),
      "pass",
    ],
    ["slides that have gone on", compared(screen("Orders lark"), screen("Orders wren"), screen("Loading…")), "pass"],
    ["text that comes slowly", compared(orders, screen("Orders"), loading, {}, [orders, orders]), "pass"],
    ["not asked for", left("not-asked"), "inapplicable not-asked"],
    ["no result", left("no-result"), "inapplicable no-result"],
    ["a host that is never late", left("never-late"), "inapplicable never-late"],
    ["the main trial was not seen", { trials: tried({ renderings: [] }) }, "inapplicable main-not-seen"],
  ],
});
