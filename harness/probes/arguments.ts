/** Arguments that a tool must refuse, or bear: derived from its input schema, bounded, the same for the same seed. Pure. */
import { isRecord } from "../../host/csp/record.ts";
import { shuffled } from "../lib/random.ts";
import type { ArgumentProbe, ProbeKind } from "../model/probes.ts";
import { hostileTexts } from "./hostile.ts";

type Schema = Readonly<Record<string, unknown>>;
type Args = Readonly<Record<string, unknown>>;

export interface ProbeOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Default 12. */
  readonly most?: number;
}

const OVERSIZED = 200_000;

/**
 * Probes of every kind that the schema allows, one kind after another, until
 * there are enough.
 * @param valid arguments that the tool accepts, of which each probe changes one
 */
export function argumentProbes(inputSchema: unknown, valid: Args, { seed = 1, most = 12 }: ProbeOptions = {}) {
  const schema = isRecord(inputSchema) ? inputSchema : {};
  const properties = Object.entries(isRecord(schema.properties) ? schema.properties : {});
  const required = Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === "string") : [];
  const fields = properties.map(([name, property]) => ({ name, property: isRecord(property) ? property : {} }));
  const byKind: readonly (readonly ArgumentProbe[])[] = [
    required.map((name) => ({ kind: "missing", field: name, args: without(valid, name), expects: "error" })),
    fields.flatMap((field) => mistyped(field, valid)),
    fields.flatMap((field) => boundary(field, valid)),
    fields.flatMap((field) => oversized(field, valid)),
    fields.flatMap((field) => hostile(field, valid)),
    schema.additionalProperties === false
      ? [{ kind: "extra", field: "sandglassExtra", args: { ...valid, sandglassExtra: 1 }, expects: "error" }]
      : [],
  ];
  return inTurn(
    byKind.map((probes) => shuffled(probes, seed)),
    most,
  );
}

interface Field {
  readonly name: string;
  readonly property: Schema;
}

function probe(
  kind: ProbeKind,
  { name }: Field,
  valid: Args,
  value: unknown,
  expects: ArgumentProbe["expects"],
): ArgumentProbe {
  return { kind, field: name, args: { ...valid, [name]: value }, expects };
}

/** Nothing that a lenient server could rightly convert: no number for a text, no "1" for a number. */
const WRONG: Readonly<Record<string, unknown>> = {
  string: { sandglass: true },
  number: "not a number",
  integer: "not a number",
  boolean: "neither",
  array: { sandglass: true },
  object: "no object",
};

function mistyped(field: Field, valid: Args): ArgumentProbe[] {
  const { type } = field.property;
  const wrong = typeof type === "string" ? WRONG[type] : undefined;
  return wrong === undefined ? [] : [probe("mistyped", field, valid, wrong, "error")];
}

const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

function boundary(field: Field, valid: Args): ArgumentProbe[] {
  const { property } = field;
  const beyond = [...beyondNumber(property), ...beyondText(property), ...beyondList(property)];
  const declared = beyond.map((value) => probe("boundary", field, valid, value, "error"));
  if (declared.length > 0 || !isNumeric(property)) return declared;
  return [-1, Number.MAX_SAFE_INTEGER].map((value) => probe("boundary", field, valid, value, "answer"));
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

function oversized(field: Field, valid: Args): ArgumentProbe[] {
  if (!isFreeText(field.property)) return [];
  const expects = numberOf(field.property.maxLength) === undefined ? "answer" : "error";
  return [probe("oversized", field, valid, "x".repeat(OVERSIZED), expects)];
}

function hostile(field: Field, valid: Args): ArgumentProbe[] {
  if (!isFreeText(field.property)) return [];
  return hostileTexts.map(({ id, text }) => ({ ...probe("hostile", field, valid, text, "answer"), attack: id }));
}

const without = (args: Args, name: string): Args =>
  Object.fromEntries(Object.entries(args).filter(([key]) => key !== name));

/** One of each list after another, until all are used up or there are enough. */
function inTurn<T>(lists: readonly (readonly T[])[], most: number): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const inOrder = Array.from({ length: longest }, (_, round) => lists.flatMap((list) => list.slice(round, round + 1)));
  return inOrder.flat().slice(0, most);
}
