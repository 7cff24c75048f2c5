/** `dev --mcp-stdio` with a server that writes beside itself: it is started a few times, not without end. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startDev, type RunningDev } from "../../../harness/commands/dev.ts";

const WAIT = { timeout: 15_000, interval: 20 };
let folder: string;
let running: RunningDev | undefined;
let said = "";
const at = (name: string) => join(folder, name);
const lines = (name: string) => readFileSync(at(name), "utf8").split("\n").length - 1;

/** Raw JSON-RPC, since the folder holds no packages. It writes a log all the time, and data with each start. */
const server = (text: string, more = "") => `
import { appendFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
${more}
const at = (name) => new URL(name, import.meta.url);
appendFileSync(at("starts.log"), "start\\n");
writeFileSync(at("cache.json"), JSON.stringify({ at: process.hrtime.bigint().toString() }));
writeFileSync(at("made-" + process.pid + ".mjs"), "export {};");
setInterval(() => appendFileSync(at("server.log"), "tick\\n"), 5);
const answers = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {}, resources: {} }, serverInfo: { name: "s", version: "1" } }),
  "tools/list": () => ({ tools: [{ name: "t", inputSchema: { type: "object" }, annotations: { readOnlyHint: true }, _meta: { ui: { resourceUri: "ui://w" } } }] }),
  "resources/list": () => ({ resources: [] }),
  "resources/read": () => ({ contents: [{ uri: "ui://w", mimeType: "text/html;profile=mcp-app", text: "<p>${text}" }] }),
  "tools/call": () => (appendFileSync(at("calls.log"), "call\\n"), { content: [] }),
};
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined) process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, result: answers[method](params) }) + "\\n");
});
`;
const WRITES_SOURCE = `
import { stamp } from "./stamp.mjs";
writeFileSync(new URL("stamp.mjs", import.meta.url), "export const stamp = " + (stamp + 1) + ";");
`;

async function dev(): Promise<RunningDev> {
  running = await startDev(
    [],
    { port: 0, mcpStdio: `"${process.execPath}" server.mjs` },
    {
      cwd: folder,
      env: process.env,
      outIsTerminal: false,
      color: false,
      out: () => undefined,
      err: (text) => void (said += text),
    },
  );
  await running.loaded;
  return running;
}
const html = () => running?.session.widget("t", "default")?.html;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandglass-self-"));
  said = "";
  for (const name of ["starts.log", "server.log", "calls.log"]) appendFileSync(at(name), "");
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  rmSync(folder, { recursive: true, force: true });
});

it("is not started anew for logs, data and files that it makes; an edit of its source starts it once", async () => {
  writeFileSync(at("server.mjs"), server("one"));
  await dev();
  expect(html()).toBe("<p>one");
  const ticks = lines("server.log");
  await vi.waitFor(() => expect(lines("server.log")).toBeGreaterThan(ticks + 100), WAIT);
  expect(lines("starts.log")).toBe(1);
  writeFileSync(at("server.mjs"), server("two, edited"));
  await vi.waitFor(() => expect(html()).toBe("<p>two, edited"), WAIT);
  expect(lines("starts.log")).toBe(2);
  expect(lines("calls.log")).toBe(2);
}, 30_000);

it("that changes a source of its own with each start is started twice, and the page says why not again", async () => {
  writeFileSync(at("stamp.mjs"), "export const stamp = 1;");
  writeFileSync(at("server.mjs"), server("one", WRITES_SOURCE));
  const { session } = await dev();
  const problem = () => session.widgets()[0]?.problem;
  await vi.waitFor(() => expect(problem()?.code).toBe("SERVER_CHANGES_ITSELF"), WAIT);
  expect(problem()?.message).toBe("The server changes stamp.mjs while it runs; not restarted for it.");
  expect(said).toContain("[SERVER_CHANGES_ITSELF]");
  const ticks = lines("server.log");
  await vi.waitFor(() => expect(lines("server.log")).toBeGreaterThan(ticks + 100), WAIT);
  expect(lines("starts.log")).toBe(2);
  writeFileSync(at("server.mjs"), server("two, edited", WRITES_SOURCE));
  await vi.waitFor(() => expect(html()).toBe("<p>two, edited"), WAIT);
  await vi.waitFor(() => expect(problem()?.code).toBe("SERVER_CHANGES_ITSELF"), WAIT);
  expect(lines("starts.log")).toBe(3);
}, 30_000);

it("whose document is another with each reading is not started anew for that", async () => {
  writeFileSync(at("server.mjs"), server('" + process.hrtime.bigint() + "'));
  await dev();
  // Longer than the two seconds after which it is asked whether its widget is as before.
  const ticks = lines("server.log");
  await vi.waitFor(() => expect(lines("server.log")).toBeGreaterThan(ticks + 600), WAIT);
  expect(lines("starts.log")).toBe(1);
}, 30_000);
