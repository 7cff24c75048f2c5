/** Which fields of `toolOutput` a widget read, told apart from walking over all of them. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FieldReads } from "../../../harness/model/evidence.ts";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import type { Scenario, Widget } from "../../../harness/model/widget.ts";
import { profiles } from "../../../host/profiles/index.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

const MARK = "answer:";
const OUTPUT = {
  city: "Lisbon",
  degrees: 22,
  internal: { trace: "abc", rows: [1, 2, 3] },
  places: [
    { name: "a", id: 1 },
    { name: "b", id: 2 },
  ],
};

async function reads(
  code: string,
): Promise<{ readonly states: Record<string, string>; readonly reads: FieldReads; readonly answer: unknown }> {
  const scenario: Scenario = { name: "default", toolOutput: OUTPUT };
  const widget: Widget = {
    name: "reads",
    html: `<!doctype html><html><body><p id="p">hello</p><script>${code}</script></body></html>`,
    source: { kind: "html", path: "reads.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: "reads",
    scenarios: [scenario],
    meta: {},
  };
  const { artifacts } = await gatherer.gather({ widget, scenario, profile: profiles.chatgpt });
  if (artifacts.props.status !== "ok" || !artifacts.props.value.reads || artifacts.console.status !== "ok")
    throw new Error(JSON.stringify([artifacts.props, artifacts.console]));
  const line = artifacts.console.value.find(({ text }) => text.startsWith(MARK))?.text;
  return {
    states: Object.fromEntries(artifacts.props.value.reads.fields.map(({ path, state }) => [path, state])),
    reads: artifacts.props.value.reads,
    answer: line && JSON.parse(line.slice(MARK.length)),
  };
}

it.concurrent("fields that are used are read, the others unread", async () => {
  const { states } = await reads(
    "const o = openai.toolOutput; p.textContent = o.city + o.places.map((place) => place.name).join()",
  );
  expect(states).toMatchObject({
    "$.city": "read",
    "$.places[0].name": "read",
    "$.places[1].name": "read",
    "$.degrees": "unread",
    "$.internal.trace": "unread",
    "$.places[0].id": "unread",
  });
});

it.concurrent("JSON.stringify walks and does not use", async () => {
  const { states, reads: all } = await reads(
    "localStorage.setItem('x', JSON.stringify(openai.toolOutput)); p.textContent = openai.toolOutput.city",
  );
  expect(states["$.city"]).toBe("read");
  expect(states["$.internal.trace"]).toBe("walked");
  expect(all.opaque.length).toBeGreaterThan(0);
});

it.concurrent("a spread into state walks", async () => {
  const { states } = await reads("const state = { ...openai.toolOutput, more: 1 }; p.textContent = state.city");
  expect(states["$.degrees"]).toBe("walked");
  expect(states["$.internal.trace"]).toBe("unread");
});

it.concurrent("the widget sees plain data: identity, keys, cloning, mutation", async () => {
  const { answer } =
    await reads(`const o = openai.toolOutput; const same = o.internal === o.internal && openai.toolOutput === o; const clone = structuredClone(o); o.degrees = 23;
    console.log(${JSON.stringify(MARK)} + JSON.stringify([same, Object.keys(o), Array.isArray(o.places), clone, o.degrees, JSON.stringify(o.internal), Object.prototype.toString.call(o), o.places.length, 'city' in o]))`);
  expect(answer).toEqual([
    true,
    ["city", "degrees", "internal", "places"],
    true,
    OUTPUT,
    23,
    JSON.stringify(OUTPUT.internal),
    "[object Object]",
    2,
    true,
  ]);
});

it.concurrent("a list that is counted may be used for that; one that nobody reached is unread", async () => {
  const { states } = await reads("p.textContent = openai.toolOutput.places.length + ' places'");
  expect(states).toMatchObject({
    "$.places[0].name": "walked",
    "$.places[1].id": "walked",
    "$.internal.rows[0]": "unread",
    "$.city": "unread",
  });
});

it.concurrent("a map widget that reads positions by index reads them", async () => {
  const { states } = await reads(
    "for (const place of openai.toolOutput.places) { const { id, name } = place; p.append(name + id) }",
  );
  expect(states["$.places[1].id"]).toMatch(/read|walked/);
  expect(states["$.city"]).toBe("unread");
});
