/** Fields of an input schema, those within objects and lists too, and how to put a value into each. Pure. */
import { isRecord } from "../../host/csp/record.ts";

export type Schema = Readonly<Record<string, unknown>>;
export type Args = Readonly<Record<string, unknown>>;

export interface Field {
  /** As code names it: `places[0].name`. */
  readonly name: string;
  readonly schema: Schema;
  /** Its schema takes `null`, or says nothing of it. */
  readonly takesNull: boolean;
  readonly required: boolean;
  /** A good value of it, made from the schema where good arguments leave it out. */
  good(): unknown;
  /** Good arguments with this value in its place. */
  put(value: unknown): Args;
  /** Good arguments without it; null for an item of a list. */
  readonly leaveOut: (() => Args) | null;
}

/** An object or a list that fields stand in. */
type Holder = Pick<Field, "name" | "good" | "put">;

/** Objects and lists that are gone into. */
const DEEPEST = 4;
const MOST_INNER = 60;

/** @param valid arguments that the tool accepts */
export function fieldsOf(inputSchema: unknown, valid: Args): readonly Field[] {
  const root = recordOf(inputSchema);
  const whole: Holder = { name: "", good: () => valid, put: recordOf };
  return membersOf(read(root, root).schema, whole, root);
}

/** Fields within the objects and lists of these, the nearest first. */
export function innerFieldsOf(fields: readonly Field[], inputSchema: unknown): readonly Field[] {
  const root = recordOf(inputSchema);
  const found: Field[] = [];
  let level = fields;
  for (let depth = 0; depth < DEEPEST && level.length > 0 && found.length < MOST_INNER; depth += 1) {
    level = level.slice(0, MOST_INNER).flatMap((field) => within(field, root));
    found.push(...level.slice(0, MOST_INNER));
  }
  return found.slice(0, MOST_INNER);
}

function within(field: Field, root: Schema): readonly Field[] {
  const { schema } = field;
  if (schema.type === "array") return isRecord(schema.items) ? [itemOf(field, schema.items, root)] : [];
  return schema.type === "object" ? membersOf(schema, field, root).slice(0, MOST_INNER) : [];
}

function itemOf(list: Field, items: Schema, root: Schema): Field {
  const itemsOf = (): readonly unknown[] => {
    const good = list.good();
    return Array.isArray(good) ? good : [];
  };
  const { schema, takesNull } = read(items, root);
  return {
    name: `${list.name}[0]`,
    schema,
    takesNull,
    required: true,
    good: () => itemsOf()[0] ?? sampleOf(schema, root),
    put: (item) => list.put([item, ...itemsOf().slice(1)]),
    leaveOut: null,
  };
}

function membersOf(holding: Schema, { name: parent, good, put }: Holder, root: Schema): readonly Field[] {
  const required: readonly unknown[] = Array.isArray(holding.required) ? holding.required : [];
  const { additionalProperties: more } = holding;
  const members: readonly (readonly [string, unknown])[] = [
    ...Object.entries(recordOf(holding.properties)),
    ...(isRecord(more) ? [["sandglassMember", more] as const] : []),
  ];
  return members.map(([name, property]) => {
    const { schema, takesNull } = read(property, root);
    return {
      name: parent === "" ? name : `${parent}.${name}`,
      schema,
      takesNull,
      required: required.includes(name),
      good: () => recordOf(good())[name] ?? sampleOf(schema, root),
      put: (value) => put({ ...recordOf(good()), [name]: value }),
      leaveOut: () => put(Object.fromEntries(Object.entries(recordOf(good())).filter(([key]) => key !== name))),
    };
  });
}

export const recordOf = (value: unknown): Schema => (isRecord(value) ? value : {});

/** References that are followed to reach a schema. */
const MOST_STEPS = 8;

/** A schema with its references followed, and `null` set apart; empty where several would do. */
export function read(given: unknown, root: Schema): Pick<Field, "schema" | "takesNull"> {
  let schema = recordOf(given);
  let takesNull = !["type", "enum", "const", "$ref", "anyOf", "oneOf", "allOf"].some((word) => word in schema);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = nextOf(schema, root);
    if (!next) break;
    takesNull ||= next.takesNull;
    schema = next.schema;
  }
  const types = Array.isArray(schema.type) ? (schema.type as readonly unknown[]) : [schema.type];
  const [type, ...others] = types.filter((one) => one !== "null");
  const words: readonly unknown[] = Array.isArray(schema.enum) ? schema.enum : [];
  return {
    schema: { ...schema, type: others.length === 0 ? type : undefined },
    takesNull:
      takesNull || types.includes("null") || words.includes(null) || schema.const === null || schema.nullable === true,
  };
}

/** One step towards what a schema means; null when it says so itself. */
function nextOf(schema: Schema, root: Schema): Pick<Field, "schema" | "takesNull"> | null {
  if (typeof schema.$ref === "string") {
    const target = targetOf(schema.$ref, root);
    return { schema: recordOf(target), takesNull: target === undefined };
  }
  const choice = [schema.anyOf, schema.oneOf, schema.allOf].find(Array.isArray) as readonly unknown[] | undefined;
  // Beside a type of its own, branches narrow it.
  if (!choice || schema.type !== undefined || schema.properties !== undefined) return null;
  const branches = choice.filter((branch) => recordOf(branch).type !== "null");
  const [only] = branches;
  return branches.length === 1
    ? { schema: recordOf(only), takesNull: branches.length < choice.length }
    : { schema: {}, takesNull: true };
}

/** `#/$defs/Place` within the schema; undefined elsewhere. */
function targetOf(reference: string, root: Schema): unknown {
  if (!reference.startsWith("#/")) return undefined;
  const steps = reference.slice(2).split("/");
  return steps.reduce<unknown>(
    (value, step) => recordOf(value)[decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~")],
    root,
  );
}

const PLAIN: ReadonlyMap<unknown, unknown> = new Map<unknown, unknown>([
  ["string", "x"],
  ["number", 1],
  ["integer", 1],
  ["boolean", true],
]);
/** Members that a value is made with. */
const MOST_MADE = 8;

/** A small value: required members alone, and lists of one item. */
function sampleOf(schema: Schema, root: Schema, depth = 0): unknown {
  for (const word of ["default", "const"]) if (word in schema) return schema[word];
  const listed = [schema.examples, schema.enum].find((list) => Array.isArray(list) && list.length > 0);
  if (listed) return (listed as readonly unknown[])[0];
  const inner = (given: unknown): unknown =>
    depth < DEEPEST ? sampleOf(read(given, root).schema, root, depth + 1) : undefined;
  if (schema.type === "array") return isRecord(schema.items) ? [inner(schema.items)] : [];
  if (schema.type !== "object") return PLAIN.get(schema.type);
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const members = Object.entries(recordOf(schema.properties)).filter(([name]) => required.includes(name));
  return Object.fromEntries(members.slice(0, MOST_MADE).map(([name, property]) => [name, inner(property)]));
}
