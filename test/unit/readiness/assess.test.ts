import { expect, it } from "vitest";
import type { CheckResult, Finding, ServerRun } from "../../../harness/model/result.ts";
import type { ReadinessItem } from "../../../harness/model/readiness.ts";
import { readinessOf } from "../../../harness/readiness/assess.ts";
import { markdownReadiness, prettyReadiness } from "../../../harness/report/ready/index.ts";

const item = (id: string, checks: readonly string[], by: ReadinessItem["by"] = "machine"): ReadinessItem => ({
  id,
  area: "tools",
  item: `Item ${id}`,
  by,
  checks,
  look: `Look at ${id}`,
});
const finding = (severity: Finding["severity"]): Finding => ({
  messageId: "m",
  message: "",
  data: {},
  channel: "static",
  fingerprint: "0".repeat(16),
  ...(severity ? { severity } : {}),
});
const result = (id: string, outcome: CheckResult["outcome"], ...findings: readonly Finding[]): CheckResult => ({
  id,
  title: id,
  severity: "error",
  outcome,
  findings,
});
const server = (...checks: readonly CheckResult[]): ServerRun => ({
  server: "https://mcp.acme.dev/mcp",
  name: "",
  version: "",
  transport: "streamable-http",
  tools: 1,
  profiles: ["chatgpt"],
  verdict: "pass",
  checks,
});
const stateOf = (one: ReadinessItem, ...checks: readonly CheckResult[]) =>
  readinessOf([one], [{ runs: [], servers: [server(...checks)] }]).rows[0]?.state;

it.each<[string, readonly CheckResult[], string]>([
  ["all pass", [result("auth/token", "pass"), result("auth/leak", "inapplicable")], "passed"],
  ["one fails", [result("auth/token", "pass"), result("auth/leak", "fail", finding("warning"))], "failed"],
  ["a note is no failure", [result("auth/token", "fail", finding("info"))], "passed"],
  ["one is undecided", [result("auth/token", "pass"), result("auth/leak", "review")], "open"],
  ["one could not run", [result("auth/token", "error")], "open"],
  ["none applies", [result("auth/token", "inapplicable")], "inapplicable"],
  ["none ran: what was not seen is not passed", [result("authority/x", "pass")], "not-run"],
])("%s", (_name, checks, state) => expect(stateOf(item("a", ["auth"]), ...checks)).toBe(state));

it("an item is tested when all its checks are", () => {
  expect(stateOf(item("a", ["auth", "props"]), result("auth/token", "pass"))).toBe("open");
});

it("of a server without a UI nothing is asked that only a UI can answer", () => {
  const ui = { ...item("ui/csp", ["csp"]), area: "ui" as const };
  const pictures = { ...item("ui/screenshots", [], "data"), area: "ui" as const };
  const none = result("metadata/resource", "inapplicable");
  expect(stateOf(ui, none)).toBe("inapplicable");
  expect(stateOf(pictures, none)).toBe("inapplicable");
  expect(stateOf(item("a", ["auth", "props"]), none, result("auth/token", "pass"))).toBe("passed");
  expect(stateOf(ui, result("metadata/resource", "pass"))).toBe("not-run");
  expect(stateOf(pictures, result("metadata/resource", "pass"))).toBe("not-given");
});

it("what no check tests is for a person, or has to be given", () => {
  expect(stateOf(item("a", [], "person"))).toBe("look");
  expect(stateOf(item("a", [], "data"))).toBe("not-given");
  expect(readinessOf([item("a", [])], [], { a: { state: "passed", detail: "seen" } }).rows[0]?.state).toBe("passed");
});

it("the list says who tested, what is left to look at, and the sum", () => {
  const rows = readinessOf(
    [item("a", ["auth"]), item("b", ["csp"]), item("c", [], "person")],
    [{ runs: [], servers: [server(result("auth/token", "pass"))] }],
  );
  const text = prettyReadiness(rows, { color: false });
  expect(text).toContain("tested          Item a");
  expect(text).toContain("auth/token pass");
  expect(text).toContain("not tested      Item b");
  expect(text).toContain("Look at c");
  expect(text).toContain("3 items: 1 tested, 0 fail, 1 open or not tested, 1 for a person or not given");
  expect(markdownReadiness(rows)).toContain("| tools | Item a | tested | auth/token pass |");
});
