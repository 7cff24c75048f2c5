/** The log of the MCP server: what is kept of it, and what is shown. */
import { expect, it, vi } from "vitest";
import { ServerLog } from "../../../harness/dev/server-log.ts";
import type { LogRow } from "../../../host/server/server-types.ts";

/** Made here, so that no text of this repository looks like a token. */
const KEY = ["gh", "p_", "x7Kq2mWv9RtLb4NcZ8sHd3YfGj6Pa1oVuE5Q"].join("");

function log(secrets: readonly string[] = []) {
  let now = 1000;
  const one = new ServerLog(
    secrets,
    () => undefined,
    () => now,
  );
  const all = (): readonly LogRow[] => {
    const rows: LogRow[] = [];
    for (let after = 0; ;) {
      const page = one.page(after);
      rows.push(...page.rows);
      if (!page.more) return rows;
      after = page.last;
    }
  };
  const message = (to: "server" | "client", text: unknown, session = 0) =>
    one.add({ kind: "message", to, session, message: text });
  return { one, all, message, pass: (ms: number) => void (now += ms) };
}

it("names what is answered, and says how long it took", () => {
  const { all, message, pass } = log();
  message("server", { jsonrpc: "2.0", id: 1, method: "tools/list" });
  message("server", { jsonrpc: "2.0", id: 1, method: "resources/list" }, 1);
  pass(12);
  message("client", { jsonrpc: "2.0", id: 1, result: { tools: [] } });
  message("client", { jsonrpc: "2.0", id: 1, error: { code: -32601, message: "no" } }, 1);
  message("client", { jsonrpc: "2.0", method: "notifications/message", params: {} });
  expect(all().map(({ kind, to, method, ms }) => [kind, to, method, ms])).toEqual([
    ["request", "server", "tools/list", undefined],
    ["request", "server", "resources/list", undefined],
    ["answer", "client", "tools/list", 12],
    ["error", "client", "resources/list", 12],
    ["notification", "client", "notifications/message", undefined],
  ]);
});

it("shows no secret: not in messages, not in stderr, not one that the user gave", () => {
  const { one, all, message } = log(["opensesame-77-open"]);
  message("server", { jsonrpc: "2.0", id: 1, method: "tools/call", params: { arguments: { apiKey: KEY } } });
  message("client", { jsonrpc: "2.0", id: 1, result: { text: "let in by opensesame-77-open" } });
  one.add({ kind: "stderr", text: `charging with ${KEY}\n` });
  one.add({ kind: "stray", text: `token=${KEY}` });
  const shown = JSON.stringify(all());
  expect(shown).not.toContain(KEY.slice(12));
  expect(shown).not.toContain("opensesame-77");
  expect(shown).toContain("charging with");
});

it("keeps the beginning of what is long, without the half of a secret at the cut", () => {
  const { all, message } = log();
  message("client", { jsonrpc: "2.0", id: 1, result: { text: `${"x ".repeat(32_720)}${KEY} ${"y ".repeat(50_000)}` } });
  const [row] = all();
  expect(row).toMatchObject({ clipped: true });
  expect(row?.bytes).toBeGreaterThan(160_000);
  expect(row?.text.length).toBeLessThanOrEqual(64 * 1024);
  expect(row?.text).not.toContain(KEY.slice(8, 16));
});

it("keeps lines that are written at once together, and waits for the end of one that came in parts", () => {
  const { one, all } = log();
  one.add({ kind: "stderr", text: "Error: no\n    at one\n    at two\nhalf of " });
  one.add({ kind: "stderr", text: "a line\n\u001b[31mred\u001b[0m\n" });
  expect(all().map(({ text }) => text)).toEqual(["Error: no\n    at one\n    at two", "half of a line\nred"]);
});

it("gives the last of a flood, page by page, and says what is gone", () => {
  const { one, all } = log();
  for (let index = 1; index <= 30_000; index++) one.add({ kind: "stray", text: `line ${index}` });
  const rows = all();
  expect(rows.length).toBeLessThanOrEqual(11_000);
  expect(rows.at(-1)).toMatchObject({ seq: 30_000, text: "line 30000" });
  expect(rows[0]?.seq).toBe(one.page(0).first);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_row, index) => (rows[0]?.seq ?? 0) + index));
  expect(one.page(30_000)).toMatchObject({ rows: [], last: 30_000, more: false });
});

it("holds no more than its share of memory, however large the messages are", () => {
  const { one, all } = log();
  const text = "z".repeat(80_000);
  for (let index = 0; index < 2000; index++) one.add({ kind: "stray", text });
  expect(all().length).toBeLessThanOrEqual(512);
});

it("is not brought down by a message that is too deep to be written", () => {
  const { all, message } = log();
  message("client", JSON.parse(`{"jsonrpc":"2.0","id":1,"result":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}`));
  expect(all()).toMatchObject([{ kind: "answer", text: "[nested too deep to be shown]" }]);
});

it("tells of a flood once in a while", async () => {
  vi.useFakeTimers();
  try {
    const told: number[] = [];
    const one = new ServerLog([], (last) => told.push(last));
    for (let index = 0; index < 500; index++) one.add({ kind: "stray", text: "line" });
    await vi.advanceTimersByTimeAsync(100);
    one.add({ kind: "stderr", text: "half a line" });
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toEqual([500, 501]);
    one.close();
  } finally {
    vi.useRealTimers();
  }
});
