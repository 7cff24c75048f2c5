import complete from "../../../../harness/checks/evidence/complete.ts";
import { cases } from "../cases.ts";
import { attempt, blocked, bundleOf, documentOf, propsOf, stub } from "../make.ts";

cases(complete, {
  fails: [
    ["an allowed script that got a stub", { network: [stub("script")] }, "review script-stubbed"],
    [
      "a tool that was not called",
      { props: propsOf({ noResult: { reason: "not-called", tool: "t", because: "destructive" } }) },
      "review no-result",
    ],
    [
      "a result that was made",
      { props: propsOf({ inventedResult: { tool: "t", reason: "not-read-only" } }) },
      "review result-made",
    ],
    [
      "a script that ended its reader",
      { bundle: bundleOf({ files: [{ name: "s", bytes: 1, parsed: false, problem: "SIGSEGV", unread: true }] }) },
      "review unread",
    ],
    ["a timer of a worker", { document: documentOf({ pendingTimers: 1 }) }, "review worker-timers"],
    ["a host that could not be reached", { network: [attempt({ answeredBy: "unreachable" })] }, "review unreachable"],
    [
      "a step that failed",
      { document: documentOf({ stepFailure: { step: "click #absent", error: "timeout" } }) },
      "review step-failed",
    ],
  ],
  passes: [
    ["workers without long timers", { document: documentOf({ pendingTimers: 0 }) }, "pass"],
    [
      "a mocked script, and a stubbed fetch",
      { network: [attempt({ kind: "script", answeredBy: "mock" }), stub("fetch")] },
      "pass",
    ],
    ["a blocked script", { network: [blocked({ kind: "script", answeredBy: "stub" })] }, "pass"],
    [
      "a script with a fault of syntax",
      { bundle: bundleOf({ files: [{ name: "s", bytes: 1, parsed: false, problem: "Unexpected token" }] }) },
      "pass",
    ],
    ["nothing amiss", {}, "pass"],
  ],
});
