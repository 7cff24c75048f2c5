/** Watches files and folders for real changes: not events, but contents that are other than before. */
import { existsSync, readdirSync, statSync, watch, type FSWatcher } from "node:fs";
import { dirname, join } from "node:path";

/** Rest after the last event before files are looked at, milliseconds: editors write in several steps. */
const REST_MS = 25;
/** Where the system has no watchers left, files are looked at this often, milliseconds. */
const POLL_MS = 500;
const FOLDER_LIMIT = 2000;
const SKIPPED = /^(node_modules|\..*)$/;

export class FileWatch {
  #roots: readonly string[] = [];
  readonly #watchers = new Map<string, FSWatcher>();
  #seen = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;

  /** @param onChange paths whose contents changed, appeared or went */
  constructor(private readonly onChange: (paths: readonly string[]) => void) {}

  /** Files, and folders with what is in them, as absolute paths; one that does not exist yet is waited for. */
  set(roots: readonly string[]): void {
    this.#roots = [...new Set(roots)];
    this.#seen = this.#look();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** What is there now; folders that are new are watched on the way, those that went are let go. */
  #look(): Map<string, string> {
    const found = new Map<string, string>();
    const folders = new Set<string>();
    for (const root of this.#roots) {
      folders.add(nearestFolder(dirname(root)));
      const state = stateOf(root);
      if (state === null) continue;
      if (state.folder) walk(root, found, folders);
      else found.set(root, state.text);
    }
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#watch(folder);
    return found;
  }

  #watch(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: true }, () => this.#soon());
      watcher.on("error", () => {
        // The folder went, or the system gave up on it: the next look decides.
        watcher.close();
        this.#watchers.delete(folder);
        this.#soon();
      });
      this.#watchers.set(folder, watcher);
    } catch (error) {
      if (!["ENOSPC", "EMFILE", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      this.#poll ??= setInterval(() => this.#compare(), POLL_MS);
    }
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#compare(), REST_MS);
  }

  #compare(): void {
    const before = this.#seen;
    const now = this.#look();
    this.#seen = now;
    const changed = [...new Set([...before.keys(), ...now.keys()])].filter((path) => before.get(path) !== now.get(path));
    if (changed.length > 0) this.onChange(changed);
  }
}

function walk(folder: string, found: Map<string, string>, folders: Set<string>): void {
  if (folders.size >= FOLDER_LIMIT) return;
  folders.add(folder);
  for (const name of namesIn(folder)) {
    if (SKIPPED.test(name)) continue;
    const path = join(folder, name);
    const state = stateOf(path);
    if (state?.folder) walk(path, found, folders);
    else if (state) found.set(path, state.text);
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

function stateOf(path: string): { readonly folder: boolean; readonly text: string } | null {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return { folder: statSync(path).isDirectory(), text: `${mtimeMs} ${size} ${ino}` };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

const isGone = (error: unknown): boolean => ["ENOENT", "ENOTDIR", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "");

/** The folder, or the nearest one above it that exists. */
function nearestFolder(folder: string): string {
  let path = folder;
  while (!existsSync(path) && path !== dirname(path)) path = dirname(path);
  return path;
}
