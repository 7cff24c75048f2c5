/** Arguments that a tool must refuse, or bear: derived from its input schema, bounded, the same for the same seed. Pure. */
import { shuffled } from "../lib/random.ts";
import type { ArgumentProbe, ProbeKind } from "../model/probes.ts";
import { fieldsOf, innerFieldsOf, read, recordOf, type Args, type Field, type Schema } from "./fields.ts";
import { hostileTexts } from "./hostile.ts";

export interface ProbeOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Default 12. */
  readonly most?: number;
  /** Those alone that the schema rules out, and of a usual size: what enforces it passes none of them on. Default false. */
  readonly ruledOut?: boolean;
}

const OVERSIZED = 200_000;

/**
 * Probes of every kind that the schema allows, one kind after another, until
 * there are enough. What is wrong within an object or a list is a kind of its own here.
 * @param valid arguments that the tool accepts, of which each probe changes one
 */
export function argumentProbes(
  inputSchema: unknown,
  valid: Args,
  { seed = 1, most = 12, ruledOut = false }: ProbeOptions = {},
): readonly ArgumentProbe[] {
  const fields = fieldsOf(inputSchema, valid);
  const inner = innerFieldsOf(fields, inputSchema);
  const hasFreeText = fields.some(({ schema }) => isFreeText(schema));
  const byKind: readonly (readonly ArgumentProbe[])[] = [
    (hasFreeText ? fields : inner).flatMap(hostile),
    [
      ...inner.flatMap((field) => [missing, nothing, mistyped, boundary].flatMap((make) => make(field))),
      ...inner.flatMap((field) => extra(field, `${field.name}.`)),
    ],
    fields.flatMap(nothing),
    fields.flatMap(mistyped),
    fields.flatMap(missing),
    fields.flatMap(boundary),
    fields.flatMap(oversized),
    extra({ schema: read(inputSchema, recordOf(inputSchema)).schema, good: () => valid, put: recordOf }, ""),
  ];
  return inTurn(
    byKind.map((probes) => shuffled(ruledOut ? probes.filter(isRuledOut) : probes, seed)),
    most,
  );
}

const isRuledOut = ({ expects, kind }: ArgumentProbe): boolean => expects === "error" && kind !== "oversized";

const probe = (
  kind: ProbeKind,
  { name, put }: Pick<Field, "name" | "put">,
  value: unknown,
  expects: ArgumentProbe["expects"],
): ArgumentProbe => ({ kind, field: name, args: put(value), expects });

const missing = ({ name, required, leaveOut }: Field): ArgumentProbe[] =>
  required && leaveOut ? [{ kind: "missing", field: name, args: leaveOut(), expects: "error" }] : [];

/** For a field that may be left out, many servers take it as left out. */
const nothing = (field: Field): ArgumentProbe[] =>
  field.takesNull ? [] : [probe("null", field, null, field.required ? "error" : "answer")];

/** Nothing that a lenient server could rightly convert: no number for a text, no "1" for a number. */
const WRONG: Readonly<Record<string, unknown>> = {
  string: { sandglass: true },
  number: "not a number",
  integer: "not a number",
  boolean: "neither",
  array: { sandglass: true },
  object: "no object",
};

function mistyped(field: Field): ArgumentProbe[] {
  const { type } = field.schema;
  const wrong = typeof type === "string" ? WRONG[type] : undefined;
  return wrong === undefined ? [] : [probe("mistyped", field, wrong, "error")];
}

const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

const EXTRA = "sandglassExtra";

const extra = ({ schema, good, put }: Pick<Field, "schema" | "good" | "put">, before: string): ArgumentProbe[] =>
  schema.additionalProperties === false
    ? [{ kind: "extra", field: before + EXTRA, args: put({ ...recordOf(good()), [EXTRA]: 1 }), expects: "error" }]
    : [];

function boundary(field: Field): ArgumentProbe[] {
  const { schema } = field;
  const beyond = [...beyondNumber(schema), ...beyondText(schema), ...beyondList(schema)];
  const declared = beyond.map((value) => probe("boundary", field, value, "error"));
  if (declared.length > 0 || !isNumeric(schema)) return declared;
  return [-1, Number.MAX_SAFE_INTEGER].map((value) => probe("boundary", field, value, "answer"));
}

const isNumeric = ({ type }: Schema): boolean => type === "number" || type === "integer";

function beyondNumber(property: Schema): unknown[] {
  if (!isNumeric(property)) return [];
  const [least, most] = [numberOf(property.minimum), numberOf(property.maximum)];
  const [above, below] = [numberOf(property.exclusiveMinimum), numberOf(property.exclusiveMaximum)];
  // zod writes the safe integers as bounds of every integer; past them a number is not what it says.
  const isSafe = (value: number): boolean => Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return [
    ...(least !== undefined && isSafe(least) ? [least - 1] : []),
    ...(most !== undefined && isSafe(most) ? [most + 1] : []),
    ...(above !== undefined && isSafe(above) ? [above] : []),
    ...(below !== undefined && isSafe(below) ? [below] : []),
    ...(property.type === "integer" ? [1.5] : []),
  ];
}

function beyondText(property: Schema): unknown[] {
  if (property.type !== "string") return [];
  const [least, most] = [numberOf(property.minLength), numberOf(property.maxLength)];
  return [
    ...(least !== undefined && least > 0 ? ["x".repeat(least - 1)] : []),
    ...(most !== undefined && most < OVERSIZED ? ["x".repeat(most + 1)] : []),
    ...(Array.isArray(property.enum) ? ["sandglass-none-of-them"] : []),
  ];
}

function beyondList(property: Schema): unknown[] {
  const least = numberOf(property.minItems);
  return property.type === "array" && least !== undefined && least > 0 ? [[]] : [];
}

const isFreeText = ({ type, enum: words, format, pattern, ...more }: Schema): boolean =>
  type === "string" && words === undefined && format === undefined && pattern === undefined && !("const" in more);

function oversized(field: Field): ArgumentProbe[] {
  if (!isFreeText(field.schema)) return [];
  const expects = numberOf(field.schema.maxLength) === undefined ? "answer" : "error";
  return [probe("oversized", field, "x".repeat(OVERSIZED), expects)];
}

function hostile(field: Field): ArgumentProbe[] {
  if (!isFreeText(field.schema)) return [];
  return hostileTexts.map(({ id, text }) => ({ ...probe("hostile", field, text, "answer"), attack: id }));
}

/** One of each list after another, until all are used up or there are enough. */
function inTurn<T>(lists: readonly (readonly T[])[], most: number): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const inOrder = Array.from({ length: longest }, (_, round) => lists.flatMap((list) => list.slice(round, round + 1)));
  return inOrder.flat().slice(0, most);
}
