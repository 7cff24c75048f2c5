import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LoadedConfig } from "../../../harness/config/index.ts";
import { loadTarget, type LoadOptions } from "../../../harness/sources/index.ts";
import type { LoadedTarget } from "../../../harness/model/widget.ts";
import { anyOf, containing, matching, present } from "../../expecting.ts";

const FIXTURE = join(import.meta.dirname, "../../fixtures/mcp-server.mjs");
const scratch = mkdtempSync(join(tmpdir(), "sandglass-stdio-"));
const command = (mode: string): string => `"${process.execPath}" "${FIXTURE}" ${mode}`;
let open: LoadedTarget | undefined;

async function load(mode: string, more: Partial<LoadOptions> = {}): Promise<LoadedTarget> {
  return (open = await loadTarget({ targets: [], mcpStdio: command(mode), cwd: scratch, ...more }));
}
function configOf(scenarios: LoadedConfig["scenarios"]): LoadedConfig {
  return {
    file: "",
    root: scratch,
    targets: [],
    mcpHeaders: {},
    assume: {},
    allow: [],
    checks: {},
    personalData: true,
    profiles: [],
    scenarios,
  };
}
const named = (target: LoadedTarget, name: string) => present(target.widgets.find((widget) => widget.name === name));
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

afterEach(async () => {
  await open?.close();
  open = undefined;
});

test("every tool with a UI resource is a widget, and no other tool is", async () => {
  const target = await load("widgets");
  expect(target.widgets.map((widget) => widget.name).sort()).toEqual([
    "alias",
    "echo",
    "flat",
    "offer",
    "order",
    "wipe",
  ]);
  const echo = named(target, "echo");
  expect(echo).toMatchObject({
    html: containing("<h1>Widget</h1>"),
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    source: { kind: "mcp", tool: "echo", uri: "ui://echo" },
  });
});

test("metadata is that of the contents; what the list alone declares counts as not declared, and is said", async () => {
  const target = await load("widgets");
  expect(named(target, "echo").meta).toEqual({
    ui: { csp: { connectDomains: ["https://api.example.com"], resourceDomains: [] } },
  });
  expect(named(target, "flat")).toMatchObject({ meta: {}, html: containing("<h1>") });
  expect(target.warnings).toContainEqual(containing("ui://blob declares ui.csp in resources/list only"));
  expect(target.warnings).toContainEqual(containing("Tool flat names different resources: ui://blob, ui://echo"));
  expect(target.warnings.filter((text) => text.includes("ui://echo declares"))).toEqual([
    containing("ui.csp in resources/list otherwise"),
  ]);
});

test("arguments: defaults are kept, what is missing is invented and marked, what is optional left out", async () => {
  const target = await load("widgets");
  const echo = named(target, "echo");
  const scenario = present(echo.scenarios[0]);
  expect(scenario).toMatchObject({
    name: "default",
    inventedArguments: true,
    content: [{ type: "text", text: "echoed" }],
    _meta: { hidden: 1 },
  });
  const input = scenario.toolInput as { city: string; days: number };
  expect(Object.keys(input).sort()).toEqual(["city", "days"]);
  expect(input.city).toBe("Lisbon");
  expect(input.days).toBeGreaterThanOrEqual(3);
  expect(scenario.toolOutput).toEqual({ args: input });
  expect(echo.source).toMatchObject({ inventedArguments: true });
  expect(named(target, "flat").scenarios[0]).not.toHaveProperty("inventedArguments");
});

test("a failed call, a refused invention and a destructive tool are shown for what they are", async () => {
  const target = await load("widgets");
  expect(named(target, "flat").scenarios[0]).toMatchObject({ isError: true });
  expect(target.warnings).toContainEqual(matching(/Tool flat failed with the defaults of its schema: broke/));
  expect(named(target, "alias").scenarios[0]).toMatchObject({ isError: true, inventedArguments: true });
  expect(named(target, "wipe").scenarios[0]).toEqual({
    name: "default",
    toolInput: {},
    noResult: { reason: "not-called", tool: "wipe", because: "destructive" },
  });
  expect(target.warnings).toContainEqual(containing("Tool wipe was not called"));
});

