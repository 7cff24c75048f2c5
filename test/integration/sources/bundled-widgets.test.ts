import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { loadTarget } from "../../../harness/sources/index.ts";
import type { Widget } from "../../../harness/model/widget.ts";
import { matching } from "../../expecting.ts";

const cwd = join(import.meta.dirname, "../../..");
const HONEST_BYTES = 20_000;

const problemsOf = (widget: Widget) =>
  readDeclaration(widget.meta, ["openai/widgetCSP", "ui.csp"]).problems.map(({ code }) => code);

test("the honest widgets declare both keys and a domain, without a problem, and stay small", async () => {
  const { widgets, warnings } = await loadTarget({ targets: [], cwd });
  expect(warnings).toEqual([matching(/^widgets\/broken is left out: /)]);
  expect(widgets.map(({ name }) => name).sort()).toEqual(["places", "sales-chart", "weather"]);
  for (const widget of widgets) {
    expect(problemsOf(widget), widget.name).toEqual([]);
    expect(widget.scenarios.length).toBeGreaterThan(1);
    const folder = join(cwd, "widgets", widget.name);
    const bytes = readdirSync(folder, { recursive: true, encoding: "utf8" }).reduce(
      (sum, name) => sum + statSync(join(folder, name)).size * Number(statSync(join(folder, name)).isFile()),
      0,
    );
    expect(bytes, widget.name).toBeLessThan(HONEST_BYTES);
  }
}, 20_000);

test("each broken widget is named after its folder, short, and declares what it should unless that is its fault", async () => {
  const { widgets } = await loadTarget({ targets: ["widgets/broken"], cwd });
  expect(widgets.length).toBeGreaterThan(30);
  for (const widget of widgets) {
    expect(widget.source).toMatchObject({ path: `widgets/${widget.name}` });
    expect(widget.html.split("\n").length, widget.name).toBeLessThan(45);
    const declarationIsTheFault = widget.name === "broken/csp/declaration";
    expect(problemsOf(widget).length > 0, widget.name).toBe(declarationIsTheFault);
  }
});
