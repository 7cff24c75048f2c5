import unchanged from "../../../../harness/checks/render/unchanged.ts";
import type { NotRun, Shown, TrialsEvidence } from "../../../../harness/model/evidence.ts";
import { cases } from "../cases.ts";
import { attempt, bridgeOf, documentOf, line, propsOf, stub } from "../make.ts";
import { notRun, screen, tried } from "../trials.ts";

function same(shown: Shown, more: Partial<TrialsEvidence> = {}, control = shown, again?: Shown) {
  return {
    trials: tried({
      renderings: [
        { trial: "main", round: 0, ended: "settled", shown },
        { trial: "control", round: 0, ended: "settled", shown: control },
        ...(again ? [{ trial: "main", round: 1, ended: "settled", shown: again } as const] : []),
      ],
      result: { carries: true, words: ["orders", "12"] },
      ...more,
    }),
  };
}

/** What stands there at rest, and what its life makes of it. */
function lived(atRest: Shown, shown: Shown, more: Partial<TrialsEvidence> = {}) {
  const { trials } = same(shown, more, atRest);
  const renderings = trials.renderings.map((one) => (one.trial === "main" ? { ...one, atRest } : one));
  return { trials: { ...trials, renderings } };
}

const loading = screen("Loading…");
const wrong = screen("Something went wrong.\nPlease try again later.");
const weather = screen("Couldn't load the forecast");
/** Kept before the result's `isError` was. */
function ofOlder({ isError: _isError, ...older }: TrialsEvidence): TrialsEvidence {
  return older;
}
const nothing = screen("No results found");
const listed = (state: "read" | "unread") =>
  propsOf({ reads: { fields: [{ path: "$.items[0].name", state, bytes: 6 }], opaque: [] } });
/** Data that tell of a failure. */
const UPSTREAM_DOWN = { carries: true, words: ["forecast", "upstream_down"] };
const card = screen("Thank you for your visit");
const left = (because: NotRun) => ({ trials: tried({ states: notRun("control", because) }) });

const connecting = same(screen("Orders\nConnecting…"), { outputRead: true }, loading);
const boxes = { ...same(screen("")), document: documentOf({ boxesAlone: true }) };

