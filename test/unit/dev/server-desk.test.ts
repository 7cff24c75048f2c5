/** What the page may learn of an MCP server, and ask it: bounded, whatever the server says. */
import { expect, it } from "vitest";
import { serverDesk } from "../../../harness/dev/server-desk.ts";
import type { Ask, ServerRecorder } from "../../../harness/model/server-record.ts";
import type { ServerQuestion } from "../../../host/server/server-types.ts";

type Answers = (method: string, params: Readonly<Record<string, unknown>>) => unknown;

function deskOf(answers: Answers) {
  const asked: string[] = [];
  const ask = ((method, params) => {
    asked.push(method);
    return Promise.resolve().then(() => answers(method, params as Readonly<Record<string, unknown>>));
  }) as Ask;
  const server = {
    record: () => ({ server: "node server.mjs" }),
    asking: (use: (ask: Ask) => Promise<unknown>) => use(ask),
  } as unknown as ServerRecorder;
  const desk = serverDesk({
    server: () => server,
    widgets: () => [],
    log: () => ({ rows: [], first: 1, last: 0, more: false }),
  });
  const put = (question: ServerQuestion) => desk.ask(question, new AbortController().signal);
  return { desk, put, asked };
}

const none = () => {
  throw Object.assign(new Error("Method not found"), { code: -32601 });
};
const TOOL = {
  name: "t",
  inputSchema: { type: "object" },
  outputSchema: { type: "object", required: ["n"], properties: { n: { type: "number" } } },
};

it("lists what there is; a method that the server does not know is an empty list", async () => {
  const { desk } = deskOf((method) =>
    method === "tools/list"
      ? { tools: [{ ...TOOL, annotations: { readOnlyHint: true }, _meta: { ui: { resourceUri: "ui://w" } } }] }
      : none(),
  );
  expect(await desk.directory()).toMatchObject({
    server: "node server.mjs",
    tools: {
      state: "ok",
      more: false,
      entries: [{ name: "t", annotations: { readOnlyHint: true }, resourceUri: "ui://w" }],
    },
    resources: { state: "ok", entries: [] },
    prompts: { state: "ok", entries: [] },
  });
});

it("leaves a list without end, and one that is huge", async () => {
  let page = 0;
  const { desk, asked } = deskOf((method) => {
    if (method === "tools/list") return { tools: [{ name: `t${page}` }], nextCursor: String(page++) };
    if (method === "prompts/list")
      return {
        prompts: Array.from({ length: 5000 }, (_one, index) => ({ name: `p${index}`, description: "d".repeat(9000) })),
      };
    return none();
  });
  const directory = await desk.directory();
  expect(directory).toMatchObject({ tools: { more: true }, prompts: { more: true } });
  expect(asked.filter((method) => method === "tools/list").length).toBeLessThanOrEqual(100);
  expect(JSON.stringify(directory).length).toBeLessThan(6_000_000);
});

it("does not turn around for a cursor that comes again, nor for entries that are none", async () => {
  const { desk, asked } = deskOf((method) =>
    method === "tools/list" ? { tools: [null, 7, { name: 3 }, { name: "t" }], nextCursor: "same" } : none(),
  );
  expect(await desk.directory()).toMatchObject({ tools: { state: "ok", more: true } });
  expect(asked.filter((method) => method === "tools/list")).toHaveLength(2);
});

it("says why a list failed", async () => {
  const { desk } = deskOf((method) => {
    if (method === "tools/list") throw new Error("it did not answer within 10 s");
    return none();
  });
  expect((await desk.directory())?.tools).toEqual({ state: "failed", message: "it did not answer within 10 s" });
});

it.each([
  [{ structuredContent: { n: 1 } }, { state: "matches" }],
  [{ structuredContent: { n: "1" } }, { state: "differs", faults: ["$.n is string, and number is declared"] }],
  [{ content: [] }, { state: "differs", faults: ["structuredContent is missing"] }],
  [{ isError: true, content: [] }, { state: "undeclared" }],
])("says whether %j is of the output schema", async (answer, match) => {
  const { desk, put } = deskOf((method) => {
    if (method === "tools/list") return { tools: [TOOL] };
    return method === "tools/call" ? answer : none();
  });
  await desk.directory();
  expect(await put({ kind: "tool", name: "t", arguments: {} })).toMatchObject({ ok: true, value: answer, match });
});

it("hands over the beginning of 50 MB, and no more", async () => {
  const { put } = deskOf(() => ({ contents: [{ uri: "r", text: "x".repeat(50_000_000) }] }));
  const reply = await put({ kind: "resource", uri: "r" });
  expect(reply).toMatchObject({ ok: true, widget: null });
  expect(reply).not.toHaveProperty("value");
  expect(JSON.stringify(reply).length).toBeLessThan(50_000);
});

it("says what a server refuses, in a line", async () => {
  const { put } = deskOf(() => {
    throw new Error(`no\n${"such ".repeat(1000)}`);
  });
  const reply = await put({ kind: "prompt", name: "p", arguments: {} });
  expect(reply).toMatchObject({ ok: false });
  expect(JSON.stringify(reply).length).toBeLessThan(1100);
});

it("is not kept by an output schema that names itself twice", async () => {
  const knot = { anyOf: [{ $ref: "#" }, { $ref: "#" }, { $ref: "#" }], allOf: [{ $ref: "#" }] };
  const { desk, put } = deskOf((method) => {
    if (method === "tools/list") return { tools: [{ name: "t", outputSchema: knot }] };
    return method === "tools/call" ? { structuredContent: {} } : none();
  });
  await desk.directory();
  const began = performance.now();
  await put({ kind: "tool", name: "t", arguments: {} });
  expect(performance.now() - began).toBeLessThan(5000);
});
