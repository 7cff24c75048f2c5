/**
 * Watches files and folders for real changes: not events, but contents that are other than before. Events come from
 * chokidar, which starts later than it is asked to, reads a new folder before it watches it, and stays with a folder
 * that was replaced: so what is there is compared once it is ready, and it is opened anew for a folder that is new.
 */
import { basename, dirname, join, normalize } from "node:path";
import { watch, type FSWatcher } from "chokidar";
import {
  changesOf,
  covers,
  FOLDER_LIMIT,
  isUnder,
  nearestFolder,
  stateOf,
  statesUnder,
  type FileStates,
} from "./file-states.ts";

/** Rest after the last event before files are looked at, milliseconds: editors write in several steps. */
const REST_MS = 25;
/** They are looked at no later than this after the first event, milliseconds: a log may never rest. */
const LATEST_MS = 250;
/** Where the system has no watchers left, files are looked at this often, milliseconds. */
const POLL_MS = 500;

export class FileWatch {
  #roots: readonly string[] = [];
  #seen: FileStates = new Map();
  #watcher: FSWatcher | undefined;
  /** Which folders the roots stood in when the watcher was opened. */
  #ground = "";
  #polling = false;
  /** Paths to look at. */
  readonly #touched = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstEvent: number | null = null;

  /** @param onChange paths whose contents changed, appeared or went */
  constructor(private readonly onChange: (paths: readonly string[]) => void) {}

  /**
   * Files, and folders with what is in them, as absolute paths; one that does
   * not exist yet is waited for. What changed in the former roots and has not
   * been told yet will be.
   * @param readAt when the files that are new here were read, as `Date.now()`: one changed since is told
   */
  set(roots: readonly string[], readAt = Infinity): void {
    const former = this.#roots;
    this.#roots = [...new Set(roots)];
    if (this.#roots.length === former.length && former.every((root) => this.#roots.includes(root))) return;
    const now = statesUnder(this.#roots);
    const covered = (path: string, by: readonly string[]) => by.some((root) => covers(root, path));
    const followed = [...this.#seen].filter(([path]) => now.has(path) || covered(path, this.#roots));
    const fresh = [...now].filter(
      ([path, { mtimeMs }]) => !this.#seen.has(path) && !covered(path, former) && mtimeMs < readAt,
    );
    this.#seen = new Map([...followed, ...fresh]);
    this.#open();
  }

  close(): void {
    clearTimeout(this.#timer);
    void this.#watcher?.close();
  }

  /**
   * What changes before the new watcher is ready is found by the look that follows. The old one is closed first:
   * the new one would share its handles, of folders that are no more.
   */
  #open(): void {
    void this.#watcher?.close();
    this.#ground = this.#groundNow();
    const folders = new Set<string>();
    const roots = this.#roots;
    const bases = [...new Set(roots.map((root) => nearestFolder(dirname(root))))];
    const watcher = watch(bases, {
      ignoreInitial: true,
      ignorePermissionErrors: true,
      usePolling: this.#polling,
      interval: POLL_MS,
      ignored: (given, stats) => {
        const path = normalize(given);
        if (!roots.some((root) => covers(root, path) || isUnder(path, root))) return true;
        if (stats?.isDirectory() && folders.size < FOLDER_LIMIT) folders.add(path);
        return stats?.isDirectory() === true && !folders.has(path);
      },
    });
    this.#watcher = watcher;
    watcher.on("all", (_event, path) => this.#touch(path));
    // Chokidar drops events that follow too soon on another; the system's own are all there.
    watcher.on("raw", (_event, name, details) => {
      const { watchedPath } = details as { readonly watchedPath: string };
      // A folder's own end has its own name; all else in a folder above the roots is of no concern.
      const isAbove = bases.includes(watchedPath) && name !== basename(watchedPath);
      if (!isAbove) this.#touch(watchedPath);
      if (name) this.#touch(join(watchedPath, name));
    });
    watcher.on("error", (error) => {
      const isOut = ["ENOSPC", "EMFILE"].includes((error as NodeJS.ErrnoException).code ?? "");
      if (isOut && !this.#polling) {
        this.#polling = true;
        this.#open();
      }
      this.#touch(...this.#roots);
    });
    watcher.on("ready", () => this.#touch(...this.#roots));
  }

  readonly #groundNow = (): string => this.#roots.map((root) => stateOf(dirname(root))?.text ?? "").join("\n");

  #touch(...paths: readonly string[]): void {
    for (const path of paths) this.#touched.add(path);
    const now = Date.now();
    this.#firstEvent ??= now;
    clearTimeout(this.#timer);
    const rest = Math.min(REST_MS, Math.max(0, this.#firstEvent + LATEST_MS - now));
    this.#timer = setTimeout(() => this.#look(), rest);
  }

  #look(): void {
    this.#firstEvent = null;
    const scope = this.#scope();
    this.#touched.clear();
    const inScope = (path: string) => scope.some((top) => path === top || isUnder(top, path));
    const now = statesUnder(scope);
    const before = new Map([...this.#seen].filter(([path]) => inScope(path)));
    this.#seen = new Map([...[...this.#seen].filter(([path]) => !before.has(path)), ...now]);
    const changed = changesOf(before, now);
    if (changed.some((path) => now.get(path)?.folder) || this.#groundNow() !== this.#ground) this.#open();
    const files = changed.filter((path) => !(now.get(path) ?? before.get(path))?.folder);
    if (files.length > 0) this.onChange(files);
  }

  /** What was touched, as far as it is followed; all of it when a folder above was replaced. */
  #scope(): readonly string[] {
    const isReplaced = [...this.#seen].some(
      ([folder, state]) =>
        state.folder &&
        [...this.#touched].some((path) => isUnder(folder, path)) &&
        stateOf(folder)?.text !== state.text,
    );
    if (isReplaced) return this.#roots;
    return [...this.#touched].flatMap((path) =>
      this.#roots.some((root) => covers(root, path)) ? [path] : this.#roots.filter((root) => isUnder(path, root)),
    );
  }
}
