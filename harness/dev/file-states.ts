/** What files and folders are like now, to tell a change of contents from an event. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

export interface FileState {
  readonly folder: boolean;
  readonly mtimeMs: number;
  /** Other contents have another text; a folder's is which one it is, since one that was replaced is another. */
  readonly text: string;
}

export type FileStates = ReadonlyMap<string, FileState>;

const SKIPPED = /^(node_modules|\..*)$/;
/** A target may be a folder of everything. */
export const FOLDER_LIMIT = 2000;

/** The paths that are there, and what is in them. */
export function statesUnder(roots: readonly string[]): Map<string, FileState> {
  const found = new Map<string, FileState>();
  let folders = 0;
  const walk = (path: string): void => {
    const state = stateOf(path);
    if (!state) return;
    found.set(path, state);
    if (!state.folder || (folders += 1) > FOLDER_LIMIT) return;
    for (const name of namesIn(path)) if (!SKIPPED.test(name)) walk(join(path, name));
  };
  roots.forEach(walk);
  return found;
}

/** Paths that came, went or are other than before. */
export function changesOf(before: FileStates, now: FileStates): string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter(
    (path) => before.get(path)?.text !== now.get(path)?.text,
  );
}

/** True for a path that a look at the root would find, were it there. */
export const covers = (root: string, path: string): boolean =>
  path === root ||
  (isUnder(root, path) &&
    !relative(root, path)
      .split(sep)
      .some((name) => SKIPPED.test(name)));

export const isUnder = (folder: string, path: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** The folder, or the nearest one above it that exists. */
export function nearestFolder(folder: string): string {
  let path = folder;
  while (!existsSync(path) && path !== dirname(path)) path = dirname(path);
  return path;
}

export function stateOf(path: string): FileState | null {
  try {
    const stat = statSync(path);
    const { mtimeMs, birthtimeMs, size, ino } = stat;
    const folder = stat.isDirectory();
    // A system gives the number of one that went to the next.
    const identity = `${ino} ${birthtimeMs}`;
    return { folder, mtimeMs, text: folder ? `folder ${identity}` : `${mtimeMs} ${size} ${identity}` };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

const isGone = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "");
