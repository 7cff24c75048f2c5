/** A host whose facts are older than 90 days is said, once for the whole result. */
import { expect, it } from "vitest";
import { mergeResults } from "../../../harness/commands/merge.ts";
import { judge } from "../../../harness/judge/judge.ts";
import type { RunResult } from "../../../harness/model/result.ts";
import { sharedNotes } from "../../../harness/report/check/groups.ts";
import { evidence } from "../allowlist/make.ts";

const of = (profile: string, scenario = "default") => ({
  ...evidence({ document: { observed: true } }),
  profile,
  scenario,
});
const on = (today: string, ...profiles: readonly string[]): RunResult =>
  judge(
    profiles.map((profile) => of(profile)),
    { toolVersion: "0", today },
  );
const told = (result: RunResult) => sharedNotes(result).filter((note) => note.includes("older than 90 days"));

it("names each old host with the day of its newest fact", () => {
  const result = on("2026-11-27", "goose", "chatgpt", "slackbot", "basic-host", "mcp-apps");
  expect(result.oldHosts?.map(({ profile, seen }) => [profile, seen])).toEqual([
    ["goose", "2026-06-19"],
    ["slackbot", "2026-06-24"],
  ]);
  expect(told(result)).toEqual([
    expect.stringContaining("goose (2026-06-19, 161 days), slackbot (2026-06-24, 156 days)"),
  ]);
});

it("says nothing of hosts that were looked at lately, and nothing without a date of today", () => {
  expect(on("2026-11-27", "chatgpt", "mcp-apps")).not.toHaveProperty("oldHosts");
  expect(told(on("2026-11-27", "chatgpt"))).toEqual([]);
  expect(judge([of("goose")], { toolVersion: "0" })).not.toHaveProperty("oldHosts");
});

it("shards say it once", () => {
  const shards = ["a", "b"].map((scenario) =>
    judge([of("goose", scenario)], { toolVersion: "0", today: "2026-11-27" }),
  );
  expect(told(mergeResults(shards))).toHaveLength(1);
});
