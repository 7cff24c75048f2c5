/** A folder for the time of a command. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atEnd } from "./endings.ts";

export interface TemporaryFolder {
  /** Absolute. */
  readonly path: string;
  /** At the end of the process at the latest. */
  remove(): void;
}

/** @param name what it is for, as in `sandglass-pictures-` */
export function temporaryFolder(name: string): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), name));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  const takeBack = atEnd(remove);
  return {
    path,
    remove() {
      remove();
      takeBack();
    },
  };
}
