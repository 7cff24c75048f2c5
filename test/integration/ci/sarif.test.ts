/** SARIF as `@microsoft/sarif-multitool` validates it, by its own rules and GitHub's. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "sarif";
import { afterAll, expect, test } from "vitest";
import { formats } from "../../../harness/report/index.ts";
import { checkOf, failing, finding, hostile, resultOf, runOf, suppressed, undecided } from "../../unit/report/make.ts";

const folder = mkdtempSync(join(tmpdir(), "sandglass-sarif-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** Path of its program. */
const tool = createRequire(import.meta.url)("@microsoft/sarif-multitool") as string;

const problemsIn = (named: Readonly<Record<string, string>>): string[] => {
  for (const [name, text] of Object.entries(named)) writeFileSync(join(folder, `${name}.sarif`), text);
  const files = Object.keys(named).map((name) => `${name}.sarif`);
  const output = ["--output", "problems.json", "--log", "ForceOverwrite", "--quiet"];
  execFileSync(tool, ["validate", ...files, "--rule-kind", "Sarif;Ghas", ...output], { cwd: folder });
  const { runs } = JSON.parse(readFileSync(join(folder, "problems.json"), "utf8")) as Log;
  return runs.flatMap(({ results = [] }) =>
    results.map(({ ruleId, locations }) => {
      const file = locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? "";
      return `${file.split("/").at(-1) ?? ""} ${ruleId ?? ""}`;
    }),
  );
};

const server = { kind: "mcp", server: "node server.js", tool: "show", uri: "ui://w/app.html" } as const;
const elsewhere = checkOf({
  outcome: "fail",
  findings: [finding({ where: { url: "https://cdn.example/x.js", line: 7 } })],
});
const declaredAt = { url: "src/server.ts", file: "src/server.ts", line: 12, column: 5, excerpt: "registerAppTool(" };

test("it has nothing to say, of folders, of servers, of nothing, and of hostile words", { timeout: 60_000 }, () => {
  const results = {
    nothing: resultOf(),
    passed: resultOf(runOf()),
    folders: resultOf(failing(), undecided({ widget: "u" }), suppressed()),
    servers: resultOf(
      failing({ source: server, declaredAt, checks: [elsewhere] }),
      failing({ source: server, widget: "nowhere", checks: [elsewhere] }),
    ),
    hostile: hostile(),
  };
  const pages = { "csp/blocked-request": "# csp/blocked-request\n\n[why](https://example.com)" };
  const texts = Object.entries(results).map(
    ([name, result]) => [name, formats.sarif.check(result, { pages })] as const,
  );
  expect(problemsIn(Object.fromEntries(texts))).toEqual([]);
});

test("what GitHub refuses, it names", { timeout: 60_000 }, () => {
  const log = JSON.parse(formats.sarif.check(resultOf(failing()))) as Log;
  const [run] = log.runs;
  const bare = { ...log, runs: [{ ...run, results: run?.results?.map(({ locations: _, ...one }) => one) }] };
  expect(problemsIn({ bare: JSON.stringify(bare) })).toContain("bare.sarif GH1015");
});
