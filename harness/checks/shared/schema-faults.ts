/** Whether a value is of a JSON Schema, as far as the common keywords say. What is not known here holds. Pure. */
import { isRecord } from "../../../host/csp/record.ts";

const DEEPEST = 24;
const MOST = 5;

/** Schemas looked at for one value: one that names itself twice would be looked at without end. */
const PATIENCE = 50_000;

/** `$.items[0].id: is missing`; at most five. @param root schema that `$ref` points into */
export function schemaFaults(
  value: unknown,
  schema: unknown,
  { root, path, depth, left }: At = { root: schema, path: "$", depth: 0, left: { schemas: PATIENCE } },
): string[] {
  if (!isRecord(schema) || depth > DEEPEST || isMasked(value) || left.schemas-- <= 0) return [];
  const target = resolved(schema, root);
  if (target === null) return [];
  const at = { root, path, depth: depth + 1, left };
  return [
    ...typeFaults(value, target, path),
    ...valueFaults(value, target, path),
    ...(isRecord(value) ? objectFaults(value, target, at) : []),
    ...(Array.isArray(value) ? itemFaults(value, target, at) : []),
    ...choiceFaults(value, target, at),
  ].slice(0, MOST);
}

interface At {
  readonly root: unknown;
  readonly path: string;
  readonly depth: number;
  /** Shared by all of one value. */
  readonly left: { schemas: number };
}
type Schema = Readonly<Record<string, unknown>>;

/** Masking changes a text, and with it what an enumeration or a pattern says of it. */
const isMasked = (value: unknown): boolean => typeof value === "string" && /\[masked\]|…/.test(value);

function resolved(schema: Schema, root: unknown): Schema | null {
  const { $ref } = schema;
  if (typeof $ref !== "string") return schema;
  if (!$ref.startsWith("#")) return null;
  const found = $ref
    .slice(1)
    .split("/")
    .filter(Boolean)
    .reduce<unknown>(
      (from, key) => (isRecord(from) ? from[key.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined),
      root,
    );
  return isRecord(found) && found !== schema ? found : null;
}

const kindOf = (value: unknown): string => {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
};

function isOf(value: unknown, type: unknown): boolean {
  if (type === "integer") return typeof value === "number" && Number.isInteger(value);
  return kindOf(value) === type;
}

function typeFaults(value: unknown, { type }: Schema, path: string): string[] {
  const types = Array.isArray(type) ? (type as readonly unknown[]) : [type];
  return type === undefined || types.some((one) => isOf(value, one))
    ? []
    : [`${path} is ${kindOf(value)}, and ${types.join(" or ")} is declared`];
}

function valueFaults(value: unknown, { enum: listed, const: fixed, minimum, maximum }: Schema, path: string): string[] {
  const isScalar = value === null || typeof value !== "object";
  if (isScalar && Array.isArray(listed) && !listed.includes(value)) return [`${path} is none of the listed values`];
  if (isScalar && fixed !== undefined && (fixed === null || typeof fixed !== "object") && fixed !== value)
    return [`${path} is not ${JSON.stringify(fixed)}`];
  if (typeof value !== "number") return [];
  const isLow = typeof minimum === "number" && value < minimum;
  const isHigh = typeof maximum === "number" && value > maximum;
  return isLow || isHigh ? [`${path} is out of range`] : [];
}

function objectFaults(value: Schema, { properties, required, additionalProperties }: Schema, at: At): string[] {
  const known: Schema = isRecord(properties) ? properties : {};
  const missing = (Array.isArray(required) ? required : []).filter(
    (name): name is string => typeof name === "string" && !Object.hasOwn(value, name),
  );
  const extra = additionalProperties === false ? Object.keys(value).filter((name) => !Object.hasOwn(known, name)) : [];
  return [
    ...missing.map((name) => `${at.path}.${name} is missing`),
    ...extra.map((name) => `${at.path}.${name} is not declared`),
    ...Object.entries(value).flatMap(([name, inner]) =>
      Object.hasOwn(known, name) ? schemaFaults(inner, known[name], { ...at, path: `${at.path}.${name}` }) : [],
    ),
  ];
}

function itemFaults(value: readonly unknown[], { items }: Schema, at: At): string[] {
  return value
    .slice(0, 100)
    .flatMap((inner, index) => schemaFaults(inner, items, { ...at, path: `${at.path}[${index}]` }));
}

function choiceFaults(value: unknown, { anyOf, oneOf, allOf }: Schema, at: At): string[] {
  const faults = (schema: unknown): string[] => schemaFaults(value, schema, at);
  const choices = [anyOf, oneOf].filter((list): list is unknown[] => Array.isArray(list) && list.length > 0);
  return [
    ...choices.flatMap((list) =>
      list.some((schema) => faults(schema).length === 0) ? [] : [`${at.path} is of none of the declared forms`],
    ),
    ...(Array.isArray(allOf) ? allOf.flatMap(faults) : []),
  ];
}
