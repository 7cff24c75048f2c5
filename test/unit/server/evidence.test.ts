/** A record of messages becomes evidence: masked, hashed, each thing once. */
import { describe, expect, it } from "vitest";
import { serverEvidenceOf, withLaterLogs } from "../../../harness/gather/server/index.ts";
import type { Exchange, ServerRecord } from "../../../harness/model/server-record.ts";

const TOKEN = `ghp_${"a1B2c3D4e5F6".repeat(3)}`;
const exchange = (method: string, result: unknown, more: Partial<Exchange> = {}): Exchange => ({
  session: 0,
  method,
  params: {},
  startedMs: 0,
  ms: 5,
  result,
  ...more,
});
const tool = { name: "show", inputSchema: { type: "object" }, _meta: { ui: { resourceUri: "ui://w" } } };

function recordOf(exchanges: readonly Exchange[], more: Partial<ServerRecord> = {}): ServerRecord {
  return {
    server: "node server.mjs",
    transport: "stdio",
    url: null,
    exchanges,
    messages: [],
    http: [],
    stderr: "",
    strayOutput: null,
    scenarioTools: [],
    dropped: 0,
    ...more,
  };
}
const evidenceOf = (exchanges: readonly Exchange[], more: Partial<ServerRecord> = {}) =>
  serverEvidenceOf(recordOf(exchanges, more), ["chatgpt"]).artifacts;

it("a key in the address or the command is masked", () => {
  const server = "https://mcp.example.com/mcp?api_key=9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";
  expect(serverEvidenceOf(recordOf([], { server }), []).server).toBe("https://mcp.example.com/mcp?api_key=…4c");
  expect(serverEvidenceOf(recordOf([], { server: "node server.mjs --stdio" }), []).server).toBe(
    "node server.mjs --stdio",
  );
});

it("a page of the list that no tool names, and that cannot be read, is told; so is a process that ended", () => {
  const page = { uri: "ui://detail", mimeType: "text/html;profile=mcp-app" };
  const failed = { error: { code: -32002, message: "gone" } };
  const reading = (uri: string) => exchange("resources/read", undefined, { params: { uri }, ...failed });
  const { resources, transport } = evidenceOf(
    [
      exchange("tools/list", { tools: [tool] }),
      exchange("resources/list", { resources: [page, { uri: "ui://data", mimeType: "application/json" }] }),
      reading("ui://detail"),
      reading("ui://data"),
      reading("ui://w"),
    ],
    { ended: { how: "code", value: "1" } },
  );
  expect(resources).toMatchObject({
    value: { unreadable: [{ uri: "ui://detail" }] },
  });
  expect(transport).toMatchObject({ value: { ended: { how: "code", value: "1" } } });
  expect(evidenceOf([]).transport).not.toHaveProperty("value.ended");
});

describe("lists", () => {
  it("pages are one list, and a list that another session read again counts once", () => {
    const { tools } = evidenceOf([
      exchange("tools/list", { tools: [{ ...tool, name: "a" }], nextCursor: "2" }),
      exchange("tools/list", { tools: [{ ...tool, name: "b" }] }, { params: { cursor: "2" } }),
      exchange("tools/list", { tools: [{ ...tool, name: "a" }] }, { session: 1 }),
    ]);
    expect(tools).toMatchObject({ status: "ok", value: { pages: 2, entries: [{ name: "a" }, { name: "b" }] } });
  });
  it("what the SDK would refuse is kept as it came", () => {
    const { tools } = evidenceOf([exchange("tools/list", { tools: [{ name: 3, inputSchema: [] }, null] })]);
    expect(tools).toMatchObject({
      value: { entries: [{ name: "", entry: { name: 3, inputSchema: [] } }, { name: "" }] },
    });
  });
  it("half a list is none: what stands on a page that did not come is not known", () => {
    const first = exchange("tools/list", { tools: [tool], nextCursor: "2" });
    const second = { params: { cursor: "2" }, error: { code: -32603, message: "it broke" } };
    expect(evidenceOf([first, exchange("tools/list", undefined, second)]).tools.status).toBe("failed");
    expect(evidenceOf([first, exchange("tools/list", undefined, { ...second, ms: null })]).tools.status).toBe("failed");
    expect(evidenceOf([first, exchange("tools/list", { tools: [] }, { params: { cursor: "2" } })]).tools.status).toBe(
      "ok",
    );
  });
  it("no answer is a failure, and no pass", () =>
    expect(evidenceOf([exchange("tools/list", undefined, { ms: null })]).tools.status).toBe("failed"));
});

