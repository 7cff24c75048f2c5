/** Arguments for a tool that nobody gave any for: what its input schema says, else the least it accepts. */
import type { JsonSchema } from "json-schema-faker";
import { isRecord } from "../../host/csp/record.ts";

type Schema = Readonly<Record<string, unknown>>;

export interface ChosenArguments {
  readonly args: Readonly<Record<string, unknown>>;
  /** True when a value was made up; false when all came from defaults, examples, constants, or none was required. */
  readonly invented: boolean;
}

/**
 * The schema's own example or default where it has one; then, property by
 * property, `default`, the first of `examples`, `const`, a sole `enum`; what is
 * required and still missing is generated, the least that is valid, the same
 * each time. Optional properties without a default or example are left out.
 */
export async function argumentsFor(inputSchema: unknown): Promise<ChosenArguments> {
  const schema = isRecord(inputSchema) ? inputSchema : {};
  const whole = firstObject([...list(schema.examples), schema.default]);
  if (whole) return { args: whole, invented: false };
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const stated: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = statedValue(property);
    if (value !== undefined) stated[name] = value.value;
  }
  const missing = list(schema.required).filter(
    (name): name is string => typeof name === "string" && !Object.hasOwn(stated, name),
  );
  if (missing.length === 0 && !constrainsWhole(schema)) return { args: stated, invented: false };
  const generated = await generate(schema);
  return { args: { ...(isRecord(generated) ? generated : {}), ...stated }, invented: true };
}

function statedValue(property: unknown): { readonly value: unknown } | undefined {
  if (!isRecord(property)) return undefined;
  if ("default" in property) return { value: property.default };
  const example = list(property.examples)[0];
  if (example !== undefined) return { value: example };
  if ("const" in property) return { value: property.const };
  return list(property.enum).length === 1 ? { value: list(property.enum)[0] } : undefined;
}

/** The object as a whole must meet more than its properties say. */
function constrainsWhole(schema: Schema): boolean {
  return ["anyOf", "oneOf", "allOf", "$ref", "minProperties", "if"].some((keyword) => keyword in schema);
}

async function generate(schema: Schema): Promise<unknown> {
  const faker = await import("json-schema-faker");
  return faker.generate(schema as JsonSchema, {
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
}

function firstObject(values: readonly unknown[]): Record<string, unknown> | undefined {
  return values.find(isRecord);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