describe("a tool that does not say that it only reads", () => {
  const log = join(scratch, "unasked");
  const env = { ...process.env, CALL_LOG: log };
  const called = () => readFileSync(log, "utf8").trim().split("\n").sort();
  beforeEach(() => writeFileSync(log, ""));

  test("is not called unasked, and the two ways out are said", async () => {
    const target = await load("widgets", { env });
    expect(called()).toEqual(["echo", "flat"]);
    const [scenario] = named(target, "order").scenarios;
    expect(scenario).toMatchObject({
      noResult: { reason: "not-called", tool: "order", because: "not-read-only" },
    });
    expect(scenario).not.toHaveProperty("toolOutput");
    expect(target.warnings.join("\n")).toMatch(/Tool order was not called.*toolInput.*--allow-calls/);
  });

  test("has its widget shown with a result made from its output schema, the same each time", async () => {
    const [scenario] = named(await load("widgets", { env }), "offer").scenarios;
    expect(scenario).toMatchObject({
      toolOutput: { price: anyOf(Number), picture: matching(/^data:image/) },
      inventedResult: { tool: "offer", reason: "not-read-only" },
    });
    expect(scenario).not.toHaveProperty("noResult");
    await open?.close();
    const again = await load("widgets", { env });
    expect(named(again, "offer").scenarios).toEqual([scenario]);
    expect(again.warnings).toContainEqual(matching(/Tool offer was not called.*made from the output schema/));
  });

  test("is called when calls are allowed, by option or config; a destructive one is not", async () => {
    const target = await load("widgets", { env, allowCalls: true });
    expect(called()).toEqual(["echo", "flat", "offer", "order"]);
    expect(named(target, "order").scenarios[0]).toMatchObject({ toolOutput: { number: 1 } });
    expect(named(target, "wipe").scenarios[0]).toHaveProperty("noResult");
    await open?.close();
    writeFileSync(log, "");
    await load("widgets", { env, config: { ...configOf({}), allowCalls: true } });
    expect(called()).toEqual(["echo", "flat", "offer", "order"]);
  });
});

test("scenarios of the config: toolInput is sent, toolOutput stands in for the call", async () => {
  const log = join(scratch, "calls");
  const config = configOf({
    echo: [
      { name: "sent", toolInput: { city: "Porto", days: 4 } },
      { name: "stands in", toolOutput: { ready: true } },
    ],
    alias: [{ name: "stands in", content: [] }],
    wipe: [{ name: "asked for", toolInput: {} }],
  });
  const target = await load("widgets", { config, targets: ["ui://echo"], env: { ...process.env, CALL_LOG: log } });
  expect(named(target, "echo").scenarios).toMatchObject([
    { name: "sent", toolOutput: { args: { city: "Porto", days: 4 } } },
    { name: "stands in", toolOutput: { ready: true } },
  ]);
  expect(readFileSync(log, "utf8").trim().split("\n").sort()).toEqual(["echo", "wipe"]);
});

test("a refused call ends the run when the user chose the arguments, and is shown to the widget when we did", async () => {
  await expect(load("refusing", { config: configOf({ t: [{ name: "s", toolInput: {} }] }) })).rejects.toMatchObject({
    code: "TOOL_FAILED",
    message: matching(/scenario "s".*quota is used up/),
  });
  const target = await load("refusing");
  expect(named(target, "t").scenarios).toMatchObject([
    { isError: true, content: [{ text: containing("quota is used up") }] },
  ]);
  expect(target.warnings).toContainEqual(containing("quota is used up"));
});

test("ui:// names choose widgets, and an unknown one is told what there is", async () => {
  await expect(load("widgets", { targets: ["ui://none"] })).rejects.toMatchObject({
    code: "NO_WIDGETS",
    next: containing("ui://echo"),
  });
  const target = await load("widgets", { targets: ["ui://blob"] });
  expect(target.widgets.map((widget) => widget.name)).toEqual(["flat"]);
});

