/** What a scenario expects: its shape, where it is written, and the line of it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfigFile } from "../../../harness/config/load.ts";
import { placeInFile } from "../../../harness/config/place-in-file.ts";
import { checkShape } from "../../../harness/config/problems.ts";
import { scenarioSchema } from "../../../harness/config/scenario.ts";
import { expectationsOf, kindOf } from "../../../harness/model/expectation.ts";
import { readManifest } from "../../../harness/sources/manifest.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "sandglass-expect-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe("shape", () => {
  it.each([
    { text: "4 tables" },
    { role: "button" },
    { role: "button", name: "Next" },
    { tool: "book", with: { seats: 2 } },
    { message: "Book" },
    { context: "Lisbon" },
    { context: { city: "Lisbon" } },
    { link: "https://a.example/*" },
    { request: "https://a.example" },
    { displayMode: "pip" },
  ])("%j, and that it is not there, at the end and in a step", (asserted) => {
    for (const one of [asserted, { not: asserted }]) {
      const scenario = { expect: [one], steps: [{ expect: one }] };
      expect(checkShape(scenario, scenarioSchema)).toEqual({ ok: true, value: scenario });
      expect(expectationsOf(scenario as Parameters<typeof expectationsOf>[0]).map(({ step }) => step)).toEqual([
        0,
        undefined,
      ]);
      expect(kindOf(one as Parameters<typeof kindOf>[0])).toBe(Object.keys(asserted)[0]);
    }
  });

  it.each([
    [{ txet: "4 tables" }],
    [{ text: "a", role: "button" }],
    [{ displayMode: "wide" }],
    [{ not: { not: { text: "a" } } }],
    ["4 tables"],
  ])("%j is refused", (one) => {
    expect(checkShape({ expect: [one] }, scenarioSchema)).toMatchObject({
      ok: false,
      problems: [{ path: "$.expect[0]", message: expect.stringMatching(/^must be one of \{ text \}/) as string }],
    });
  });
});

describe("what nothing could ever be is refused: ruling it out would mean nothing", () => {
  it.each([
    [{ request: "stats.example.com" }, "request", /address with its scheme/],
    [{ request: "stats.example.com/*" }, "request", /address with its scheme/],
    [{ link: "shop.example.com" }, "link", /address with its scheme/],
    [{ link: "localhost:3000/a" }, "link", /address with its scheme/],
    [{ role: "buton" }, "role", /ARIA role/],
    [{ role: "presentation" }, "role", /ARIA role/],
  ])("%j", (asserted, field, said) => {
    for (const [one, path] of [
      [asserted, field],
      [{ not: asserted }, `not.${field}`],
    ] as const)
      expect(checkShape({ expect: [one] }, scenarioSchema)).toMatchObject({
        ok: false,
        problems: [{ path: `$.expect[0].${path}`, message: expect.stringMatching(said) as string }],
      });
  });

  it.each([
    { request: "*.png" },
    { request: "https://*.example.com" },
    { request: "wss://live.example.com" },
    { link: "mailto:a@b.example" },
    { link: "tel:*" },
    { role: "doc-subtitle" },
  ])("%j is taken", (asserted) =>
    expect(checkShape({ expect: [asserted] }, scenarioSchema)).toMatchObject({ ok: true }),
  );
});

const SCENARIOS = { default: { steps: [{ click: "a" }, { expect: { text: "a" } }], expect: [{ text: "b" }] } };
const placesOf = (scenario: Parameters<typeof expectationsOf>[0] | undefined): string[] =>
  expectationsOf(scenario ?? {}).map(({ where }) => `${where?.file ?? ""}: ${where?.path ?? ""}`);

describe("where it is written", () => {
  it("in widget.json, and in the file that it names", async () => {
    const own = write("widget.json", JSON.stringify({ name: "w", scenarios: SCENARIOS }));
    expect(placesOf((await readManifest(own, "w/widget.json")).scenarios[0])).toEqual([
      "w/widget.json: scenarios.default.steps[1].expect",
      "w/widget.json: scenarios.default.expect[0]",
    ]);
    write("s.json", JSON.stringify(SCENARIOS));
    const naming = write("widget.json", JSON.stringify({ name: "w", scenarios: "s.json" }));
    expect(placesOf((await readManifest(naming, "w/widget.json")).scenarios[0])).toContain(
      "w/s.json: default.expect[0]",
    );
  });

  it("in the config, and in the file that it names", async () => {
    write("s.yaml", "default:\n  expect:\n    - text: b\n");
    const file = write("c.json", JSON.stringify({ scenarios: { "show map": SCENARIOS, other: "s.yaml" } }));
    const { scenarios } = await readConfigFile(file, "c.json");
    expect(placesOf(scenarios["show map"]?.[0])).toContain('c.json: scenarios["show map"].default.expect[0]');
    expect(placesOf(scenarios.other?.[0])).toEqual(["s.yaml: default.expect[0]"]);
  });

  it("a scenario that expects nothing is written nowhere", async () => {
    const file = write("widget.json", JSON.stringify({ name: "w", scenarios: { default: { toolOutput: {} } } }));
    expect((await readManifest(file, "w/widget.json")).scenarios[0]).not.toHaveProperty("writtenAt");
  });
});

describe("its line", () => {
  const path = ["scenarios", "show-map", "default", "expect", 1];
  it.each([
    [
      "c.json",
      `{
  "scenarios": { "show-map": { "default": {
    "expect": [
      { "text": "a, [b]" },
      { "text": "c" }
    ] } } }
}`,
    ],
    [
      "c.yaml",
      `scenarios:
  show-map:
    default:
      expect: [{ text: "a, [b]" },
        { text: c }]
`,
    ],
    [
      "c.ts",
      `// scenarios: { "show-map": { default: { expect: [1,
//   2] } } }
export default defineConfig({ scenarios: { other: { default: { expect: [] } }, "show-map": { default: { steps: [{ expect: { text: "expect: [1,2]" } }],
  expect: [{ text: "a, [b]", list: [1, 2] }, // two, three
    { text: \`c\` }] } } } });
`,
    ],
  ])("%s", async (name, text) => {
    const { line } = await placeInFile(name, text, path);
    expect(text.split("\n")[line - 1]).toMatch(/text"?: ["`]?c/);
  });

  it("what is not there is at what is around it", async () => {
    expect(await placeInFile("c.ts", "export default {\n  scenarios: {} };", path)).toEqual({ line: 2, column: 3 });
    expect(await placeInFile("c.yaml", "scenarios:\n  show-map: {}\n", path)).toMatchObject({ line: 2 });
  });
});
