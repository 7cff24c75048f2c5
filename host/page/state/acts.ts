/** What the user did in the widget since it was rendered, and what was last read on its screen. */
import type { Step } from "../../../harness/model/widget.ts";
import type { ActRecord, ScreenRecord } from "../../server/live-records.ts";

export interface ActsSnapshot {
  readonly steps: readonly Step[];
  /** Lines of the screen; null until it was asked for. */
  readonly lines: readonly string[] | null;
}

const NONE: ActsSnapshot = { steps: [], lines: null };
const MOST_STEPS = 200;
const MOST_LINES = 60;
const LINE_CHARACTERS = 120;
const BOX_EDGES = /\u001f/g;

/** The widget's document could say anything: what it says is cut, and nothing is done with it but shown. */
export class Acts {
  #now = NONE;
  #ask: () => void = () => undefined;
  readonly #listeners = new Set<() => void>();

  readonly snapshot = (): ActsSnapshot => this.#now;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A rendering begins, and the one before is no longer heard. @param ask has it read its screen */
  start(ask: () => void): (record: ActRecord | ScreenRecord) => void {
    this.#ask = ask;
    this.#change(NONE);
    return (record) => {
      if (this.#ask === ask) this.#record(record);
    };
  }

  askScreen(): void {
    this.#ask();
  }

  #record(record: ActRecord | ScreenRecord): void {
    if (record.type === "act") this.#change({ steps: withStep(this.#now.steps, record.step) });
    else this.#change({ lines: linesOf(record.text) });
  }

  remove(index: number): void {
    this.#change({ steps: this.#now.steps.filter((_, at) => at !== index) });
  }

  #change(part: Partial<ActsSnapshot>): void {
    this.#now = { ...this.#now, ...part };
    for (const listener of this.#listeners) listener();
  }
}

/** What is typed into one field is one step, with what stands there at last. */
function withStep(steps: readonly Step[], step: Step): readonly Step[] {
  const last = steps.at(-1);
  const isTyped = last && "fill" in last && "fill" in step && last.fill === step.fill;
  return [...(isTyped ? steps.slice(0, -1) : steps), step].slice(-MOST_STEPS);
}

function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.replace(BOX_EDGES, " ").replace(/\s+/g, " ").trim());
  return [...new Set(lines)].filter((line) => line !== "" && line.length <= LINE_CHARACTERS).slice(0, MOST_LINES);
}

/** Of the widget that the page shows. */
export const acts = new Acts();