test("a widget may call tools of the server that apps may see, and no others", async () => {
  const server = present(named(await load("widgets"), "echo").server);
  await expect(server.callTool("for-app", {})).resolves.toMatchObject({ content: [{ text: "for the app" }] });
  await expect(server.callTool("flat", {})).resolves.toMatchObject({ isError: true });
  await expect(server.callTool("for-model", {})).rejects.toMatchObject({ refusal: "not-visible" });
  await expect(server.callTool("absent", {})).rejects.toMatchObject({ refusal: "unknown-tool" });
  await expect(server.callTool("nothing", {})).rejects.toThrow(/not found/);
  await expect(server.readResource("ui://echo")).resolves.toMatchObject({ contents: [{ uri: "ui://echo" }] });
  const { tools } = (await server.listTools()) as { tools: { name: string }[] };
  expect(tools.map((tool) => tool.name)).not.toContain("for-model");
});

test("a server without UI tools, one without HTML, and one that is noisy", async () => {
  await expect(load("plain")).rejects.toMatchObject({
    code: "NO_WIDGETS",
    message: containing("1 tools"),
  });
  await expect(load("text")).rejects.toMatchObject({ code: "NOT_HTML", message: containing("ui://r") });
  const noisy = await load("noisy");
  expect(noisy.warnings).toContainEqual(containing('"Server is ready!"'));
}, 20_000);

test("a server that exits is named with its exit code and its last words", async () => {
  await expect(load("exits")).rejects.toMatchObject({
    code: "SERVER_UNREACHABLE",
    message: matching(/exited with code 3[\s\S]*no database/),
    next: containing("by hand"),
  });
  await expect(load("exits", { withheld: ["DB_PASSWORD"] })).rejects.toMatchObject({
    next: containing("It was started without DB_PASSWORD: hand on what it needs with --env NAME."),
  });
  await expect(load("", { mcpStdio: "no-such-command-here --stdio" })).rejects.toMatchObject({
    code: "SERVER_UNREACHABLE",
    message: containing("could not be started"),
  });
});

test("a server that says nothing is given up in time", async () => {
  const started = performance.now();
  await expect(load("hangs", { timeoutMs: 400, withheld: ["DB_PASSWORD"] })).rejects.toMatchObject({
    code: "SERVER_UNREACHABLE",
    message: containing("did not answer within 0.4 s"),
    next: containing("It was started without DB_PASSWORD"),
  });
  expect(performance.now() - started).toBeLessThan(5000);
});

test("close ends a server that ignores the end of its input and SIGTERM, and what it started", async () => {
  const pids = join(scratch, "pids");
  const target = await load("stubborn", { env: { ...process.env, PID_FILE: pids } });
  const both = readFileSync(pids, "utf8").trim().split("\n").map(Number);
  expect(both.map(isAlive)).toEqual([true, true]);
  await target.close();
  await expect.poll(() => both.map(isAlive), { timeout: 3000 }).toEqual([false, false]);
}, 15_000);

test("close ends what a server started and left behind when it ended by itself", async () => {
  const pids = join(scratch, "left");
  const target = await load("forgetful", { env: { ...process.env, PID_FILE: pids } });
  const left = readFileSync(pids, "utf8").trim().split("\n").map(Number);
  expect(left.map(isAlive)).toEqual([true, true]);
  await target.close();
  await expect.poll(() => left.map(isAlive), { timeout: 3000 }).toEqual([false, false]);
}, 15_000);

test("secrets that were not handed on are said", async () => {
  const { warnings } = await load("widgets", { withheld: ["NPM_TOKEN", "GH_TOKEN"] });
  expect(warnings).toContainEqual(
    containing("was started without NPM_TOKEN, GH_TOKEN, which are secrets: --env NAME hands one on."),
  );
  await open?.close();
  await expect(load("widgets", { targets: ["ui://none"], withheld: ["GH_TOKEN"] })).rejects.toMatchObject({
    next: containing("It was started without GH_TOKEN: hand on what it needs with --env NAME."),
  });
});
