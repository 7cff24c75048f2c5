/** A snapshot as a file. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { messageOf, SandglassError } from "../model/errors.ts";
import { jsonText } from "../model/json-text.ts";
import type { Snapshot } from "../model/snapshot.ts";

const meta = z.record(z.string(), z.unknown());
const snapshot = z.looseObject({
  schemaVersion: z.literal(1),
  kind: z.literal("sandglass-snapshot"),
  server: z.looseObject({ origin: z.string().nullable(), path: z.string().nullable() }),
  tools: z.array(z.looseObject({ name: z.string(), meta: meta.optional() })),
  resources: z.array(z.looseObject({ uri: z.string(), mimeType: z.string(), sha256: z.string(), meta })),
});

export const snapshotText = (value: Snapshot): string => `${jsonText(value)}\n`;

/** @throws SandglassError `BAD_EVIDENCE` */
export async function readSnapshot(path: string, shown: string): Promise<Snapshot> {
  try {
    return snapshot.parse(JSON.parse(await readFile(path, "utf8"))) as Snapshot;
  } catch (error) {
    const what = error instanceof z.ZodError ? "it is no snapshot" : messageOf(error);
    throw new SandglassError(
      "BAD_EVIDENCE",
      `The snapshot ${shown} cannot be read: ${what}`,
      "Make one with `sandglass snapshot --write FILE` when you submit.",
      { cause: error },
    );
  }
}
