/** `schema.json` as an editor reads it: the bundled widgets are valid, and a slip of the pen is not. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { jsonSchema } from "../../../harness/config/json-schema.ts";
import { configSchema } from "../../../harness/config/schema.ts";
import { widgetSchema } from "../../../harness/config/widget-schema.ts";

const root = join(import.meta.dirname, "../../..");
const { $id: _, ...written } = jsonSchema();
const schema = z.fromJSONSchema(written);
const bundled = readdirSync(join(root, "widgets"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "broken")
  .map(({ name }) => name);

it.each(bundled)("widgets/%s/widget.json is valid", (name) => {
  const value: unknown = JSON.parse(readFileSync(join(root, "widgets", name, "widget.json"), "utf8"));
  expect(schema.safeParse(value).success).toBe(true);
});

const CONFIG = {
  $schema: "./node_modules/sandglass/schema.json",
  targets: ["widgets"],
  limits: { quietMs: 300 },
  scenarios: { map: { default: { steps: [{ click: "text=Go" }], mocks: [{ url: "https://a.example/*", json: {} }] } } },
};

it.each([
  ["a whole config", CONFIG, true],
  ["a field that there is not", { targts: ["widgets"] }, false],
  ["a limit that there is not", { limits: { quiet: 300 } }, false],
  ["a severity that there is not", { failOn: "info" }, false],
  ["a step that there is not", { scenarios: { map: { s: { steps: [{ clic: "x" }] } } } }, false],
])("%s", (_what, value, valid) => {
  expect(schema.safeParse(value).success).toBe(valid);
  expect(configSchema.safeParse(value).success, "as the validator says").toBe(valid);
});

it("$schema may stand in both files", () => {
  const { $schema } = CONFIG;
  expect(configSchema.safeParse({ $schema }).success).toBe(true);
  expect(widgetSchema.safeParse({ $schema }).success).toBe(true);
});

it("every field has a meaning for the editor to show", () => {
  const definitions = Object.entries(written.$defs ?? {});
  const without = definitions.flatMap(([name, definition]) =>
    Object.entries(typeof definition === "object" ? (definition.properties ?? {}) : {})
      .filter(([, field]) => typeof field === "object" && field.description === undefined && field.$ref === undefined)
      .map(([field]) => `${name}.${field}`),
  );
  expect(without).toEqual([]);
});
