/** What was written to files earlier is read again, or refused with the place of the damage. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pageOf } from "../../../harness/commands/explain.ts";
import { mergeResults } from "../../../harness/commands/merge.ts";
import { readOneEvidence, readResult } from "../../../harness/commands/saved.ts";
import { evidence } from "../allowlist/make.ts";
import { failing, judged, resultOf, runOf, undecided } from "./make.ts";

const folder = mkdtempSync(join(tmpdir(), "sandglass-saved-"));
function saved(value: unknown): string {
  const path = join(folder, "saved.json");
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
}
const damaged = (whole: object, path: string, value: unknown): unknown => {
  const copy = structuredClone(whole) as Record<string, unknown>;
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  const holder = steps.reduce<Record<string, unknown>>((at, step) => at[step] as Record<string, unknown>, copy);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return copy;
};

test("a whole file is read as it was written", async () => {
  const result = judged([{ document: { observed: true } }]);
  expect(await readResult(saved(result), "r.json")).toEqual(JSON.parse(JSON.stringify(result)));
  const one = evidence({});
  expect(await readOneEvidence(saved(one), "e.json")).toEqual(JSON.parse(JSON.stringify(one)));
});

test.each([
  ["", undefined],
  ["schemaVersion", 2],
  ["verdict", undefined],
  ["verdict", "fine"],
  ["tool", undefined],
  ["headlines", "x"],
  ["runs", {}],
  ["runs.0", {}],
  ["runs.0.checks.0.findings", "x"],
  ["runs.0.checks.0.outcome", "ok"],
  ["allowlist", undefined],
])("a result with %j damaged is named with the place", async (path, value) => {
  const broken = path === "" ? "{" : damaged(resultOf(failing()), path, value);
  await expect(readResult(saved(broken), "r.json")).rejects.toMatchObject({
    code: "BAD_EVIDENCE",
    message: expect.stringContaining(`r.json cannot be merged: ${path === "" ? "" : `at ${path}`}`) as unknown,
    next: expect.stringContaining("--format json=FILE") as unknown,
  });
});

test.each([
  ["", undefined],
  ["schemaVersion", 2],
  ["widget", undefined],
  ["browser", undefined],
  ["artifacts", null],
  ["artifacts", {}],
  ["artifacts.network", undefined],
  ["artifacts.network.value", "x"],
  ["artifacts.document.value", {}],
  ["artifacts.policy.value", {}],
  ["artifacts.network", { status: "failed" }],
])("evidence with %j damaged is named with the place", async (path, value) => {
  const broken = path === "" ? "null" : damaged(evidence({}), path, value);
  await expect(readOneEvidence(saved(broken), "e.json")).rejects.toMatchObject({
    code: "BAD_EVIDENCE",
    message: expect.stringContaining(`e.json cannot be judged: ${path === "" ? "" : `at ${path}`}`) as unknown,
  });
});

test("an artifact that failed is evidence too", async () => {
  const failed = damaged(evidence({}), "artifacts.network", {
    status: "failed",
    error: { code: "X", message: "gone" },
  });
  await expect(readOneEvidence(saved(failed), "e.json")).resolves.toEqual(failed);
});

test("merged shards are as bad as their worst run", () => {
  const [pass, fail, open] = [
    resultOf(runOf({ widget: "a" })),
    resultOf(failing({ widget: "b" })),
    resultOf(undecided({ widget: "c" })),
  ];
  expect(
    [
      mergeResults([pass]),
      mergeResults([pass, open]),
      mergeResults([pass, open, fail]),
      mergeResults([resultOf()]),
    ].map(({ verdict }) => verdict),
  ).toEqual(["pass", "incomplete", "fail", "incomplete"]);
  // A shard that got no run leaves nothing open; a verdict that says less than its runs does not help.
  expect(mergeResults([resultOf(), pass])).toMatchObject({ verdict: "pass", browser: pass.browser });
  expect(mergeResults([{ ...fail, verdict: "pass" }]).verdict).toBe("fail");
  expect(mergeResults([pass, fail]).runs.map(({ widget }) => widget)).toEqual(["a", "b"]);
});
test("a shard given twice is refused: another one is missing", () => {
  const shard = resultOf(runOf());
  expect(() => mergeResults([shard, shard], ["1.json", "2.json"])).toThrow(
    "w · chatgpt · default is in 1.json and in 2.json.",
  );
  expect(() =>
    mergeResults([shard, resultOf(runOf({ profile: "claude" }), runOf({ scenario: "empty" }))]),
  ).not.toThrow();
  expect(() => mergeResults([])).toThrow("nothing to merge");
});

test("explain knows its checks, near misses and no paths", () => {
  expect(pageOf("csp/blocked-request")).toMatch(/^# csp\/blocked-request\n/);
  const nextOf = (id: string) => {
    try {
      pageOf(id);
      return "";
    } catch (error) {
      return (error as { next: string }).next;
    }
  };
  expect(["csp/blocked-requst", "blocked-request", "CSP/Blocked-Request"].map(nextOf)).toEqual(
    Array(3).fill("Did you mean csp/blocked-request?"),
  );
  expect(["../../README", "", "  ", "nothing-like-it"].map(nextOf)).toEqual(
    Array(4).fill("`sandglass explain` lists them."),
  );
  expect(nextOf("csp").split(" or ")).toHaveLength(5);
});
