/** Which tools are widgets of their own, and which are called unasked. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { loadTarget } from "../../../harness/sources/index.ts";
import type { LoadedTarget } from "../../../harness/model/widget.ts";
import { argumentsFor } from "../../../harness/sources/mcp-arguments.ts";
import { madeResult } from "../../../harness/sources/mcp-made-result.ts";
import { matching } from "../../expecting.ts";

const FIXTURE = join(import.meta.dirname, "../../fixtures/raw-server.mjs");
let open: LoadedTarget | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});
async function load(mode: string, targets: readonly string[] = []): Promise<LoadedTarget> {
  return (open = await loadTarget({
    targets: [...targets],
    mcpStdio: `"${process.execPath}" "${FIXTURE}" ${mode}`,
    cwd: tmpdir(),
  }));
}
const namesOf = ({ widgets }: LoadedTarget) => widgets.map(({ name }) => name);

test("a tool that only apps may call is no widget of its own, unless nothing else has its page", async () => {
  expect(namesOf(await load("app-only"))).toEqual(["t"]);
  await open?.close();
  expect(namesOf(await load("app-only-alone"))).toEqual(["t"]);
});

test("one page with the same input and result is rendered once, and that is said", async () => {
  const target = await load("same-page");
  expect(namesOf(target)).toEqual(["t", "other"]);
  expect(target.warnings).toEqual([matching(/^Tools t and again show one page .* rendered once, as t\.$/)]);
});

describe("a UI resource that no tool names", () => {
  test("is a widget without input and result; what cannot be read is left out and said, one page is shown once", async () => {
    const { widgets, warnings } = await load("modal");
    expect(widgets.map(({ name }) => name)).toEqual(["t", "ui://modal"]);
    expect(widgets[1]).toMatchObject({ scenarios: [{ name: "default" }], html: "<p>modal</p>" });
    expect(widgets[1]?.tool).toBeUndefined();
    expect(widgets[1]?.source).toMatchObject({ kind: "mcp", uri: "ui://modal", leftOut: ["ui://broken"] });
    expect(warnings).toEqual([
      matching(/ui:\/\/broken is not HTML: it is empty.*No tool names it, so it was left out/),
    ]);
  });
  test("is chosen by its name alone, and a name that nothing has is an error", async () => {
    expect(namesOf(await load("modal", ["ui://modal"]))).toEqual(["ui://modal"]);
    await open?.close();
    await expect(load("modal", ["ui://nowhere"])).rejects.toMatchObject({ code: "NO_WIDGETS" });
  });
  test("is one of at most 20: the rest is counted", async () => {
    const { widgets } = await load("many");
    expect(widgets).toHaveLength(21);
    const { source } = widgets[1] ?? {};
    expect(source?.kind === "mcp" ? source.leftOut : []).toHaveLength(280);
  });
});

test("without annotations only a tool is called that takes nothing and says that it shows", async () => {
  const { widgets } = await load("shows");
  const called = widgets.filter(({ scenarios }) => scenarios.some(({ toolOutput }) => toolOutput !== undefined));
  expect(called.map(({ name }) => name)).toEqual(["show_orders"]);
});

describe("examples in descriptions", () => {
  const properties = {
    city: { type: "string", description: "Name of the city, e.g. New York, in English" },
    quoted: { type: "string", description: 'A colour (for example "deep blue").' },
    day: { type: "string", description: "Example: 2026-01-31." },
    count: { type: "integer", description: "How many, e.g. 12." },
    list: { type: "array", items: { type: "string" }, description: 'Tags. Example: ["a", "b"]' },
    stated: { type: "string", enum: ["x"], description: "e.g. y" },
  };
  const values = { city: "New York", quoted: "deep blue", day: "2026-01-31", count: 12, list: ["a", "b"], stated: "x" };
  test("are arguments that are required", async () => {
    const schema = { type: "object", properties, required: Object.keys(properties) };
    expect((await argumentsFor(schema)).args).toEqual(values);
  });
  test("are what a made result holds", async () => {
    expect(await madeResult({ type: "object", properties })).toEqual(values);
  });
  test("that do not fit are none", async () => {
    const made = await madeResult({ type: "object", properties: { n: { type: "integer", description: "e.g. many" } } });
    expect(made?.n).toBeTypeOf("number");
  });
});
