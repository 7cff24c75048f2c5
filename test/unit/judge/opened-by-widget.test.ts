/** A resource that no tool names is shown without what a widget would hand it: what comes of that accuses nobody. */
import { expect, it } from "vitest";
import { judgeOne } from "../../../harness/judge/judge.ts";
import type { Evidence } from "../../../harness/model/evidence.ts";
import { blocked, evidence, type Made } from "../allowlist/make.ts";
import { line, propsOf } from "../make.ts";

const EMPTY = { observed: true, visibleElements: 0, textLength: 0, paintedShare: 0 };
const NOTHING = { toolInput: 0, structuredContent: 0, content: 0, meta: 0, widgetState: 0 };

function judged(made: Made, more: Partial<Evidence["artifacts"]> = {}, tool?: string) {
  const one = evidence(made);
  return judgeOne(
    {
      ...one,
      source: { kind: "mcp", server: "s", uri: "ui://m", ...(tool ? { tool } : { leftOut: ["ui://a", "ui://b"] }) },
      artifacts: { ...one.artifacts, props: { status: "ok", value: propsOf({ sizes: NOTHING }) }, ...more },
    },
    { toolVersion: "0" },
  );
}
const thrown = { console: { status: "ok", value: [line({})] } } as const;
const reasonsOf = ({ checks }: ReturnType<typeof judged>) =>
  checks.flatMap(({ open, reason }) => (open ? [reason?.id] : []));

it("passes when it works without anything", () =>
  expect(judged({ document: { observed: true } }).verdict).toBe("pass"));
it.each([
  ["blank", judged({ document: EMPTY })],
  ["an error", judged({ document: { observed: true } }, thrown)],
])("%s is undecided, and says what is missing", (_name, run) => {
  expect(run.verdict).toBe("incomplete");
  expect(reasonsOf(run)).toEqual(["opened-by-widget"]);
});
it.each([
  ["of a tool, blank", judged({ document: EMPTY }, {}, "t")],
  ["of a tool, with an error", judged({ document: { observed: true } }, thrown, "t")],
  [
    "of no tool, with a refused request",
    judged({ document: { observed: true }, network: [blocked("https://a.example/x")] }),
  ],
  [
    "of no tool, with an error though its scenario gives data",
    judged({ document: { observed: true } }, { ...thrown, props: { status: "ok", value: propsOf() } }),
  ],
])("one %s fails", (_name, { verdict }) => expect(verdict).toBe("fail"));
it("the result says how it was shown, and what was left out", () =>
  expect(judged({ document: { observed: true } }).notes.map(({ message }) => message)).toEqual([
    expect.stringContaining("requestModal"),
    "2 more UI resources that no tool names were left out, ui://a first: name them as targets to check them.",
  ]));
