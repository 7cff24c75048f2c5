import { expect, test } from "vitest";
import { argumentsFor } from "../../../harness/sources/mcp-arguments.ts";
import { anyOf, something } from "../../expecting.ts";

const property = (schema: unknown) => ({ type: "object", properties: { a: schema }, required: ["a"] });

test("what is required is made up, valid, and the same each time", async () => {
  const made = async (schema: unknown) => (await argumentsFor(property(schema))).args.a;
  expect(await made({ type: "string", pattern: "^\\d{4}-\\d{2}$" })).toMatch(/^\d{4}-\d{2}$/);
  expect(await made({ anyOf: [{ type: "string", pattern: "^[A-Z]{3}$" }, { type: "null" }] })).toMatch(/^[A-Z]{3}$/);
  expect(
    await made({ type: "array", minItems: 3, maxItems: 3, items: { type: "integer", minimum: 1, maximum: 9 } }),
  ).toEqual([anyOf(Number), anyOf(Number), anyOf(Number)]);
  expect(
    await made({
      type: "object",
      properties: {
        x: { type: "object", properties: { y: { type: "boolean" } }, required: ["y"] },
        z: { type: "string" },
      },
      required: ["x"],
    }),
  ).toEqual({ x: { y: anyOf(Boolean) } });
  expect(URL.canParse(String(await made({ type: "string", format: "uri" })))).toBe(true);
  expect(await made({ type: "string", minLength: 5 })).toBe(await made({ type: "string", minLength: 5 }));
});
test("a reference into the schema is followed, one out of it is not", async () => {
  const local = { ...property({ $ref: "#/$defs/A" }), $defs: { A: { type: "string", minLength: 5 } } };
  expect(String((await argumentsFor(local)).args.a).length).toBeGreaterThanOrEqual(5);
  await expect(argumentsFor(property({ $ref: "https://x.example/s.json" }))).rejects.toThrow("is not fetched");
});
test.each([
  ["allOf", { allOf: [{ properties: { a: { type: "integer", minimum: 3 } }, required: ["a"] }] }],
  [
    "if",
    {
      properties: { k: { enum: ["x"] }, a: { type: "string" } },
      required: ["k"],
      if: { properties: { k: { const: "x" } } },
      then: { required: ["a"] },
    },
  ],
])("what %s asks for is there", async (_, schema) => {
  expect(await argumentsFor({ type: "object", ...schema })).toMatchObject({
    args: { a: something() },
    invented: true,
  });
});
test("nothing is invented where nothing is required, or all is stated", async () => {
  expect(await argumentsFor({ type: "object", properties: { a: { type: "string" } } })).toEqual({
    args: {},
    invented: false,
  });
  expect(await argumentsFor(property({ type: "string", default: "x" }))).toEqual({ args: { a: "x" }, invented: false });
  expect(await argumentsFor(property({ enum: ["only"] }))).toEqual({ args: { a: "only" }, invented: false });
});
