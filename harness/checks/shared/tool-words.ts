/** What a tool's name and description say that it does. Words are a signal, never a proof. Pure. */
import type { ServerTool } from "../../model/evidence/server.ts";
import { recordOf } from "./servers.ts";

const DESTROYS = new Set(
  "delete remove destroy drop erase purge wipe truncate uninstall terminate revoke overwrite kill".split(" "),
);
const WRITES = new Set(
  (
    "create add update write edit send publish upload submit insert save rename pay charge transfer invite enable " +
    "disable append patch replace purchase buy approve reject merge deploy install assign unassign archive reply"
  ).split(" "),
);
const SENDS = new Set("send publish tweet email reply broadcast invite notify upload".split(" "));
const READS = new Set(
  "get list show view read search find fetch display browse preview lookup describe count check compare".split(" "),
);

/** Words of a name in camelCase, snake_case or kebab-case, lower case. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** The verb that a name begins with; a plural or third person counts as the verb. */
export function verbOf(name: string): string {
  const [first = ""] = wordsOf(name);
  return [DESTROYS, WRITES, READS, SENDS].some((verbs) => verbs.has(first)) ? first : first.replace(/e?s$/, "");
}

export const destroys = (name: string): boolean => DESTROYS.has(verbOf(name));
export const writes = (name: string): boolean => WRITES.has(verbOf(name)) || destroys(name);
export const reads = (name: string): boolean => READS.has(verbOf(name));
export const sends = (name: string): boolean => SENDS.has(verbOf(name));

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
export const descriptionOf = ({ entry }: ServerTool): string => textOf(entry.description);
export const hintsOf = ({ entry }: ServerTool): Readonly<Record<string, unknown>> => recordOf(entry.annotations);

export interface Parameter {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Top-level properties of the input schema. */
export const parametersOf = ({ entry }: ServerTool): Parameter[] =>
  Object.entries(recordOf(recordOf(entry.inputSchema).properties)).map(([name, schema]) => ({
    name,
    schema: recordOf(schema),
  }));
