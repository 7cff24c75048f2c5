/** What a run says beside its findings, and of whom it is judged. */
import { describe, expect, it } from "vitest";
import { profiles } from "../../../host/profiles/index.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import { notesOf } from "../../../harness/judge/notes.ts";
import { SandglassError } from "../../../harness/model/errors.ts";
import type { DocumentEvidence, Evidence } from "../../../harness/model/evidence.ts";
import { evidence } from "../allowlist/make.ts";
import { propsOf } from "../checks/make.ts";

const GONE = { status: "failed", error: { code: "GONE", message: "gone" } } as const;
const seen = (document: Partial<DocumentEvidence>) => notesOf(evidence({ document })).map(({ id, data }) => [id, data]);
const changed = (artifacts: Partial<Evidence["artifacts"]>): Evidence => ({
  ...evidence({}),
  artifacts: { ...evidence({}).artifacts, ...artifacts },
});
const policyNotes = (given: object) => {
  const { policy } = evidence({}).artifacts;
  if (policy.status !== "ok") throw new Error("made evidence has a policy");
  return notesOf(changed({ policy: { status: "ok", value: { ...policy.value, ...given } } })).map(
    ({ message }) => message,
  );
};

describe("notes of a run", () => {
  it("a calm run says nothing", () => expect(seen({})).toEqual([]));
  it("what was not gathered says nothing", () =>
    expect(notesOf(changed({ policy: GONE, props: GONE, document: GONE }))).toEqual([]));
  it("another profile's policy, and what was assumed", () => {
    expect(policyNotes({ applied: "chatgpt-undeclared" })).toEqual([
      "No CSP was declared, so chatgpt-undeclared applies.",
    ]);
    expect(policyNotes({ assumptions: { popups: "allowed" } })).toEqual(["Assumed popups=allowed."]);
  });
  it("what was invented", () => {
    const ids = (given: object) =>
      notesOf(changed({ props: { status: "ok", value: propsOf(given) } })).map(({ id }) => id);
    expect(ids({ inventedArguments: true })).toEqual(["invented-arguments"]);
    expect(ids({ inventedResult: { tool: "t", reason: "destructive" } })).toEqual(["made-result"]);
    expect(ids({ inventedResult: { tool: "t", reason: "not-read-only" } })).toEqual(["made-result-calls-off"]);
  });
  it("stubs, when there are any", () => {
    expect(seen({ answers: { stub: 1 } })).toEqual([["stubbed", { requests: 1 }]]);
    expect(seen({ answers: { stub: 0, mock: 3 } })).toEqual([]);
  });
  it("a life that was not seen whole", () => {
    const lived = { askedMs: 600_000, virtualMs: 90_000, realMs: 4000, steps: 60 } as const;
    expect(seen({ lived: { ...lived, ended: "whole" } })).toEqual([]);
    expect(seen({ lived: { ...lived, ended: "at-rest" } })).toEqual([
      ["life", { seen: "1 min 30 s", asked: "10 min", virtualMs: 90_000, askedMs: 600_000 }],
    ]);
    expect(seen({ lived: { ...lived, ended: "busy-wait", virtualMs: 2000 } })).toEqual([
      ["real-time", { seen: "2 s", virtualMs: 2000 }],
    ]);
  });
  it("what was pressed, what was not, and when it ended", () =>
    expect(
      seen({
        explored: [
          { target: "a", outcome: "pressed" },
          { target: "b", outcome: "not-pressed" },
          { target: "c", outcome: "pressed" },
        ],
        exploringStoppedAfterMs: 6000,
      }),
    ).toEqual([
      ["explored", { count: 2, targets: "a; c" }],
      ["not-explored", { count: 1, targets: "b" }],
      ["exploring-stopped", { seconds: 6 }],
    ]));
  it("cuts and caps", () =>
    expect(
      seen({ cuts: [{ part: "content", levels: 1000 }], caps: [{ kind: "request", dropped: 2, limit: 1000 }] }),
    ).toEqual([
      ["cut", { part: "content", levels: 1000 }],
      ["requests-dropped", { dropped: 2, limit: 1000 }],
    ]));
});

describe("the profile that judges", () => {
  const of = (profile: string) => ({ ...evidence({ document: { observed: true } }), profile });
  it("an unknown one is an error, and not ChatGPT", () => {
    expect(() => judgeOne(of("lab"), { toolVersion: "0" })).toThrow(SandglassError);
    expect(() => judgeOne(of("lab"), { toolVersion: "0" })).toThrow(/"lab"/);
  });
  it("the user's own is used", () => {
    const lab = { ...profiles["chatgpt-dev"], id: "lab" };
    const outcome = (profile: string) =>
      judgeOne(of(profile), { toolVersion: "0", profiles: [lab] }).checks.find(({ id }) => id === "csp/frame-domain");
    expect(outcome("lab")).toMatchObject({ outcome: "inapplicable", reason: { id: "not-asked" } });
    expect(outcome("chatgpt")).toMatchObject({ outcome: "pass" });
  });
});
