import toolsInputValidation from "../../../../harness/checks/tools/input-validation.ts";
import type { NotProbed, ProbeOutcome } from "../../../../harness/model/probes.ts";
import { expect, it } from "vitest";
import { cases, runServer } from "../server-make.ts";

const outcome = (given: Partial<ProbeOutcome> = {}): ProbeOutcome => ({
  tool: "show_weather",
  kind: "mistyped",
  field: "city",
  expects: "error",
  ended: "error",
  took: 20,
  leaks: [],
  said: "city must be a text",
  ...given,
});
const probed = (...outcomes: readonly ProbeOutcome[]) => ({ probes: { outcomes, notProbed: [] } });
const left = (why: NotProbed, ...outcomes: readonly ProbeOutcome[]) => ({
  probes: { outcomes, notProbed: [{ tool: "other", why }] },
});

it("a number without bounds is not said to be outside them", () => {
  const hang = outcome({ kind: "boundary", expects: "answer", ended: "hang" });
  const judged = runServer(toolsInputValidation, probed(hang));
  expect(judged.outcome === "fail" ? judged.findings[0].data.how : "").toContain("as large as a number can be");
});

it("what was left out is said once for each reason", () => {
  const notProbed = [
    ...Array.from({ length: 9 }, (_, at) => ({ tool: `write_${at}`, why: "not-read-only" as const })),
    { tool: "drop", why: "destructive" as const },
    { tool: "now", why: "nothing-to-try" as const },
  ];
  const outcome = runServer(toolsInputValidation, { probes: { outcomes: [], notProbed } });
  expect(outcome.outcome === "review" ? outcome.reason.data.tools : "").toBe(
    "write_0, write_1, write_2, write_3, write_4, write_5 and 3 more (not said to only read; --allow-calls); drop (destructive, and never called)",
  );
});

cases(toolsInputValidation, {
  fails: [
    ["a crash", probed(outcome({ ended: "crash" })), "crash error"],
    ["a hang", probed(outcome({ ended: "hang", took: 4000 })), "hang error"],
    ["an answer of 500", probed(outcome({ ended: "server-error" })), "server-error error"],
    ["a stack trace", probed(outcome({ leaks: [{ leak: "stack", shown: "at load (/srv/x.js:1:2)" }] })), "stack error"],
    ["a secret", probed(outcome({ leaks: [{ leak: "secret", shown: "Stripe key sk_l…" }] })), "secret error"],
    [
      "what was run",
      probed(outcome({ kind: "hostile", attack: "template", leaks: [{ leak: "executed", shown: "62615533" }] })),
      "executed error",
    ],
    [
      "nonsense is answered",
      probed(outcome({ ended: "answered" }), outcome({ ended: "answered", kind: "missing" })),
      "accepted warning",
    ],
    ["a tool was left out", left("not-read-only", outcome()), "review not-all"],
    ["a slow tool was left out", left("slow"), "review not-all"],
    ["a tool that reaches others was left out", left("open-world"), "review not-all"],
    ["nothing was tried for want of time", left("out-of-time"), "review not-all"],
  ],
  passes: [
    ["errors", probed(outcome(), outcome({ ended: "refused" })), "pass"],
    [
      "a text that may be anything is answered",
      probed(outcome({ kind: "hostile", expects: "answer", ended: "answered" })),
      "pass",
    ],
    ["a field more is ignored", probed(outcome({ kind: "extra", ended: "answered" })), "pass"],
    [
      "an order that was passed on is another rule's",
      probed(
        outcome({
          attack: "instruction",
          expects: "answer",
          ended: "answered",
          leaks: [{ leak: "planted-unmarked", shown: "" }],
        }),
      ),
      "pass",
    ],
    ["tools without arguments", left("nothing-to-try"), "pass"],
    ["not asked", {}, "inapplicable not-asked"],
  ],
});
