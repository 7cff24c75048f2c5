import { expect, it } from "vitest";
import error from "../../../../harness/checks/render/error.ts";
import type { NetworkAttempt } from "../../../../harness/model/evidence.ts";
import { cases } from "../cases.ts";
import { attempt, blocked, bridgeOf, documentOf, line, propsOf, run, stub, use } from "../make.ts";

const failedFetch = line({ text: "TypeError: Failed to fetch" });
const undefinedName = line({ text: "ReferenceError: Chart is not defined" });
const refusal = line({ text: "Uncaught (in promise) NotAllowedError: Write permission denied." });

const [pay, save] = ['pressing button "Pay"', 'pressing button "Save"'];
const both = documentOf({ explored: [pay, save].map((target) => ({ target, outcome: "pressed" as const })) });
const thrownAfter = (pressed: string) => line({ where: { url: "w.html", line: 1, pressed } });
const stubAfter = (pressed: string) => ({ ...stub("fetch"), where: { url: "w.html", line: 2, pressed } });
const explored = documentOf({ explored: [{ target: 'pressing button "Pay"', outcome: "pressed" }] });
const refusing = (refusal: "exploring" | "no-server" | "failed") =>
  bridgeOf({ toolCalls: [{ name: "pay", outcome: "refused", refusal }] });

cases(error, {
  fails: [
    ["an uncaught error", { console: [line({})] }, "uncaught error"],
    ["a failed fetch, and nothing was blocked", { console: [failedFetch], network: [attempt({})] }, "uncaught error"],
    ["a press that throws", { console: [line({})], document: explored }, "uncaught error"],
    [
      "a press that throws, and a call that the server refused",
      { console: [line({})], document: explored, bridge: refusing("failed") },
      "uncaught error",
    ],
    [
      "a press that throws and leaves, which nobody answers",
      { console: [line({})], document: explored, network: [{ ...stub("frame"), escape: "self-navigation" }] },
      "uncaught error",
    ],
    [
      "a press that throws over a call that we refused",
      { console: [line({})], document: explored, bridge: refusing("exploring") },
      "made-up info",
    ],
    [
      "a press that throws over a call without a server",
      { console: [line({})], document: explored, bridge: refusing("no-server") },
      "made-up info",
    ],
    [
      "a press that throws beside an image and a beacon of ours",
      { console: [line({})], document: explored, network: [stub("image"), stub("font"), stub("beacon")] },
      "uncaught error",
    ],
    [
      "a press that throws over a stub",
      { console: [line({})], document: explored, network: [stub("media")] },
      "made-up info",
    ],
    [
      "a press that throws, and a later one that gets a stub",
      { console: [thrownAfter(pay)], document: both, network: [stubAfter(save)] },
      "uncaught error",
    ],
    [
      "an error of which nothing tells when it came, and a press that got a stub",
      { console: [line({})], document: both, network: [stubAfter(save)] },
      "made-up info",
    ],
    [
      "an error after a press that is not listed, and one that got a stub",
      { console: [thrownAfter('pressing button "Undo"')], document: both, network: [stubAfter(save)] },
      "made-up info",
    ],
    [
      "an error before any press, and one that got a stub",
      { console: [line({ where: { url: "w.html", line: 1 } })], document: both, network: [stubAfter(save)] },
      "uncaught error",
    ],
    [
      "a press that throws, and an earlier one that got a stub",
      { console: [thrownAfter(save)], document: both, network: [stubAfter(pay)] },
      "made-up info",
    ],
    [
      "two presses that throw, and a call after the first that we refused",
      {
        console: [thrownAfter(pay), line({ text: "no place", pressed: save })],
        document: both,
        bridge: bridgeOf({ toolCalls: [{ name: "pay", outcome: "refused", refusal: "exploring", pressed: save }] }),
      },
      ["uncaught error", "made-up info"],
    ],
    ["after a stub", { console: [line({})], network: [stub("fetch")] }, "review stubbed"],
    [
      "with a result that was made",
      { console: [line({})], props: propsOf({ inventedResult: { tool: "order", reason: "not-read-only" } }) },
      "review result-made",
    ],
    [
      "a name that is missing while a script is",
      { console: [undefinedName, line({})], network: [blocked({ kind: "script" })] },
      ["missing info", "uncaught error"],
    ],
    [
      "a name that is missing while an image is",
      { console: [undefinedName], network: [blocked({ kind: "image" })] },
      "uncaught error",
    ],
    [
      "a name that is missing while a relative script is",
      {
        console: [undefinedName],
        network: [
          attempt({ kind: "script", outcome: "failed", blockClass: "relative-url", answeredBy: "sandbox-host" }),
        ],
      },
      "missing info",
    ],
    [
      "a refusal, and no API was refused",
      { console: [refusal], apiUses: [use({ blocked: false, returned: "NotAllowedError" })] },
      "uncaught error",
    ],
    [
      "a refusal of the camera, of which nobody tells but as a warning",
      { console: [refusal], apiUses: [use({ api: "getUserMedia.video", returned: "NotAllowedError" })] },
      "uncaught error",
    ],
    ["a refusal, and the refused API threw nothing", { console: [refusal], apiUses: [use({})] }, "uncaught error"],
    [
      "an EvalError, and nothing was blocked",
      { console: [line({ text: "EvalError: x" })], network: [attempt({ outcome: "failed", blockClass: "other" })] },
      "uncaught error",
    ],
  ],
  passes: [
    ["a failed fetch that follows from a block", { console: [failedFetch], network: [blocked(), attempt({})] }, "pass"],
    [
      "a refusal that another check finds",
      { console: [refusal], apiUses: [use({ returned: "NotAllowedError" })] },
      "pass",
    ],
    [
      "an EvalError that follows from the policy",
      { console: [line({ text: "EvalError: x" })], network: [blocked({ kind: "eval" })] },
      "pass",
    ],
    ["a line of the console", { console: [line({ origin: "console" })] }, "pass"],
  ],
});

it("an answer that is no JSON is placed where it was asked for, when it is the only one", () => {
  const thrown = line({ text: "Uncaught (in promise) SyntaxError: Unexpected token '<' is not valid JSON" });
  const where = { url: "w.html", line: 7 };
  const page = attempt({ kind: "fetch", status: 200, mimeType: "text/html", answeredBy: "mock", where });
  const placesIn = (network: readonly NetworkAttempt[]) => {
    const outcome = run(error, { console: [thrown], network });
    return outcome.outcome === "fail" ? outcome.findings.map((finding) => finding.where?.line) : [];
  };
  expect(placesIn([page, attempt({ kind: "fetch", mimeType: "application/json", answeredBy: "mock" })])).toEqual([7]);
  expect(placesIn([page, { ...page, where: { url: "w.html", line: 9 } }])).toEqual([undefined]);
});
