/** What a tool's description and schema say that it does. Pure. */
import type { ServerTool } from "../../model/evidence/server.ts";
import { recordOf } from "./servers.ts";

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
