/** Servers are judged once, by the rules of every check, and shown in every format. */
import { describe, expect, it } from "vitest";
import { defineServerCheck } from "../../../harness/checks/define-server-check.ts";
import { failOrPass } from "../../../harness/checks/define-check.ts";
import { isChosen, judge } from "../../../harness/judge/judge.ts";
import { withServers, type ServerJudgeOptions } from "../../../harness/judge/servers.ts";
import type { ServerArtifacts, ServerEvidence } from "../../../harness/model/evidence/server.ts";
import { checkReporters } from "../../../harness/report/index.ts";
import { artifactsOf, toolOf, toolsOf } from "../checks/server-make.ts";

const SERVER = "node server.mjs --stdio";
const evidenceOf = (given: Partial<ServerArtifacts> = {}, profiles = ["chatgpt"]): ServerEvidence => ({
  schemaVersion: 1,
  server: SERVER,
  profiles,
  artifacts: Object.fromEntries(
    Object.entries<unknown>({ ...artifactsOf(given) }).map(([name, value]) => [name, { status: "ok", value }]),
  ) as unknown as ServerEvidence["artifacts"],
});
const faulty = evidenceOf({ tools: toolsOf(toolOf({ description: "" })) });
const broken = evidenceOf({ tools: toolsOf(toolOf(), toolOf()) });
const judged = (evidence: readonly ServerEvidence[], options: Partial<ServerJudgeOptions> = {}) =>
  withServers(judge([], { toolVersion: "0" }), evidence, { toolVersion: "0", ...options });
const naming = (result: ReturnType<typeof judged>) =>
  result.servers?.[0]?.checks.find(({ id }) => id === "metadata/naming");

describe("verdicts", () => {
  it("a server in order passes, without any widget", () =>
    expect(judged([evidenceOf()])).toMatchObject({ verdict: "pass", servers: [{ verdict: "pass", tools: 1 }] }));
  it("a server in order does not stand for widgets that were asked for and not seen", () => {
    const nothing = judged([evidenceOf()], { needsRuns: true });
    expect(nothing).toMatchObject({ verdict: "incomplete", runs: [] });
    expect(checkReporters.get("junit")?.(nothing)).toContain("<error ");
    expect(judged([broken], { needsRuns: true }).verdict).toBe("fail");
  });
  it("an error fails the result", () => expect(judged([broken]).verdict).toBe("fail"));
  it("what review alone refuses fails where the server is asked about, and warns beside its widgets", () => {
    expect(judged([faulty]).verdict).toBe("pass");
    expect(judged([faulty], { only: ["metadata"] }).verdict).toBe("fail");
  });
  it("what only review asks for is a warning where nothing is reviewed", () => {
    const dev = { ...faulty, profiles: ["chatgpt-dev"] };
    expect(judged([dev], { only: ["metadata"] }).verdict).toBe("pass");
    expect(judged([dev], { failOn: "warning" }).verdict).toBe("fail");
  });
  it("what could not be gathered is no pass", () => {
    const { artifacts, ...rest } = evidenceOf();
    const lost = {
      ...rest,
      artifacts: { ...artifacts, tools: { status: "failed", error: { code: "X", message: "gone" } } } as const,
    };
    expect(judged([lost])).toMatchObject({ verdict: "incomplete" });
    expect(naming(judged([lost]))).toMatchObject({ outcome: "error", reason: { id: "artifact-missing" } });
  });
  it("a check that throws costs itself alone", () => {
    const throws = defineServerCheck({
      id: "metadata/throws",
      title: "It throws",
      severity: "error",
      needs: ["tools"],
      messages: { never: "never" },
      source: "this test",
      run: () => {
        throw new Error("by design");
      },
    });
    const calm = defineServerCheck({ ...throws, id: "metadata/calm", run: () => failOrPass([]) });
    expect(judged([evidenceOf()], { serverChecks: [throws, calm] }).servers?.[0]?.checks).toMatchObject([
      { outcome: "error" },
      { outcome: "pass" },
    ]);
  });
});

describe("config applies as to widgets", () => {
  const fingerprint = naming(judged([broken]))?.findings[0]?.fingerprint ?? "";
  it("a finding may be allowed, in this server or in every one", () => {
    expect(judged([broken], { allow: [{ fingerprint, reason: "known" }] }).verdict).toBe("pass");
    expect(judged([broken], { allow: [{ fingerprint, reason: "known", widget: SERVER }] }).verdict).toBe("pass");
    expect(judged([broken], { allow: [{ fingerprint, reason: "known", widget: "another" }] }).verdict).toBe("fail");
  });
  it("severity may be set, and a check be left out", () => {
    expect(judged([broken], { severities: { "metadata/naming": "info" } }).verdict).toBe("pass");
    expect(naming(judged([broken], { severities: { "metadata/naming": "off" } }))).toBeUndefined();
  });
  it("only and skip take areas and checks", () => {
    expect(isChosen("metadata/naming", { only: ["metadata"] })).toBe(true);
    expect(isChosen("metadata/naming", { only: ["metadata"], skip: ["metadata/naming"] })).toBe(false);
    expect(isChosen("metadata/naming", { only: ["meta"] })).toBe(false);
    expect(isChosen("csp/declaration", { skip: ["metadata"] })).toBe(true);
  });
  it("a server of which nothing was asked is not shown", () =>
    expect(judged([broken], { only: ["csp"] }).servers).toBeUndefined());
});

describe("reports", () => {
  const result = judged([broken]);
  it.each(["pretty", "markdown", "html", "junit", "sarif", "github"])("%s shows the server once", (name) => {
    const text = checkReporters.get(name)?.(result) ?? "";
    expect(text).toContain("metadata/naming");
    expect(text.replaceAll("\\", "")).toContain("show_weather is listed 2 times");
    expect(text).toContain("server.mjs");
  });
  it("json adds a field and changes none", () => {
    const json = JSON.parse(checkReporters.get("json")?.(result) ?? "{}") as {
      runs: unknown[];
      servers: { server: string }[];
    };
    expect(json.runs).toEqual([]);
    expect(json.servers.map(({ server }) => server)).toEqual([SERVER]);
  });
  it("junit counts a failure and SARIF a result of a rule", () => {
    expect(checkReporters.get("junit")?.(result)).toContain('failures="1"');
    const log = JSON.parse(checkReporters.get("sarif")?.(result) ?? "{}") as {
      runs: { results: { ruleId: string }[] }[];
    };
    expect(log.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain("metadata/naming");
  });
  it("the summary counts servers apart from runs", () =>
    expect(checkReporters.get("pretty")?.(result).split("\n").at(-2)).toMatch(/^fail · 1 server, 1 error/));
});
