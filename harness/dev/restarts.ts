/** Whether a changed source asks for a new start of its server, or is the server's own doing. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** After a server has answered, what it does while it starts may still go on this long, milliseconds. */
const STARTING_MS = 500;
/** A file that the server is known to write is its doing for this long after a start, milliseconds. */
const SETTLING_MS = 10_000;
/** So many changes of one file in `BURST_MS` are followed; more are no person's saves. */
const BURST = 5;
const BURST_MS = 30_000;
/** So many restarts within `BRAKE_MS` are made, whatever changed; another has to wait for a rest of that length. */
const BRAKE = 3;
const BRAKE_MS = 10_000;
/** In place of a digest. */
const UNSEEN = "unseen";

export class Restarts {
  #contents = new Map<string, string>();
  #startedAt = 0;
  #answeredAt: number | null = null;
  /** Files that changed while the server started: this time, and the time before. */
  #changedNow = new Set<string>();
  #changedBefore = new Set<string>();
  readonly #writtenByServer = new Set<string>();
  readonly #changes = new Map<string, number[]>();
  #ignored = new Set<string>();
  #braked = new Set<string>();
  /** A change asked for the next start. */
  #isAsked = false;
  #restartedAt: readonly number[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** Files whose change did not lead to a start of the server that runs now. */
  get ignored(): readonly string[] {
    return [...this.#ignored];
  }

  /** Files whose change waits, since the server was restarted too often. */
  get braked(): readonly string[] {
    return [...this.#braked];
  }

  /** The server is about to be started from these files. */
  starting(files: readonly string[]): void {
    this.#contents = new Map(files.map((file) => [file, contentOf(file)]));
    this.#startedAt = this.now();
    if (this.#isAsked) this.#restartedAt = [...this.#restartedAt, this.#startedAt].slice(-BRAKE);
    this.#isAsked = false;
    this.#braked = new Set();
    this.#answeredAt = null;
    this.#changedBefore = this.#changedNow;
    this.#changedNow = new Set();
    this.#ignored = new Set();
  }

  /** The server has answered, or failed. */
  answered(): void {
    this.#answeredAt = this.now();
  }

  /** True when one of the files has other contents than at the start, and it is not the server that changes it. */
  isDue(files: readonly string[]): boolean {
    const changed = files.filter((file) => this.#hasOtherContents(file));
    const due = changed.filter((file) => !this.#isServersDoing(file));
    for (const file of changed) if (!due.includes(file)) this.#ignored.add(file);
    if (due.length === 0) return false;
    if (this.#isBraking()) {
      for (const file of due) {
        this.#braked.add(file);
        // Saved once more as it is, it is followed: no start has seen it.
        this.#contents.set(file, UNSEEN);
      }
      return false;
    }
    this.#isAsked = true;
    return true;
  }

  /** What is asked for already, and has not begun, is one start with this. */
  #isBraking(): boolean {
    const [first] = this.#restartedAt;
    return !this.#isAsked && this.#restartedAt.length === BRAKE && first !== undefined && this.now() - first < BRAKE_MS;
  }

  #hasOtherContents(file: string): boolean {
    const known = this.#contents.get(file);
    const content = contentOf(file);
    this.#contents.set(file, content);
    return known !== undefined && known !== content;
  }

  /** A save may fall into a start, so the first change in one is followed; the same file in the next start is not. */
  #isServersDoing(file: string): boolean {
    const now = this.now();
    const isStarting = this.#answeredAt === null || now - this.#answeredAt < STARTING_MS;
    const recent = [...(this.#changes.get(file) ?? []).filter((at) => now - at < BURST_MS), now];
    this.#changes.set(file, recent);
    if (isStarting) this.#changedNow.add(file);
    const isKnown = this.#writtenByServer.has(file) && now - this.#startedAt < SETTLING_MS;
    const isRepeated = (isStarting && this.#changedBefore.has(file)) || recent.length > BURST;
    if (isRepeated) this.#writtenByServer.add(file);
    return isKnown || isRepeated;
  }
}

/** A digest; empty for a file that is not there. */
function contentOf(file: string): string {
  try {
    return createHash("sha1").update(readFileSync(file)).digest("base64");
  } catch (error) {
    if (["ENOENT", "EACCES", "EPERM", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return "";
    throw error;
  }
}
