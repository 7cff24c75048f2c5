/** One unit through its life: loaded, watched, failing, recovered. */
import type { Problem } from "../../host/server/types.ts";
import type { LoadedTarget, Widget } from "../model/widget.ts";
import type { Unit } from "./units.ts";
import { held, problemOf, type Held } from "./views.ts";

/** How often a server that could not be reached is tried again, and one that runs is asked whether its widgets changed, milliseconds. */
const SERVER_MS = 2000;

export interface LiveUnitEvents {
  /** Widgets, problem or warnings are other than before. */
  onChange(unit: LiveUnit): void;
}

export class LiveUnit {
  widgets: readonly Held[] = [];
  problem: Problem | null = null;
  warnings: readonly string[] = [];
  /** True once a load has ended, well or not. */
  tried = false;
  /** When the last load began, as `Date.now()`: what changed since may have been read before it did. */
  readAt = Infinity;
  #loaded: LoadedTarget | null = null;
  #turn: Promise<void> = Promise.resolve();
  #queued = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(
    readonly unit: Unit,
    private readonly events: LiveUnitEvents,
  ) {}

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
      this.#loaded = await this.unit.load();
      this.widgets = this.#loaded.widgets.map((widget) =>
        held(
          widget,
          this.widgets.find((one) => one.widget.name === widget.name),
        ),
      );
      this.warnings = this.#loaded.warnings;
      this.problem = null;
    } catch (error) {
      // The last good widgets stay.
      this.problem = problemOf(error);
    }
    this.tried = true;
    if (this.#closed) return;
    this.events.onChange(this);
    if (this.unit.isServer) this.#timer = setTimeout(() => void this.#look(), SERVER_MS);
  }

  /** A server is asked for its widgets' documents: is it there, and are they as before? */
  async #look(): Promise<void> {
    if (this.#closed || this.#queued) return;
    const alive =
      this.problem === null && (await Promise.all(this.widgets.map(({ widget }) => isAsBefore(widget)))).every(Boolean);
    if (this.#closed || this.#queued) return;
    if (alive) this.#timer = setTimeout(() => void this.#look(), SERVER_MS);
    else await this.reload();
  }
}

/** False when the server does not answer, too: the load that follows says why. */
async function isAsBefore({ server, source, html }: Widget): Promise<boolean> {
  if (!server || source.kind !== "mcp") return true;
  const read = await server.readResource(source.uri).then(
    (value) => value as { contents?: readonly { text?: string; blob?: string }[] },
    () => null,
  );
  const content = read?.contents?.[0];
  if (!content) return false;
  const text = content.text ?? (content.blob === undefined ? "" : Buffer.from(content.blob, "base64").toString("utf8"));
  return text === html;
}
