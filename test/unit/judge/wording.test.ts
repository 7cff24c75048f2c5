/** Rewording any message changes no verdict: rooms hand each other tags, and people read the words. */
import { afterAll, describe, expect, it } from "vitest";
import type { AnyCheck } from "../../../harness/checks/define-check.ts";
import { checks } from "../../../harness/checks/index.ts";
import { judge } from "../../../harness/judge/judge.ts";
import { ERROR_REASONS } from "../../../harness/judge/notes.ts";
import type { Evidence } from "../../../harness/model/evidence.ts";
import { NO_RESULT, RUN_NOTES } from "../../../harness/model/notes.ts";
import type { RunResult } from "../../../harness/model/result.ts";
import { sharedNotes } from "../../../harness/report/check/groups.ts";
import { artifacts, blocked, evidence } from "../allowlist/make.ts";
import { line, propsOf, use } from "../checks/make.ts";

const GIBBERISH = "qwrt";
const garble = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.keys(texts).map((id) => [id, GIBBERISH]));
const garbled = checks.map((check): AnyCheck => ({
  ...check,
  title: GIBBERISH,
  messages: garble(check.messages),
  ...(check.reasons ? { reasons: garble(check.reasons) } : {}),
}));
const TABLES = [RUN_NOTES, NO_RESULT, ERROR_REASONS] as unknown as readonly Record<string, string>[];
const kept = TABLES.map((table) => ({ ...table }));
afterAll(() => TABLES.forEach((table, index) => Object.assign(table, kept[index])));

const stubs = evidence({
  document: {
    observed: true,
    answers: { stub: 2 },
    lived: { askedMs: 60_000, virtualMs: 9000, realMs: 4000, steps: 9, ended: "at-rest" },
  },
});
const base = artifacts({ document: { observed: true } });
const withArtifacts = (given: Partial<typeof base>): Evidence => ({
  ...evidence({}),
  artifacts: Object.fromEntries(
    Object.entries({ ...base, ...given }).map(([name, value]) => [name, { status: "ok", value }]),
  ) as Evidence["artifacts"],
});
const RUNS: readonly (readonly [string, Evidence])[] = [
  ["calm", evidence({ document: { observed: true } })],
  ["stubs", stubs],
  ["stubs again", { ...stubs, scenario: "other" }],
  ["a blocked request", evidence({ network: [blocked("https://a.example/x")], document: { observed: true } })],
  ["an error and a dialog", withArtifacts({ console: [line({})], apiUses: [use({ api: "alert" })] })],
  [
    "no result",
    withArtifacts({ props: propsOf({ noResult: { reason: "not-called", tool: "t", because: "destructive" } }) }),
  ],
  [
    "no server",
    withArtifacts({
      bridge: {
        ...base.bridge,
        toolCalls: [{ name: "t", outcome: "refused", refusal: "no-server", detail: GIBBERISH }],
      },
    }),
  ],
  [
    "broken messages",
    withArtifacts({
      bridge: { ...base.bridge, violations: [{ rule: "unknown-method", detail: GIBBERISH, count: 1 }] },
    }),
  ],
  [
    "nothing of the network",
    {
      ...stubs,
      artifacts: { ...stubs.artifacts, network: { status: "failed", error: { code: "X", message: "gone" } } },
    },
  ],
];

/** What programs read of a result: everything but the words. */
const withoutWords = ({ verdict, runs }: RunResult) => ({
  verdict,
  runs: runs.map((run) => ({
    verdict: run.verdict,
    notes: run.notes.map(({ id, data }) => [id, data]),
    checks: run.checks.map(({ id, outcome, severity, reason, findings }) => ({
      id,
      outcome,
      severity,
      reason: reason?.id,
      findings: findings.map(({ messageId, fingerprint, severity: own }) => [messageId, fingerprint, own]),
    })),
  })),
});

describe("gibberish for every text", () => {
  const all = RUNS.map(([, one]) => one);
  const before = judge(all, { toolVersion: "0" });
  TABLES.forEach((table) => Object.assign(table, garble(table)));
  const after = judge(all, { toolVersion: "0", checks: garbled });

  it("the evidence holds passes, failures and open runs", () =>
    expect(new Set(before.runs.map(({ verdict }) => verdict))).toEqual(new Set(["pass", "fail", "incomplete"])));
  it("the words were replaced", () => {
    expect(after.runs.flatMap(({ notes }) => notes.map(({ message }) => message))).toContain(GIBBERISH);
    expect(JSON.stringify(after.runs.map(({ checks }) => checks))).not.toContain("Uncaught");
  });
  it.each(RUNS.map(([name], index) => [name, index] as const))("%s: judged alike", (_name, index) => {
    const one = all.slice(index, index + 1);
    expect(withoutWords(judge(one, { toolVersion: "0", checks: garbled }))).toEqual(
      withoutWords({
        ...before,
        runs: before.runs.slice(index, index + 1),
        verdict: before.runs[index]?.verdict ?? "pass",
      }),
    );
  });
  it("all together: judged alike", () => expect(withoutWords(after)).toEqual(withoutWords(before)));
  it("reports add stubs up from the tag", () => {
    expect(sharedNotes(before)).toHaveLength(1);
    expect(sharedNotes(after)).toHaveLength(1);
  });
});
