import { expect, it } from "vitest";
import { pretty } from "../../harness/report/pretty.ts";
import type { RunResult, WidgetRun } from "../../harness/result.ts";

const runOf = (profile: string, verdict: WidgetRun["verdict"]): WidgetRun => ({
  widget: "map", source: { kind: "html", path: "map.html" }, profile, appliedProfile: profile, scenario: "default", durationMs: 1, verdict, ended: "settled",
  policy: { declared: null, problems: [], effective: [] }, directives: [], checks: [], network: [], apiUses: [], console: [], notes: [],
});
const matrixOf = (profiles: readonly string[]): string[] => {
  const runs = profiles.map((profile) => runOf(profile, "pass"));
  const result: RunResult = { schemaVersion: 1, tool: { name: "sandglass", version: "0" }, browser: { name: "chromium", version: "0" }, verdict: "pass", headlines: [], runs, allowlist: [] };
  return pretty(result).split("\n").filter((line) => /^ +\S|^map/.test(line) && !line.includes("·"));
};

it("a few hosts stand in a table, many in a list that 80 columns hold", () => {
  expect(matrixOf(["chatgpt", "claude"])).toEqual([expect.stringMatching(/^ +chatgpt +claude *$/), expect.stringMatching(/^map +✓ +✓ *$/)]);
  const many = ["chatgpt", "chatgpt-dev", "chatgpt-dev-enforced", "chatgpt-desktop", "mcp-apps", "basic-host", "claude", "my-own-host-here"];
  expect(matrixOf(many)).toEqual(["map", ...many.map((profile) => expect.stringMatching(new RegExp(`^  ${profile} +✓ *$`)))]);
});
