/** A result for a tool that is not called: made from its output schema, the same each time, and checked against it. */
import { isRecord } from "../../host/csp/record.ts";
import { valueFor } from "./schema-values.ts";

/** The `structuredContent`; undefined when the schema is none, or no value that fits it can be made. */
export async function madeResult(outputSchema: unknown): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!isRecord(outputSchema)) return undefined;
  const made = await valueFor("result", outputSchema);
  return "value" in made && isRecord(made.value) ? made.value : undefined;
}