describe("resources", () => {
  const list = exchange("tools/list", { tools: [tool] });
  const read = (result: unknown, more: Partial<Exchange> = {}) =>
    exchange("resources/read", result, { params: { uri: "ui://w" }, ...more });
  it("a document is kept as its hash and its kind", () => {
    const { resources } = evidenceOf([
      list,
      read({ contents: [{ uri: "ui://w", text: "<!-- x --><!DOCTYPE html><p>secret</p>" }] }),
    ]);
    expect(resources).toMatchObject({
      value: {
        reads: [{ uri: "ui://w", tools: ["show"], contents: [{ kind: "text", markup: "document", bytes: 38 }] }],
      },
    });
    expect(JSON.stringify(resources)).not.toContain("secret");
  });
  it("text and blob of the same bytes have the same hash", () => {
    const text = "<html>é</html>";
    const hashes = [{ text }, { blob: Buffer.from(text).toString("base64") }].map((item) => {
      const { resources } = evidenceOf([list, read({ contents: [item] })]);
      return resources.status === "ok" ? resources.value.reads[0]?.contents[0]?.sha256 : "";
    });
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[1]).toBe(hashes[0]);
  });
  it("an error and silence are told", () => {
    const errorOf = (one: Exchange) => {
      const { resources } = evidenceOf([list, one]);
      return resources.status === "ok" ? resources.value.reads[0]?.error : "";
    };
    expect(errorOf(read(undefined, { error: { code: -32002, message: "not found" } }))).toBe("not found");
    expect(errorOf(read(undefined, { ms: null }))).toBe("no answer");
  });
  it("what no tool names is not looked at", () => {
    const { resources } = evidenceOf([list, exchange("resources/read", {}, { params: { uri: "ui://other" } })]);
    expect(resources).toMatchObject({ value: { reads: [] } });
  });
});

describe("persons", () => {
  const MAIL = "ada.lovelace@acme.dev";
  const failing = (text: string, args: unknown = {}) =>
    evidenceOf([
      exchange(
        "tools/call",
        { isError: true, content: [{ type: "text", text }] },
        { params: { name: "show", arguments: args } },
      ),
    ]);
  const personalIn = ({ calls }: ReturnType<typeof evidenceOf>) =>
    calls.status === "ok" ? (calls.value[0]?.personal ?? []).map(({ kind }) => kind) : [];
  it("in an error are told, and nobody whom the arguments named, or who only helps", () => {
    expect(personalIn(failing(`No order of ${MAIL}`))).toEqual(["email"]);
    expect(personalIn(failing('{"customerName":"Ada Lovelace"}'))).toEqual(["name"]);
    expect(personalIn(failing(`No order of ${MAIL}`, { user: MAIL }))).toEqual([]);
    expect(personalIn(failing("Write to support@acme.dev"))).toEqual([]);
  });
  it("in an error of the protocol, and in its data", () => {
    const error = { message: "no", data: { owner: MAIL } };
    expect(personalIn(evidenceOf([exchange("tools/call", undefined, { params: { name: "show" }, error })]))).toEqual([
      "email",
    ]);
  });
  it("in an answer are what was asked for", () => {
    const answer = { content: [{ type: "text", text: MAIL }] };
    expect(personalIn(evidenceOf([exchange("tools/call", answer, { params: { name: "show" } })]))).toEqual([]);
  });
  it("in logs are told by the way that the log goes, those that came later too", () => {
    const log = { method: "notifications/message", params: { level: "info", data: MAIL }, isRequest: false };
    const plain = serverEvidenceOf(recordOf([], { stderr: `login of ${MAIL}` }), []);
    const later = withLaterLogs(plain, recordOf([], { stderr: `login of ${MAIL}`, messages: [log] }));
    const pathsOf = ({ artifacts: { transport } }: typeof plain) =>
      transport.status === "ok" ? transport.value.detections.map(({ path }) => path) : [];
    expect(pathsOf(plain)).toEqual(["$stderr"]);
    expect(pathsOf(later)).toEqual(["$stderr", "$logs[0]"]);
    expect(JSON.stringify(later)).not.toContain(MAIL);
  });
});

describe("secrets stay out", () => {
  const all = evidenceOf(
    [
      exchange("initialize", { serverInfo: { name: "s", version: "1" }, instructions: `Use ${TOKEN}` }),
      exchange("tools/list", { tools: [{ ...tool, description: `token ${TOKEN}` }] }),
      exchange(
        "tools/call",
        { content: [{ type: "text", text: TOKEN }], _meta: { token: TOKEN } },
        { params: { name: "show" } },
      ),
      exchange("tools/call", undefined, { params: { name: "show" }, error: { message: `bad ${TOKEN}` } }),
    ],
    {
      stderr: `started with ${TOKEN}`,
      messages: [
        { method: "notifications/message", params: { level: "info", data: { token: TOKEN } }, isRequest: false },
      ],
      http: [{ method: "POST", status: 200, headers: { "mcp-session-id": "abc-123" } }],
    },
  );
  it("of every place that a server can write to", () => expect(JSON.stringify(all)).not.toContain(TOKEN));
  it("and are told with their kind", () => {
    expect(all.transport).toMatchObject({ value: { detections: [{ family: "secret" }, { family: "secret" }] } });
    expect(all.calls).toMatchObject({
      value: [{ detections: [{ kind: "github-pat" }, {}] }, { error: expect.stringContaining("bad") as string }],
    });
  });
  it("an id of a session is a fact of its form alone", () => {
    expect(JSON.stringify(all.transport)).not.toContain("abc-123");
    expect(all.transport).toMatchObject({ value: { sessionIds: [{ length: 7, visibleAscii: true }] } });
  });
});