cases(unchanged, {
  fails: [
    ["boxes alone, for ever", boxes, "review boxes"],
    ["a socket over which nothing came", { ...connecting, network: [stub("websocket")] }, "review waits-over-stub"],
    [
      "an empty list, and a stream of which no event came",
      { ...same(nothing, { outputRead: true }, loading), network: [stub("eventsource")] },
      "review waits-over-stub",
    ],
    ["loading for ever", same(loading), "loading error"],
    ["loading for ever, which says so in other words later", lived(loading, screen("Still loading…")), "loading error"],
    [
      "an error state over a result that is in order",
      {
        ...same(wrong, { outputRead: true }, loading),
        console: [line({ origin: "console", text: "boundary: TypeError: x is null" })],
      },
      "failed error",
    ],
    ["a field that the result does not have", same(screen("21 seats: undefined"), {}, loading), "hole error"],
    [
      "a field that the result does not have, beside one that it has",
      same(screen("Orders: NaN in all"), {}, loading),
      "hole warning",
    ],
    [
      "a field that neither the result has, nor the widget without it",
      same(screen("Total: $NaN"), {}, screen("Total: $NaN")),
      "hole error",
    ],
    [
      "a value that is none, in a line of its own beside what the result has",
      same(screen("Orders\nInvalid Date"), {}, loading),
      "hole error",
    ],
    ["a sentence that speaks of it", same(screen("1/x is undefined at x = 0"), {}, loading), "hole warning"],
    [
      "a sentence of the widget's own, and a value",
      same(screen("1/x is undefined at x = 0\nNaN"), {}, screen("1/x is undefined at x = 0")),
      "hole error",
    ],
    [
      "a spinner that is no picture, though the result was read",
      same({ ...screen(""), waiting: true }, { outputRead: true }, { ...screen(""), waiting: true }),
      "review still-loading",
    ],
    ["a spinner", same({ ...screen("", ["DIV a"]), waiting: true }), "loading error"],
    [
      "a word of its input beside a spinner",
      same({ ...screen("Great"), waiting: true }, { inputWords: ["great"] }),
      "loading error",
    ],
    ["a few words of another language that end in dots", same(screen("Chargement…")), "loading error"],
    ["a host that strips the result", same(loading), "stripped error", "claude-desktop"],
    ["an empty list", same(screen("No items yet")), "empty error"],
    ["a card that ignores its result", same(card), "review same"],
    [
      "a clock beside it",
      same(screen("Loading… 12:01"), {}, screen("Loading… 12:00"), screen("Loading… 12:02")),
      "loading error",
    ],
    [
      "an empty state over a list that nothing was read of",
      { ...same(nothing, { outputRead: true }, loading), props: listed("unread") },
      "review overlooked",
    ],
    ["an error state that nobody logged an error of", same(wrong, { outputRead: true }, loading), "review error-state"],
    [
      "an error state over an answer that was made up, which nobody logged an error of",
      { ...same(wrong, { outputRead: true }, loading), network: [stub("xhr", { method: "POST" })] },
      "review error-over-stub",
    ],
    ["a script of ours", { ...same(loading), network: [stub("script")] }, "review stubbed"],
    [
      "a result that was made",
      { ...same(loading), props: propsOf({ inventedResult: { tool: "order", reason: "not-read-only" } }) },
      "review result-made",
    ],
    ["it read its result, and still says that it loads", same(loading, { outputRead: true }), "review still-loading"],
    ["it asks for its data, and says so for ever", { ...same(loading), network: [attempt()] }, "review still-loading"],
    ["it could not be looked at", left("not-seen"), "review not-seen"],
  ],
  passes: [
    ["boxes that are meant", { ...boxes, ...same(screen(""), { expectsUnchanged: true }) }, "inapplicable expected"],
    [
      "a socket beside a widget at work",
      { ...same(screen("12 orders"), { outputRead: true }, loading), network: [stub("websocket")] },
      "pass",
    ],
    ["an empty state over a list that was read", { ...same(nothing, {}, loading), props: listed("read") }, "pass"],
    [
      "an empty state over an empty list beside one that nothing was read of",
      {
        ...same(nothing, {}, loading),
        props: propsOf({
          reads: {
            fields: [
              { path: "$.filters[0]", state: "unread", bytes: 6 },
              { path: "$.items", state: "walked", bytes: 2, emptyList: true },
            ],
            opaque: [],
          },
        }),
      },
      "pass",
    ],
    ["an empty state over a result without a list", { ...same(nothing, {}, loading), props: propsOf() }, "pass"],
    [
      "an error state that nobody logged an error of, over a result that tells of one",
      same(wrong, { outputRead: true, result: { carries: true, words: ["upstream_unavailable"] } }, loading),
      "pass",
    ],
    [
      "an error state that the data ask for, and the code logs",
      {
        ...same(weather, { outputRead: true, result: UPSTREAM_DOWN }, loading),
        console: [line({ origin: "console", text: "forecast UPSTREAM_DOWN" })],
      },
      "pass",
    ],
    [
      "an error state that the data ask for, beside advice of a library",
      {
        ...same(weather, { outputRead: true, result: UPSTREAM_DOWN }, loading),
        console: [line({ origin: "console", text: "Warning: Each child needs a key.\n    at List\n    at App" })],
      },
      "pass",
    ],
    [
      "an error state in older evidence, which does not say whether the tool failed",
      {
        trials: ofOlder(same(wrong, { outputRead: true }, loading).trials),
        console: [line({ origin: "console", text: "TypeError: x is null" })],
      },
      "pass",
    ],
    [
      "a sentence of the widget's own",
      same(screen("1/x is undefined at x = 0"), { outputRead: true }, screen("1/x is undefined at x = 0")),
      "pass",
    ],
    [
      "an error state over a tool that failed",
      {
        ...same(wrong, { outputRead: true, isError: true }, loading),
        console: [line({ origin: "console", text: "TypeError: x is null" })],
      },
      "pass",
    ],
    [
      "an error state over an answer that the scenario refuses",
      {
        ...same(wrong, { outputRead: true }, loading),
        console: [line({ origin: "console", text: "TypeError: x is null" })],
        network: [attempt({ status: 500, answeredBy: "mock" })],
      },
      "pass",
    ],
    [
      "an error that the result tells",
      {
        ...same(screen("Something went wrong: orders are closed"), { outputRead: true }, loading),
        console: [line({ origin: "console", text: "TypeError: x is null" })],
      },
      "pass",
    ],
    [
      "a result that speaks of what is undefined",
      same(screen("Orders: undefined"), { result: { carries: true, words: ["orders", "undefined"] } }, loading),
      "pass",
    ],
    ["a name like it", same(screen("Orders of Nan, 'undefined' or NaNs"), {}, loading), "pass"],
    ["shown later in its life, and read", lived(loading, screen("Orders 12"), { outputRead: true }), "pass"],
    ["it shows more", same(screen("Orders 12"), {}, loading), "pass"],
    ["a sum", same(screen("3 open"), {}, screen("0 open")), "pass"],
    ["a picture", same(screen("Seats", ["CANVAS a"]), {}, screen("Seats", ["CANVAS b"])), "pass"],
    ["what it said without is gone", same(screen("Done"), {}, screen("Done Loading")), "pass"],
    ["it read its result", same(card, { outputRead: true }), "pass"],
    ["a word of it is shown", same(screen("Your orders")), "pass"],
    ["a word of its input is shown", same(screen("Plan of the great hall"), { inputWords: ["great", "hall"] }), "pass"],
    ["it asks for its data", { ...same(card), network: [attempt()] }, "pass"],
    [
      "it calls a tool",
      { ...same(card), bridge: bridgeOf({ toolCalls: [{ name: "orders", outcome: "ok" }] }) },
      "pass",
    ],
    ["nothing is shown either way", same(screen("")), "pass"],
    ["it is meant so", same(loading, { expectsUnchanged: true }), "inapplicable expected"],
    [
      "the result holds nothing",
      same(loading, { result: { carries: false, words: [] } }),
      "inapplicable nothing-carried",
    ],
    ["not asked for", left("not-asked"), "inapplicable not-asked"],
    ["no result", left("no-result"), "inapplicable no-result"],
  ],
});
