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

const nested = (levels: number, minItems: number): unknown =>
  Array.from({ length: levels }).reduce((items) => ({ type: "array", minItems, items }), { type: "integer" });
const doubling = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [
    `d${index}`,
    index === 39
      ? { type: "integer" }
      : {
          type: "object",
          properties: { l: { $ref: `#/$defs/d${index + 1}` }, r: { $ref: `#/$defs/d${index + 1}` } },
          required: ["l", "r"],
        },
  ]),
);
test.concurrent.each([
  ["a string of 1e9 characters", { type: "string", minLength: 1e9 }],
  ["1e9 items", { type: "array", minItems: 1e9, items: { type: "integer" } }],
  ["1000 times 1000 times 1000 items", nested(3, 1000)],
  ["a pattern of 1e9 characters", { type: "string", pattern: "^(?:a{1000}){1000000}$" }],
  ["a schema 100,000 levels deep", nested(100_000, 1)],
])("%s are not made, and the next schema is served", { timeout: 60_000 }, async (_, schema) => {
  await expect(argumentsFor(property(schema))).rejects.toThrow(/asks for|exceeded|invalid|length|stack/i);
  expect((await argumentsFor(property({ type: "string", minLength: 3 }))).args.a).toMatch(/^.{3,}$/);
});
test.concurrent("upper bounds are not filled", async () => {
  const { args } = await argumentsFor({
    type: "object",
    properties: {
      text: { type: "string", minLength: 2, maxLength: 1e9 },
      list: { type: "array", minItems: 2, maxItems: 1e9, items: { type: "integer" } },
    },
    required: ["text", "list"],
  });
  expect(JSON.stringify(args).length).toBeLessThan(500);
  expect([String(args.text).length, (args.list as unknown[]).length].every((length) => length >= 2)).toBe(true);
});
test.concurrent("references that lead on without end, or double 40 times, end", { timeout: 60_000 }, async () => {
  const made = async (schema: object) =>
    argumentsFor(schema).then(
      () => "made",
      () => "refused",
    );
  for (const schema of [
    { ...property({ $ref: "#/$defs/d0" }), $defs: doubling },
    { ...property({ $ref: "#/$defs/A" }), $defs: { A: property({ $ref: "#/$defs/A" }) } },
    { ...property({ $ref: "#/$defs/A" }), $defs: { A: { $ref: "#/$defs/B" }, B: { $ref: "#/$defs/A" } } },
  ])
    expect(await made(schema)).toMatch(/made|refused/);
});
