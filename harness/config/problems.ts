/** From what zod found to one sentence that names the place: JSON path, line and column. */
import type { Node, ParseError } from "jsonc-parser";
import type { z } from "zod";
import { isNestedDeeper, MOST_LEVELS } from "../model/depth.ts";

/** One thing wrong with a file that a person wrote. Line and column are 1-based, absent when the file is code. */
export interface FileProblem {
  readonly path: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly [FileProblem, ...FileProblem[]] };

/**
 * Parses JSON, comments and trailing commas allowed, then checks its shape.
 * A file that is plain JSON and in order, as most are, costs no parser of positions.
 */
export async function parseJsonFile<T>(text: string, schema: z.ZodType<T>): Promise<Parsed<T>> {
  if (isNestedDeeper(text, MOST_LEVELS))
    return { ok: false, problems: [{ path: "$", message: `is nested more than ${MOST_LEVELS} levels deep` }] };
  const plain = plainJson(text);
  if (plain !== undefined) {
    const checked = schema.safeParse(plain.value);
    if (checked.success) return { ok: true, value: checked.data };
  }
  return parseWithPlaces(text, schema);
}

function plainJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function parseWithPlaces<T>(text: string, schema: z.ZodType<T>): Promise<Parsed<T>> {
  const { findNodeAtLocation, parseTree, printParseErrorCode } = await import("jsonc-parser");
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const syntax = errors[0];
  if (syntax || !tree) {
    const offset = syntax?.offset ?? 0;
    const what = syntax ? spaced(printParseErrorCode(syntax.error)) : "the file is empty";
    return { ok: false, problems: [{ path: "$", message: what, ...placeAt(text, offset) }] };
  }
  return checkShape(valueOf(tree), schema, (path) => placeAt(text, nearestNode(tree, path, findNodeAtLocation).offset));
}

/** Told of one file: to place one costs a walk through the text, and nobody reads more. */
export const MOST_PROBLEMS = 50;

/** Checks the shape of a value, and tells the first faults; `locate` gives line and column where the value came from text. */
export function checkShape<T>(
  value: unknown,
  schema: z.ZodType<T>,
  locate?: (path: Path) => { line: number; column: number } | undefined,
): Parsed<T> {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  const problems = result.error.issues.slice(0, MOST_PROBLEMS).flatMap((issue) => problemsOf(issue, locate));
  return { ok: false, problems: problems.slice(0, MOST_PROBLEMS) as [FileProblem, ...FileProblem[]] };
}

/** A value that code wrote, without the fields it left undefined: `mcp: process.env.URL` may be unset. */
export function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, withoutUndefined(inner)]),
  );
}

/** `$.scenarios.default.mocks[0].url`, quoting names that are not identifiers. */
export function jsonPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return /^[A-Za-z_$][\w$]*$/.test(step) ? `${text}.${step}` : `${text}[${JSON.stringify(step)}]`;
  }, "$");
}

/** `widget.json:4:3: $.entry: …`, one per line; the first of many. */
export function describeProblems(file: string, problems: readonly FileProblem[]): string {
  const told = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message, line, column }) => `${file}${line ? `:${line}:${column}` : ""}: ${path}: ${message}`);
  if (problems.length >= MOST_PROBLEMS) told.push(`${file}: no more than ${MOST_PROBLEMS} faults are told at a time`);
  return told.join("\n");
}

export type Path = readonly (string | number)[];

function problemsOf(
  issue: z.core.$ZodIssue,
  locate: ((path: Path) => { line: number; column: number } | undefined) | undefined,
): FileProblem[] {
  const path = issue.path as Path;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, MOST_PROBLEMS).map((key) => ({
      path: jsonPath([...path, key]),
      message: "is not a known field",
      ...locate?.([...path, key]),
    }));
  }
  if (issue.code === "invalid_union" && issue.message === "Invalid input") {
    return closestBranch(issue.errors)
      .slice(0, MOST_PROBLEMS)
      .flatMap((inner) => problemsOf({ ...inner, path: [...path, ...inner.path] }, locate));
  }
  return [{ path: jsonPath(path), message: issue.message, ...locate?.(path) }];
}

/** Of the forms a value may take, the one it came furthest with is the one that was meant; the last, if none leads. */
function closestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const reach = (issues: readonly z.core.$ZodIssue[]): number =>
    issues.reduce((most, { path, code }) => Math.max(most, path.length + (code === "unrecognized_keys" ? 1 : 0)), -1);
  return [...branches].reverse().sort((a, b) => reach(b) - reach(a))[0] ?? [];
}

/** Line and column of a JSON path in its text; of the closest node above it when there is none. */
export async function placeInJson(
  text: string,
  path: Path,
): Promise<{ readonly line: number; readonly column: number }> {
  const { findNodeAtLocation, parseTree } = await import("jsonc-parser");
  const tree = parseTree(text, [], { allowTrailingComma: true });
  return placeAt(text, tree ? nearestNode(tree, path, findNodeAtLocation).offset : 0);
}

/** The node at the path, or the closest one above it when the path does not exist (a missing field). */
function nearestNode(
  tree: Node,
  path: Path,
  findNodeAtLocation: (root: Node, path: (string | number)[]) => Node | undefined,
): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node.parent?.type === "property" ? node.parent : node;
  }
  return tree;
}

function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** Plain value of a tree; `__proto__` stays an ordinary key. */
function valueOf(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(valueOf);
  if (node.type !== "object") return node.value;
  const object: Record<string, unknown> = {};
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (!key || !value) continue;
    Object.defineProperty(object, key.value as string, {
      value: valueOf(value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return object;
}

/** `PropertyNameExpected` → `property name expected`. */
function spaced(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
