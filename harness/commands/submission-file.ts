/** A submission file: its shape is looked at here, what it says by `readiness`. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { Submission } from "../model/submission.ts";

const one = z.looseObject({});
const submission = z.looseObject({
  schema_version: z.literal(1),
  app_info: one.optional(),
  tools: z.record(z.string(), z.looseObject({ annotations: one.optional(), justifications: one.optional() })),
  test_cases: z.array(one).optional(),
  negative_test_cases: z.array(one).optional(),
});

/** @throws SandglassError `BAD_USAGE` */
export async function readSubmission(path: string, shown: string): Promise<Submission> {
  try {
    return submission.parse(JSON.parse(await readFile(path, "utf8"))) as Submission;
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const what = issue ? `at ${issue.path.join(".") || "its root"}: ${issue.message}` : messageOf(error);
    throw new SandglassError(
      "BAD_USAGE",
      `The submission ${shown} cannot be read: ${what}`,
      "Begin one with `sandglass ready --mcp URL --draft FILE`.",
      { cause: error },
    );
  }
}
