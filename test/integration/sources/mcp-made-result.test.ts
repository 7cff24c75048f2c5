/** A made result fits its schema, is the same each time, asks for no made-up address, and is never huge. */
import { describe, expect, test } from "vitest";
import { madeResult } from "../../../harness/sources/mcp-made-result.ts";
import { anyOf, matching, something } from "../../expecting.ts";

const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });

test("fits the schema, optional parts and list items too, and is the same each time", async () => {
  const schema = object({
    title: { type: "string" },
    count: { type: "integer", minimum: 3, maximum: 5 },
    state: { enum: ["open", "closed"] },
    rows: { type: "array", items: object({ id: { type: "number" } }, { required: ["id"] }) },
  });
  const made = await madeResult(schema);
  expect(made).toMatchObject({ title: anyOf(String), rows: [{ id: anyOf(Number) }, something()] });
  expect(["open", "closed"]).toContain(made?.state);
  expect([3, 4, 5]).toContain(made?.count);
  expect(await madeResult(schema)).toEqual(made);
});

test("names no address that nobody gave, and moments are moments", async () => {
  const made = await madeResult(
    object({
      link: { type: "string", format: "uri" },
      imageUrl: { type: "string" },
      createdAt: { type: "string" },
      home: { type: "string", default: "https://shop.example.com/" },
    }),
  );
  expect(made).toMatchObject({
    link: matching(/^data:image/),
    imageUrl: matching(/^data:image/),
    home: "https://shop.example.com/",
  });
  expect(Date.parse(String(made?.createdAt))).not.toBeNaN();
});

describe("a schema that asks for something huge", () => {
  test.each([
    ["a long text", { minLength: 1e9, type: "string" }],
    ["a long list", { type: "array", minItems: 1e9, items: {} }],
    ["a long pattern", { type: "string", pattern: "^(?:a{999}){999999}$" }],
  ])("%s gives no result, at once", async (_, property) => {
    const started = performance.now();
    expect(await madeResult(object({ property }, { required: ["property"] }))).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(3000);
  });
  test("where it may be huge it is small", async () => {
    const made = await madeResult(object({ text: { type: "string", maxLength: 1e9 } }));
    expect(String(made?.text).length).toBeLessThanOrEqual(200);
  });
});

test.each([
  ["no schema", undefined],
  ["a schema that is none", "text"],
  ["a schema that points elsewhere", object({ a: { $ref: "https://example.com/a.json" } })],
  [
    "a value that can never end",
    { $defs: { n: object({ n: { $ref: "#/$defs/n" } }, { required: ["n"] }) }, $ref: "#/$defs/n" },
  ],
  ["a contradiction", object({ a: { type: "number", minimum: 5, maximum: 1 } }, { required: ["a"] })],
])("%s gives no result", async (_, schema) => {
  expect(await madeResult(schema)).toBeUndefined();
});
