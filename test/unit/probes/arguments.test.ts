import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argumentProbes } from "../../../harness/probes/arguments.ts";
import { leaksIn } from "../../../harness/probes/answer.ts";
import { hostileTexts } from "../../../harness/probes/hostile.ts";

const SCHEMA = {
  type: "object",
  required: ["city"],
  additionalProperties: false,
  properties: {
    city: { type: "string", maxLength: 20 },
    days: { type: "integer", minimum: 1, maximum: 7 },
    unit: { type: "string", enum: ["c", "f"] },
    places: { type: "array", items: { type: "string" }, minItems: 1 },
    page: { type: "integer", minimum: -9007199254740991, maximum: 9007199254740991 },
  },
};
const VALID = { city: "Lisbon", days: 3 };
const all = argumentProbes(SCHEMA, VALID, { most: 1000 });
const of = (kind: string, field: string) =>
  all
    .filter((probe) => probe.kind === kind && probe.field === field)
    .map(({ args, expects }) => [args[field], expects]);

it("what is required is left out, and what is typed is mistyped", () => {
  expect(all.filter(({ kind }) => kind === "missing").map(({ args }) => args)).toEqual([{ days: 3 }]);
  expect(of("mistyped", "days")).toEqual([["not a number", "error"]]);
  expect(of("mistyped", "city")).toEqual([[{ sandglass: true }, "error"]]);
});

it("nothing is an error where something is required, and may be taken as left out elsewhere", () => {
  expect(of("null", "city")).toEqual([[null, "error"]]);
  expect(of("null", "days")).toEqual([[null, "answer"]]);
});

describe("within objects and lists", () => {
  const PLACE = {
    type: "object",
    required: ["name", "at"],
    additionalProperties: false,
    properties: {
      name: { type: "string", maxLength: 3 },
      note: { anyOf: [{ type: "string" }, { type: "null" }] },
      at: { $ref: "#/$defs/Point" },
    },
  };
  const DEEP = {
    type: "object",
    required: ["places"],
    properties: { places: { type: "array", items: PLACE }, from: { allOf: [{ $ref: "#/$defs/Point" }] } },
    $defs: { Point: { type: "object", required: ["x"], properties: { x: { type: "number" } } } },
  };
  const good = {
    places: [
      { name: "Oslo", at: { x: 1 } },
      { name: "Bergen", at: { x: 2 } },
    ],
  };
  const probes = argumentProbes(DEEP, good, { most: 1000 });
  const argsOf = (kind: string, field: string) =>
    probes.filter((probe) => probe.kind === kind && probe.field === field).map(({ args }) => args);
  const [, second] = good.places;

  it("a member is left out, null, mistyped, out of bounds, and one too many; the rest stays good", () => {
    expect(argsOf("missing", "places[0].name")).toEqual([{ places: [{ at: { x: 1 } }, second] }]);
    expect(argsOf("null", "places[0]")).toEqual([{ places: [null, second] }]);
    expect(argsOf("null", "places[0].at")).toEqual([{ places: [{ name: "Oslo", at: null }, second] }]);
    expect(argsOf("mistyped", "places[0].at.x")).toEqual([
      { places: [{ name: "Oslo", at: { x: "not a number" } }, second] },
    ]);
    expect(argsOf("boundary", "places[0].name")).toEqual([{ places: [{ name: "xxxx", at: { x: 1 } }, second] }]);
    expect(argsOf("extra", "places[0].sandglassExtra")).toEqual([
      { places: [{ name: "Oslo", at: { x: 1 }, sandglassExtra: 1 }, second] },
    ]);
  });

  it("what takes null is not sent it as wrong, and what is left out gets a good value around the wrong one", () => {
    expect(argsOf("null", "places[0].note")).toEqual([]);
    expect(argsOf("mistyped", "from.x")).toEqual([{ ...good, from: { x: "not a number" } }]);
    expect(argsOf("missing", "from.x")).toEqual([{ ...good, from: {} }]);
  });

  it("a schema that holds itself has an end", () => {
    const root = { type: "object", required: ["next"], properties: { next: { $ref: "#" } } };
    expect(argumentProbes(root, {}, { most: 1000 }).length).toBeLessThan(100);
  });

  it("one of the first eight is within, and none of those that go nowhere is hostile", () => {
    expect(
      argumentProbes(DEEP, good)
        .slice(0, 8)
        .some(({ field }) => field.includes(".")),
    ).toBe(true);
    const kinds = argumentProbes(SCHEMA, VALID, { ruledOut: true }).map(({ kind, expects }) => `${kind} ${expects}`);
    expect(kinds.filter((kind) => /hostile|oversized|answer/.test(kind))).toEqual([]);
  });
});

