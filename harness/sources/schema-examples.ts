/** Examples that a schema gives in words: `City, e.g. "Paris"`, `Example: 42`. Runs in the schema worker. */

type Schema = Readonly<Record<string, unknown>>;

const STATED = ["default", "examples", "const", "enum", "$ref", "anyOf", "oneOf", "allOf"];
/** Characters of a description that are read. */
const READ = 2000;
const LEAD = /(?:\be\.g\.,?|\bfor example[,:]?|\bexamples?:|\bexample value:)\s{0,3}/i;
const QUOTED = /^(?:"([^"]{1,200})"|'([^']{1,200})'|`([^`]{1,200})`|\u201c([^\u201d]{1,200})\u201d)/;
/** One word, or several that are names: `Paris`, `New York`, `2026-01-31`. */
const BARE = /^(?:[A-Z][\w-]{0,40}(?: [A-Z][\w-]{0,40}){1,4}|[^\s,;()"'`]{1,200})/;
const STRUCTURE = /^(?:\[[^\]]{0,500}\]|\{[^}]{0,500}\})/;

/** The schema with the example of its description as its own, where it states no value. */
export function withExample(schema: Schema): Schema {
  const example = STATED.some((keyword) => keyword in schema) ? undefined : exampleIn(schema);
  return example === undefined ? schema : { ...schema, examples: [example] };
}

function exampleIn({ description, type }: Schema): unknown {
  if (typeof description !== "string") return undefined;
  const read = description.slice(0, READ);
  const lead = LEAD.exec(read);
  return lead ? valueIn(read.slice(lead.index + lead[0].length), type) : undefined;
}

/** The value that a text begins with. */
function valueIn(text: string, type: unknown): unknown {
  const quoted = QUOTED.exec(text)?.slice(1).join("");
  const word = quoted ?? BARE.exec(text)?.[0].replace(/(?<![.:!?])[.:!?]+$/, "") ?? "";
  switch (type) {
    case "string":
      return word === "" ? undefined : word;
    case "number":
    case "integer":
      return numberOf(word, type);
    case "array":
    case "object":
      return structureOf(STRUCTURE.exec(text)?.[0] ?? quoted ?? "", type);
    default:
      return undefined;
  }
}

function numberOf(text: string, type: "number" | "integer"): number | undefined {
  const value = text === "" ? NaN : Number(text);
  return (type === "integer" ? Number.isInteger(value) : Number.isFinite(value)) ? value : undefined;
}

function structureOf(text: string, type: "array" | "object"): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) === (type === "array") && typeof value === "object" && value !== null
      ? value
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
