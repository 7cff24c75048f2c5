/** One unit through its life: loaded, watched, failing, recovered. */
import { basename } from "node:path";
import type { Problem } from "../../host/server/types.ts";
import type { ServerRecorder } from "../model/server-record.ts";
import type { LoadedTarget, Widget } from "../model/widget.ts";
import { Restarts } from "./restarts.ts";
import type { Part } from "../sources/plan.ts";
import { held, problemOf, type Held } from "./views.ts";

/** How often a server that could not be reached is tried again, and one that runs is asked whether its widgets changed, milliseconds. */
const SERVER_MS = 2000;
/** A command that fails is tried again after twice the time each time, up to this, milliseconds. */
const LONGEST_RETRY_MS = 32_000;
/** Rest after the last change before a server is started anew, milliseconds: a build writes many files. */
const REST_MS = 100;

export interface LiveUnitEvents {
  /** Widgets, problem or warnings are other than before. */
  onChange(unit: LiveUnit): void;
}

export class LiveUnit {
  widgets: readonly Held[] = [];
  /** Why it could not be loaded. */
  failure: Problem | null = null;
  /** Files and folders to follow, as of the last load; absolute. */
  watched: readonly string[];
  warnings: readonly string[] = [];
  /** True once a load has ended, well or not. */
  tried = false;
  /** When the last load began, as `Date.now()`: what changed since may have been read before it did. */
  readAt = Infinity;
  #loaded: LoadedTarget | null = null;
  #turn: Promise<void> = Promise.resolve();
  #queued = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #closed = false;
  readonly #restarts = new Restarts();

  constructor(
    readonly unit: Part,
    private readonly events: LiveUnitEvents,
  ) {
    this.watched = unit.watched();
  }

  /** The server that runs now, if it is one. */
  get recorder(): ServerRecorder | null {
    return this.#loaded?.servers?.[0] ?? null;
  }

  get problem(): Problem | null {
    return this.failure ?? brakeProblem(this.#restarts.braked) ?? selfChangeProblem(this.#restarts.ignored);
  }

  /** Paths that are watched changed. A server that changes its own files is not started anew for them. */
  changed(paths: readonly string[]): void {
    if (!this.unit.isCommand) return void this.reload();
    const { ignored, braked } = this.#restarts;
    if (this.#restarts.isDue(paths.filter((path) => this.watched.includes(path)))) {
      this.#failures = 0;
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => void this.reload(), REST_MS);
    }
    if (this.#restarts.ignored.length > ignored.length || this.#restarts.braked.length > braked.length)
      this.events.onChange(this);
  }

  /** Loads anew, one load at a time; calls while one waits are one. */
  reload(): Promise<void> {
    if (this.#queued) return this.#turn;
    this.#queued = true;
    this.#turn = this.#turn.then(() => {
      this.#queued = false;
      return this.#closed ? undefined : this.#load();
    });
    return this.#turn;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#rest);
    await this.#turn;
    await this.#loaded?.close();
  }

  async #load(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      // A server over stdio may hold a port or a lock: the old one ends first.
      await this.#loaded?.close();
      this.#loaded = null;
      this.readAt = Date.now();
      this.watched = this.unit.watched();
      this.#restarts.starting(this.unit.isCommand ? this.watched : []);
      this.#loaded = await this.unit.load();
      this.widgets = this.#loaded.widgets.map((widget) =>
        held(
          widget,
          this.widgets.find((one) => one.widget.name === widget.name),
        ),
      );
      this.warnings = this.#loaded.warnings;
      this.failure = null;
      this.#failures = 0;
    } catch (error) {
      // The last good widgets stay.
      this.failure = problemOf(error);
      this.#failures += 1;
    }
    this.#restarts.answered();
    this.tried = true;
    if (this.#closed) return;
    this.events.onChange(this);
    if (this.unit.isServer) this.#timer = setTimeout(() => void this.#look(), this.#pauseMs());
  }

  /** To start a command costs more, and may do more, than to ask an address. */
  #pauseMs(): number {
    const doubled = this.unit.isCommand ? SERVER_MS * 2 ** Math.max(0, this.#failures - 1) : SERVER_MS;
    return Math.min(doubled, LONGEST_RETRY_MS);
  }

  #isBusy(): boolean {
    return this.#closed || this.#queued;
  }

  /** A server is asked for its widgets' documents: is it there, and are they as before? */
  async #look(): Promise<void> {
    if (this.#isBusy()) return;
    const alive =
      this.failure === null && (await Promise.all(this.widgets.map(({ widget }) => isAsBefore(widget)))).every(Boolean);
    if (this.#isBusy()) return;
    if (alive) this.#timer = setTimeout(() => void this.#look(), SERVER_MS);
    else await this.reload();
  }
}

/** False when the server does not answer, too: the load that follows says why. */
async function isAsBefore({ server, source, html }: Widget): Promise<boolean> {
  if (!server || source.kind !== "mcp") return true;
  const { uri } = source;
  const read = async (): Promise<string | null> => textOf(await server.readResource(uri).catch(() => null));
  const text = await read();
  if (text === null || text === html) return text !== null;
  // A document with a nonce or the time in it is another with each reading; that is no change.
  const again = await read();
  return again !== null && again !== text;
}

function textOf(answer: unknown): string | null {
  const contents = (answer as { contents?: readonly { text?: string; blob?: string }[] } | null)?.contents;
  const content = contents?.[0];
  if (!content) return null;
  return content.text ?? (content.blob === undefined ? "" : Buffer.from(content.blob, "base64").toString("utf8"));
}

function brakeProblem(files: readonly string[]): Problem | null {
  if (files.length === 0) return null;
  const names = files.map((file) => basename(file)).join(", ");
  return {
    code: "SERVER_RESTARTS_TOO_OFTEN",
    message: `The server was restarted 3 times within ten seconds; what changed since in ${names} waits.`,
    next: "If these were your saves, use “Read the target again” of the commands (Ctrl or Cmd and K), or save once more after ten seconds. If a build or the server writes there, leave it out: --watch '!GLOB'.",
  };
}

function selfChangeProblem(files: readonly string[]): Problem | null {
  if (files.length === 0) return null;
  const names = files.map((file) => basename(file)).join(", ");
  return {
    code: "SERVER_CHANGES_ITSELF",
    message: `The server changes ${names} while it runs; not restarted for it.`,
    next: "Let it write data elsewhere, or under another name than that of a source. If the change was yours, save another of its files, or start dev again.",
  };
}