it("bounds that are declared are passed by one; the bounds that zod writes for every integer are none", () => {
  expect(
    of("boundary", "days")
      .map(([value]) => value)
      .toSorted(),
  ).toEqual([0, 1.5, 8]);
  expect(of("boundary", "city")).toEqual([["x".repeat(21), "error"]]);
  expect(of("boundary", "unit")).toEqual([["sandglass-none-of-them", "error"]]);
  expect(of("boundary", "places")).toEqual([[[], "error"]]);
  expect(of("boundary", "page")).toEqual([[1.5, "error"]]);
});

it("texts are oversized and hostile; a word of a list is not", () => {
  expect(of("oversized", "city")).toEqual([["x".repeat(200_000), "error"]]);
  expect(of("hostile", "city")).toHaveLength(hostileTexts.length);
  expect(of("hostile", "unit")).toEqual([]);
  expect(all.filter(({ kind }) => kind === "extra")).toHaveLength(1);
});

it("of any schema there are at most so many, the same for the same seed, one kind after another", () => {
  expect(new Set(argumentProbes(SCHEMA, VALID, { most: 8 }).map(({ kind }) => kind)).size).toBe(7);
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer(), fc.nat(20), (schema, seed, most) => {
      const probes = argumentProbes(schema, {}, { seed, most });
      expect(probes.length).toBeLessThanOrEqual(most);
      expect(argumentProbes(schema, {}, { seed, most })).toEqual(probes);
    }),
    { numRuns: 60 },
  );
});

const plain = { kind: "mistyped", field: "city", args: {}, expects: "error" } as const;
const leaks = (text: string, attack?: (typeof hostileTexts)[number]["id"]) =>
  leaksIn(text, {
    ...plain,
    args: { city: hostileTexts.find(({ id }) => id === attack)?.text },
    ...(attack === undefined ? {} : { attack }),
  }).map(({ leak }) => leak);

it.each([
  ["Node", "Error: no\n    at load (/srv/app/index.js:10:5)\n    at async main (node:internal/x:1:2)"],
  ["Python", 'Traceback (most recent call last):\n  File "app.py", line 3, in x'],
  ["Java", "java.lang.X: no\n\tat com.shop.Cart.add(Cart.java:17)"],
  ["Go", "panic: x\n\ngoroutine 1 [running]:"],
])("a stack of %s is one", (_name, text) => expect(leaks(text)).toEqual(["stack"]));

it("words that look a little like a stack are none", () => {
  expect(leaks("Meet at Lisbon (Rua do Ouro 10:30) or\n  at noon (12:00)")).toEqual([]);
  expect(leaks("Invalid arguments: city: expected string at position 3:1")).toEqual([]);
});

it("what was run shows; what was repeated does not", () => {
  expect(leaks("Forecast for 62615533", "template")).toEqual(["executed"]);
  expect(leaks(`No city named ${hostileTexts[0]?.text ?? ""}`, "template")).toEqual([]);
  expect(leaks("root:x:0:0:root:/root:/bin/bash", "path")).toEqual(["executed"]);
});

it("an order that was planted is passed on bare, or quoted", () => {
  const planted = hostileTexts.find(({ id }) => id === "instruction")?.text ?? "";
  expect(leaks(`Note: ${planted}`, "instruction")).toEqual(["planted-unmarked"]);
  expect(leaks(`The user's text: "${planted}"`, "instruction")).toEqual([]);
  expect(leaks(`<untrusted>${planted}</untrusted>`, "instruction")).toEqual([]);
});
