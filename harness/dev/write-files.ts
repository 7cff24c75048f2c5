/** Several files as one change: when one of them cannot be written, the others are as they were. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** One file of a change; null: it is not there. */
export interface FileChange {
  readonly file: string;
  readonly before: Buffer | null;
  readonly after: Buffer | null;
}

export const bytesOf = async (file: string): Promise<Buffer | null> => (existsSync(file) ? readFile(file) : null);

/** Rejects with what the file system said of the one that cannot be written. */
export async function writeFiles(changes: readonly FileChange[]): Promise<void> {
  const begun: FileChange[] = [];
  try {
    for (const change of changes) {
      begun.push(change);
      await put(change.file, change.after);
    }
  } catch (error) {
    // The one that failed may be half written, or be what nobody can write.
    await Promise.allSettled(begun.map(({ file, before }) => put(file, before)));
    throw error;
  }
}

async function put(file: string, bytes: Buffer | null): Promise<void> {
  if (bytes === null) return rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
