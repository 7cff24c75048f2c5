import { expect, it } from "vitest";
import request from "../../../../harness/checks/expect/request.ts";
import { profiles } from "../../../../host/profiles/index.ts";
import { NOT_TRIED } from "../../../../harness/judge/trials.ts";
import { cases } from "../cases.ts";
import { attempt, blocked, bridgeOf, documentOf, propsOf } from "../make.ts";
import { expecting, inStep } from "./make.ts";

const stats = { request: "https://stats.example.com" };
const visit = attempt({ url: "https://stats.example.com/visit" });
const near = attempt({ url: "https://stats.example.com.cdn.example/visit" });

cases(request, {
  fails: [
    ["none", expecting(stats), "missing error"],
    ["another host", { ...expecting(stats), network: [near] }, "missing error"],
    ["one that must not be", { ...expecting({ not: stats }), network: [visit] }, "present error"],
    [
      "one that must not be, and was blocked",
      { ...expecting({ not: stats }), network: [blocked({ url: "https://stats.example.com/visit" })] },
      "present error",
    ],
    [
      "by the step, that must not be",
      inStep({ not: stats }, { requests: ["https://stats.example.com/v"] }),
      "present error",
    ],
    [
      "requests that were not kept",
      { ...expecting({ not: stats }), document: documentOf({ caps: [{ kind: "request", dropped: 4, limit: 10 }] }) },
      "review dropped",
    ],
    [
      "an answer that nobody gave may lead on",
      { ...expecting({ not: stats }), network: [attempt({ answeredBy: "stub" })] },
      "review stubbed",
    ],
  ],
  passes: [
    [
      "whatever came of it",
      { ...expecting(stats), network: [blocked({ url: "https://stats.example.com/x" })] },
      "pass",
    ],
    ["another host may be asked", { ...expecting({ not: stats }), network: [near] }, "pass"],
    ["after the step it may be", { ...inStep({ not: stats }, {}), network: [visit] }, "pass"],
  ],
});

it("what must not be asked for must not be in another trial either, and what must be need not", () => {
  const calm = { bridge: bridgeOf(), document: documentOf(), props: propsOf(), trials: NOT_TRIED };
  const inDark = (expectation: Parameters<typeof expecting>[0]) =>
    request.run(
      { ...calm, ...expecting(expectation), network: [visit] } as unknown as Parameters<typeof request.run>[0],
      { profile: profiles.chatgpt, scenario: "default", trial: "dark" },
    ).outcome;
  expect(inDark({ not: stats })).toBe("fail");
  expect(inDark({ not: { request: "https://a.example" } })).toBe("pass");
  expect(inDark({ request: "https://a.example" })).toBe("inapplicable");
});
