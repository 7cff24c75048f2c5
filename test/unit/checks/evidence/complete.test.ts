import { describe, expect, it } from "vitest";
import { profiles } from "../../../../host/profiles/index.ts";
import { unknown } from "../../../../host/profiles/sourced.ts";
import complete from "../../../../harness/checks/evidence/complete.ts";
import { cases, summaryOf } from "../cases.ts";
import { attempt, blocked, bundleOf, documentOf, propsOf, run, staticUse, stub } from "../make.ts";

const computed = staticUse("computed-request", "item.icon", { kind: "image" });

cases(complete, {
  fails: [
    ["a host of which no policy is known", {}, "review host-unknown", "cursor"],
    ["a host that may strip results", {}, "review host-unknown", "claude-ios"],
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
      "a result that was made for a tool that destroys, which no option calls",
      { props: propsOf({ inventedResult: { tool: "t", reason: "destructive" } }) },
      "review result-made-unasked",
    ],
    [
      "a script that ended its reader",
      { bundle: bundleOf({ files: [{ name: "s", bytes: 1, parsed: false, problem: "SIGSEGV", unread: true }] }) },
      "review unread",
    ],
    [
      "a made-up style sheet",
      { network: [stub("stylesheet", { url: "https://cdn.example/a.css" })] },
      "review sheet-stubbed",
    ],
    [
      "made-up data, and an address that may come with it",
      { network: [stub("fetch")], bundle: bundleOf({ uses: [computed] }) },
      "review answer-stubbed",
    ],
    ["a made-up answer that code read", { network: [stub("fetch", { bodyRead: true })] }, "review answer-read"],
    [
      "one that a worker read",
      { network: [stub("fetch", { bodyRead: true, initiator: "worker" })] },
      "review answer-read",
    ],
    ["a stream of which no event came", { network: [stub("eventsource")] }, "review stream-stubbed"],
    ["one that was asked for by XHR", { network: [stub("xhr", { method: "GET" })] }, "review answer-read"],
    [
      "a browser without our flags",
      { document: documentOf({ browserLacks: ["--site-per-process"] }) },
      "review browser-flags",
    ],
    ["a timer of a worker", { document: documentOf({ pendingTimers: 1 }) }, "review worker-timers"],
    [
      "a name that is at an address of this network",
      { network: [attempt({ answeredBy: "refused-local", blockClass: "unreachable" })] },
      "review refused-local",
    ],
    ["a host that could not be reached", { network: [attempt({ answeredBy: "unreachable" })] }, "review unreachable"],
    [
      "records that were not kept",
      { document: documentOf({ caps: [{ kind: "request", dropped: 1, limit: 1000 }] }) },
      "review dropped",
    ],
    [
      "a step that failed",
      { document: documentOf({ stepFailure: { step: "click #absent", error: "timeout" } }) },
      "review step-failed",
    ],
  ],
  passes: [
    ["a stream that a mock answered", { network: [attempt({ kind: "eventsource", answeredBy: "mock" })] }, "pass"],
    ["a stream of a framed page", { network: [stub("eventsource", { initiator: "framed-page" })] }, "pass"],
    ["a socket, which may only send", { network: [stub("websocket")] }, "pass"],
    [
      "an address of this network, of which another check tells",
      { network: [attempt({ answeredBy: "refused-local", outcome: "failed", blockClass: "local-network" })] },
      "pass",
    ],
    ["a browser of somebody else's with our flags", { document: documentOf({ browserLacks: [] }) }, "pass"],
    ["workers without long timers", { document: documentOf({ pendingTimers: 0 }) }, "pass"],
    [
      "a mocked script, and a stubbed fetch",
      { network: [attempt({ kind: "script", answeredBy: "mock" }), stub("fetch")] },
      "pass",
    ],
    [
      "telemetry, whose made-up answer nobody read, and an address that only run time knows",
      { network: [stub("fetch", { bodyRead: false }), stub("beacon")], bundle: bundleOf({ uses: [computed] }) },
      "pass",
    ],
    ["what is sent by XHR, whose answers libraries read", { network: [stub("xhr", { method: "POST" })] }, "pass"],
    ["an answer that was given, and read", { network: [attempt({ answeredBy: "mock", bodyRead: true })] }, "pass"],
    [
      "one that another page in a frame read",
      { network: [stub("fetch", { bodyRead: true, initiator: "framed-page" })] },
      "pass",
    ],
    ["a blocked script", { network: [blocked({ kind: "script", answeredBy: "stub" })] }, "pass"],
    [
      "a script with a fault of syntax",
      { bundle: bundleOf({ files: [{ name: "s", bytes: 1, parsed: false, problem: "Unexpected token" }] }) },
      "pass",
    ],
    [
      "a style sheet whose next hosts are known",
      { network: [stub("stylesheet", { url: "https://fonts.googleapis.com/css2?family=A" })] },
      "pass",
    ],
    [
      "a package's style sheet",
      { network: [stub("stylesheet", { url: "https://cdn.jsdelivr.net/npm/leaflet@1/dist/leaflet.css" })] },
      "pass",
    ],
    ["computed addresses, and no data made up", { bundle: bundleOf({ uses: [computed] }) }, "pass"],
    ["nothing amiss", {}, "pass"],
  ],
});

describe("in a host of whose outer policy nothing is known", () => {
  const { goose } = profiles;
  const unread = { ...goose, frames: { ...goose.frames, outerPolicy: unknown(null) } };
  it.each([
    [
      "a request that the widget's own policy lets through",
      attempt({ directive: "connect-src" }),
      "review host-unknown",
    ],
    ["one that it refuses", blocked(), "pass"],
    ["one that no directive governs", attempt({ directive: null }), "pass"],
    ["one of another page in a frame", attempt({ initiator: "framed-page" }), "pass"],
    ["none", null, "pass"],
  ])("%s", (_what, one, expected) => {
    const outcome = run(complete, { network: one ? [one] : [] }, unread);
    expect(summaryOf(outcome, complete)).toEqual([expected]);
  });
});
