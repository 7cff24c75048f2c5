import { describe, expect, it } from "vitest";
import outputSchema from "../../../../harness/checks/tools/output-schema.ts";
import { schemaFaults } from "../../../../harness/checks/shared/schema-faults.ts";
import { callOf, cases, toolOf, toolsOf } from "../server-make.ts";

const answering = (structuredContent: unknown, schema: unknown) => ({
  tools: toolsOf(toolOf({ outputSchema: schema, _meta: undefined })),
  calls: [callOf({ structuredContent })],
});
const SCHEMA = { type: "object", properties: { degrees: { type: "number" } }, required: ["degrees"] };
const without = ({ structuredContent: _left, ...call }: ReturnType<typeof callOf>) => call;

cases(outputSchema, {
  fails: [
    ["a result that is not declared", answering({ degrees: 4 }, undefined), "no-schema warning"],
    ["a wrong type", answering({ degrees: "4" }, SCHEMA), "mismatch error"],
    ["a field that is missing", answering({}, SCHEMA), "mismatch error"],
    ["a list", answering([], SCHEMA), "not-object error"],
    ["no result at all", { calls: [without(callOf())] }, "no-result error"],
    [
      "twice wrong is told once",
      { tools: toolsOf(), calls: [callOf({ structuredContent: {} }), callOf({ structuredContent: {} })] },
      "mismatch error",
    ],
    [
      "a widget of which nothing is declared",
      { tools: toolsOf(toolOf({ outputSchema: undefined })), calls: [] },
      "ui-without-schema info",
    ],
  ],
  passes: [
    ["as declared", {}, "pass"],
    ["a failed call owes nothing", { calls: [callOf({ structuredContent: {}, isError: true })] }, "pass"],
    [
      "nothing declared, nothing returned",
      { tools: toolsOf(toolOf({ outputSchema: undefined, _meta: undefined })), calls: [without(callOf())] },
      "pass",
    ],
    ["a tool that was not called", { calls: [] }, "pass"],
  ],
});

describe("schemaFaults", () => {
  it.each<[string, unknown, unknown, string[]]>([
    ["an integer", 1.5, { type: "integer" }, ["$ is number, and integer is declared"]],
    ["one of two types", null, { type: ["string", "null"] }, []],
    ["an enumeration", "c", { enum: ["a", "b"] }, ["$ is none of the listed values"]],
    [
      "an item",
      { a: [1, "2"] },
      { properties: { a: { items: { type: "number" } } } },
      ["$.a[1] is string, and number is declared"],
    ],
    ["nothing more", { a: 1, b: 2 }, { properties: { a: {} }, additionalProperties: false }, ["$.b is not declared"]],
    ["a range", 11, { maximum: 10 }, ["$ is out of range"]],
    ["one of several forms", 3, { anyOf: [{ type: "string" }, { type: "number" }] }, []],
    [
      "none of several forms",
      true,
      { oneOf: [{ type: "string" }, { type: "number" }] },
      ["$ is of none of the declared forms"],
    ],
    [
      "all of several forms",
      {},
      { allOf: [{ required: ["a"] }, { required: ["b"] }] },
      ["$.a is missing", "$.b is missing"],
    ],
    [
      "a reference",
      { a: "x" },
      { $defs: { n: { type: "number" } }, properties: { a: { $ref: "#/$defs/n" } } },
      ["$.a is string, and number is declared"],
    ],
    ["a reference elsewhere is not followed", 1, { $ref: "https://acme.dev/schema.json" }, []],
    ["a masked text is not held against it", "[masked]", { enum: ["a"], type: "string" }, []],
    ["true allows all", 1, true, []],
  ])("%s", (_name, value, schema, expected) => expect(schemaFaults(value, schema)).toEqual(expected));
  it("a schema that refers to itself ends", () => {
    const schema = { $ref: "#" };
    expect(schemaFaults(1, schema)).toEqual([]);
    const tree = { type: "object", properties: { child: { $ref: "#" } } };
    let value: unknown = "leaf";
    for (let depth = 0; depth < 60; depth++) value = { child: value };
    expect(schemaFaults(value, tree)).toEqual([]);
  });
});
