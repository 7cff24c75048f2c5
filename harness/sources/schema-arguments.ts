/** The least that an input schema accepts, the same each time. Runs in the schema worker. */
import type { JsonSchema } from "json-schema-faker";
import { withExample } from "./schema-examples.ts";
import type { SchemaValue } from "./schema-values.ts";

/** Longest value, characters of JSON. */
const LONGEST = 1_000_000;

/** Upper bounds that the generator would fill, and the most that is left of each above its lower bound. */
const ROOM = { maxLength: ["minLength", 100], maxItems: ["minItems", 5], maxProperties: ["minProperties", 5] } as const;
/** Keywords that hold values, not schemas. */
const VALUES = new Set(["const", "enum", "default", "examples", "example"]);

/** A copy whose upper bounds are near the lower ones: what fits it fits the schema. */
function narrowed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(narrowed);
  if (typeof schema !== "object" || schema === null) return schema;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(withExample({ ...schema })).map(([key, value]) => [key, VALUES.has(key) ? value : narrowed(value)]),
  );
  for (const [upper, [lower, room]] of Object.entries(ROOM)) {
    const [most, least] = [copy[upper], copy[lower] ?? 0];
    if (typeof most === "number" && typeof least === "number") copy[upper] = Math.min(most, least + room);
  }
  return copy;
}

export async function leastFor(schema: unknown): Promise<SchemaValue> {
  const faker = await import("json-schema-faker");
  const value = await faker.generate(narrowed(schema) as JsonSchema, {
    seed: 1,
    optionalsProbability: 0,
    useDefaultValue: true,
    useExamplesValue: true,
    fixedProbabilities: true,
    maxDefaultItems: 1,
    failOnInvalidTypes: false,
    // A schema may point anywhere; generating a value must not fetch it.
    refResolver: (reference) => {
      throw new Error(`the schema refers to ${reference}, which is not fetched`);
    },
  });
  // A schema can generate nothing at all, which the types of JSON.stringify leave out.
  const length = (JSON.stringify(value) as string | undefined)?.length ?? 0;
  return length <= LONGEST ? { value } : { problem: `the schema asks for ${length} characters` };
}
