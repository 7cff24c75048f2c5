/** Makes a result from an output schema, the same each time, checked against it. Runs in the schema worker. */
import type { JsonSchema } from "json-schema-faker";
import { withExample } from "./schema-examples.ts";

/** A made result larger than this is not used, characters of JSON. */
const MAX_CHARACTERS = 200_000;
/** Larger demands of a schema are cut to these; the result may then not fit the schema, and is not used. */
const MAX_LENGTH = 200;
const MAX_ITEMS = 10;
const MAX_REPEATS = 1000;
/** One transparent pixel: no address that is made up is asked for. */
const PICTURE = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
const MOMENT = "2026-01-15T12:00:00.000Z";
const NAMED_ADDRESS = /(?:url|uri|href|src|link|image|img|icon|avatar|photo|picture|thumbnail|logo)$/i;
const NAMED_MOMENT = /(?:date|time|timestamp|[a-z]At|_at)$/;

/** The `structuredContent`; undefined when the schema is none, or no value that fits it can be made. */
export async function resultFrom(outputSchema: unknown): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!isObject(outputSchema)) return undefined;
  const [faker, { z }] = await Promise.all([import("json-schema-faker"), import("zod")]);
  try {
    const value = await faker.generate(clamped(outputSchema) as JsonSchema, {
      seed: 1,
      alwaysFakeOptionals: true,
      useDefaultValue: true,
      useExamplesValue: true,
      fixedProbabilities: true,
      maxDefaultItems: 2,
      refDepthMin: 0,
      refDepthMax: 2,
      formats: { uri: () => PICTURE, url: () => PICTURE, iri: () => PICTURE, "uri-reference": () => PICTURE },
      outputTransform: (made, schema, path) => plausible(made, schema, path),
      // A schema may point anywhere; making a value must not fetch it.
      refResolver: (reference) => {
        throw new Error(`the schema refers to ${reference}, which is not fetched`);
      },
    });
    if (!isObject(value) || JSON.stringify(value).length > MAX_CHARACTERS) return undefined;
    const fits = z.fromJSONSchema(outputSchema).safeParse(value).success;
    return fits ? value : undefined;
  } catch (error) {
    // A schema that neither library can read gives no result, as one that is not there.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Free text whose name says that it is an address or a moment is one. */
function plausible(made: unknown, schema: JsonSchema, path: string): unknown {
  if (typeof made !== "string" || typeof schema !== "object") return made;
  const isFree = !["enum", "const", "default", "examples", "pattern", "format"].some((keyword) => keyword in schema);
  if (!isFree || (schema.maxLength ?? Infinity) < PICTURE.length) return made;
  const name = path.split("/").at(-1) ?? "";
  if (NAMED_ADDRESS.test(name)) return PICTURE;
  return NAMED_MOMENT.test(name) ? MOMENT : made;
}

/** A copy that asks for nothing huge. */
function clamped(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(clamped);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(withExample(schema))
      .filter(
        ([keyword, value]) => keyword !== "pattern" || typeof value !== "string" || repeatsOf(value) <= MAX_REPEATS,
      )
      .map(([keyword, value]) => [keyword, isStated(keyword) ? value : clampedKeyword(keyword, value)]),
  );
}

function clampedKeyword(keyword: string, value: unknown): unknown {
  if (typeof value !== "number") return clamped(value);
  if (keyword === "minLength" || keyword === "maxLength") return Math.min(value, MAX_LENGTH);
  return /^(?:min|max)(?:Items|Contains|Properties)$/.test(keyword) ? Math.min(value, MAX_ITEMS) : value;
}

/** Values that the author wrote are kept as they are. */
const isStated = (keyword: string): boolean => ["default", "examples", "const", "enum"].includes(keyword);

/** What the counts of a pattern come to when they stand in each other. */
function repeatsOf(pattern: string): number {
  return [...pattern.matchAll(/\{(\d+)/g)].reduce((product, [, count]) => product * Math.max(1, Number(count)), 1);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
