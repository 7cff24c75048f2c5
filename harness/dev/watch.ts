/** Watches files and folders for real changes: not events, but contents that are other than before. */
import { existsSync, readdirSync, statSync, watch, type FSWatcher } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** Rest after the last event before files are looked at, milliseconds: editors write in several steps. */
const REST_MS = 25;
/** They are looked at no later than this after the first event, milliseconds: a log may never rest. */
const LATEST_MS = 250;
/** Where the system has no watchers left, files are looked at this often, milliseconds. */
const POLL_MS = 500;
const FOLDER_LIMIT = 2000;
const SKIPPED = /^(node_modules|\..*)$/;

export class FileWatch {
  #roots: readonly string[] = [];
  /** With the folder's identity: one that was replaced is another folder, which its old watcher does not see. */
  readonly #watchers = new Map<string, { readonly watcher: FSWatcher; readonly identity: string }>();
  #seen: ReadonlyMap<string, FileState> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstEvent: number | null = null;
  #poll: ReturnType<typeof setInterval> | undefined;

  /** @param onChange paths whose contents changed, appeared or went */
  constructor(private readonly onChange: (paths: readonly string[]) => void) {}

  /**
   * Files, and folders with what is in them, as absolute paths; one that does
   * not exist yet is waited for. What changed in the former roots and has not
   * been told yet will be.
   * @param readAt when the files that are new here were read, as `Date.now()`: one changed since is told
   */
  set(roots: readonly string[], readAt = Infinity): void {
    const [former, before] = [this.#roots, this.#seen];
    this.#roots = [...new Set(roots)];
    const now = this.#look();
    const followed = [...before].filter(([path]) => now.has(path) || covers(this.#roots, path));
    const fresh = [...now].filter(
      ([path, { mtimeMs }]) => !before.has(path) && !covers(former, path) && mtimeMs < readAt,
    );
    this.#seen = new Map([...followed, ...fresh]);
    if (changesOf(this.#seen, now).length > 0) this.#soon();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
    for (const { watcher } of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** What is there now; folders that are new are watched on the way, those that went are let go. */
  #look(): Map<string, FileState> {
    const found = new Map<string, FileState>();
    const folders = new Set<string>();
    // Watched before it is read: what comes in between is not missed.
    const enter = (folder: string): boolean => {
      if (folders.size >= FOLDER_LIMIT) return false;
      if (!folders.has(folder)) this.#watch(folder);
      folders.add(folder);
      return true;
    };
    for (const root of this.#roots) {
      enter(nearestFolder(dirname(root)));
      const state = stateOf(root);
      if (state?.folder) walk(root, found, enter);
      else if (state) found.set(root, state);
    }
    for (const [folder, { watcher }] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    return found;
  }

  #watch(folder: string): void {
    const identity = stateOf(folder)?.identity ?? "";
    const known = this.#watchers.get(folder);
    if (known?.identity === identity) return;
    known?.watcher.close();
    this.#watchers.delete(folder);
    try {
      const watcher = watch(folder, { persistent: true }, () => this.#soon());
      watcher.on("error", () => {
        // The folder went, or the system gave up on it: the next look decides.
        watcher.close();
        if (this.#watchers.get(folder)?.watcher === watcher) this.#watchers.delete(folder);
        this.#soon();
      });
      this.#watchers.set(folder, { watcher, identity });
    } catch (error) {
      if (!["ENOSPC", "EMFILE", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      this.#poll ??= setInterval(() => this.#compare(), POLL_MS);
    }
  }

  #soon(): void {
    const now = Date.now();
    this.#firstEvent ??= now;
    clearTimeout(this.#timer);
    const rest = Math.min(REST_MS, Math.max(0, this.#firstEvent + LATEST_MS - now));
    this.#timer = setTimeout(() => this.#compare(), rest);
  }

  #compare(): void {
    this.#firstEvent = null;
    const before = this.#seen;
    const now = this.#look();
    this.#seen = now;
    const changed = changesOf(before, now);
    if (changed.length > 0) this.onChange(changed);
  }
}

interface FileState {
  readonly folder: boolean;
  readonly mtimeMs: number;
  /** Which file or folder it is: a system gives the number of one that went to the next. */
  readonly identity: string;
  readonly text: string;
}

function changesOf(before: ReadonlyMap<string, FileState>, now: ReadonlyMap<string, FileState>): string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter(
    (path) => before.get(path)?.text !== now.get(path)?.text,
  );
}

/** True for a path that a look at these roots would find, were it there. */
function covers(roots: readonly string[], path: string): boolean {
  return roots.some(
    (root) =>
      path === root ||
      (path.startsWith(root + sep) &&
        !relative(root, path)
          .split(sep)
          .some((name) => SKIPPED.test(name))),
  );
}

function walk(folder: string, found: Map<string, FileState>, enter: (folder: string) => boolean): void {
  if (!enter(folder)) return;
  for (const name of namesIn(folder)) {
    if (SKIPPED.test(name)) continue;
    const path = join(folder, name);
    const state = stateOf(path);
    if (state?.folder) walk(path, found, enter);
    else if (state) found.set(path, state);
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

function stateOf(path: string): FileState | null {
  try {
    const stat = statSync(path);
    const { mtimeMs, birthtimeMs, size, ino } = stat;
    const identity = `${ino} ${birthtimeMs}`;
    return { folder: stat.isDirectory(), mtimeMs, identity, text: `${mtimeMs} ${size} ${identity}` };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

const isGone = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "");

/** The folder, or the nearest one above it that exists. */
function nearestFolder(folder: string): string {
  let path = folder;
  while (!existsSync(path) && path !== dirname(path)) path = dirname(path);
  return path;
}
