/** Digests of texts, files and folders. */
import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../lib/package-root.ts";

export const digestOf = (text: string | Buffer): string => createHash("sha256").update(text).digest("hex");

/** Of a file, or of every file of a folder with its path in it; what cannot be read is part of it. */
export const digestOfPath = (path: string): Promise<string> => digestWithout(path, new Set());

/** @param seen folders that are part of it already: a link may lead back to one */
async function digestWithout(path: string, seen: Set<string>): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found === null) return "absent";
  if (found.isFile()) return readFile(path).then(digestOf, () => "unreadable");
  // The reading of a pipe or a device may never end.
  if (!found.isDirectory()) return "unreadable";
  const folder = await realpath(path);
  if (seen.has(folder)) return "seen";
  seen.add(folder);
  const parts: (readonly [string, string])[] = [];
  for (const name of (await readdir(path)).toSorted()) parts.push([name, await digestWithout(join(path, name), seen)]);
  return digestOf(JSON.stringify(parts));
}

let build: Promise<string> | undefined;

/** Of the program itself: a version may be built more than once. */
export const digestOfBuild = (): Promise<string> => (build ??= digestOfPath(join(packageRoot(), "dist")));
