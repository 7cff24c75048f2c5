/** Bounded, seeded exploration: each thing that can be pressed is pressed once, as a user would. */
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import { without, wordsOf } from "../../model/shown.ts";
import type { Exploration } from "../../model/tags.ts";
import type { BridgeLog } from "../witness/bridge-log.ts";
import type { ActReport } from "./act.ts";
import { isolatedWorld, nextPaint } from "./document.ts";
import { widgetSession, type Looking } from "./look.ts";
import { PressQueue } from "./press-order.ts";
import { idle, strain } from "./settle.ts";
import { TargetPage, type Aim, type Key, type Target, type TargetList } from "./targets.ts";

export interface ExploreOptions {
  readonly looking: Looking;
  readonly bridge: BridgeLog;
  readonly seed: number;
  /** Presses, at most. */
  readonly actions: number;
  /** Targets that are left out, by their labels: an earlier opening of the widget ended with them. */
  readonly skip?: readonly string[];
}

/** What pressing may take altogether, ms; the life that follows has a limit of its own. */
const EXPLORE_MS = 4000;
/** A press waits for the widget's thread. */
const PRESS_MS = 1500;
/** What a press asks for is waited for so long, ms; what comes later is still seen. */
const ANSWER_MS = 600;
/** A frame that is drawn late is not waited for, ms. */
const PAINT_MS = 300;

const KEYS: readonly Key[] = [
  { key: "ArrowRight", code: 39 },
  { key: "ArrowDown", code: 40 },
  { key: " ", text: " ", code: 32 },
  { key: "Enter", text: "\r", code: 13 },
];
const ENTER: Key = { key: "Enter", text: "\r", code: 13 };
const KEYS_LABEL = "pressing keys";

/** How many things could be pressed; null when that could not be told. */
export async function countTargets(looking: Looking): Promise<number | null> {
  const counting = (async () => {
    const page = await TargetPage.open(looking);
    if (!page) return null;
    const [{ targets }, hearsKeys] = await Promise.all([page.list(), page.hearsKeys()]);
    return targets.length + (hearsKeys ? 1 : 0);
  })();
  // A frame that is gone or hung has nothing to press.
  const count = await withDeadline(
    counting.catch(() => null),
    performance.now() + PRESS_MS,
  );
  return count === EXPIRED ? null : count;
}

/** Grows `report` while it goes; never rejects for what the widget does. */
export async function explore(options: ExploreOptions, report: ActReport): Promise<void> {
  const { log } = options.looking;
  try {
    await new Explorer(options, report).run();
  } finally {
    log.pressing = null;
  }
}

class Explorer {
  readonly #limitMs = EXPLORE_MS * strain();
  readonly #until = performance.now() + this.#limitMs;
  readonly #queue: PressQueue;
  readonly #skip: ReadonlySet<string>;
  #keysDone = false;
  #textLength: number | null = null;
  /** Words that stood on the screen so far. */
  readonly #words = new Set<string>();
  /** Those of the last listing. */
  #shown: ReadonlySet<string> = new Set();
  #last: Target | null = null;

  constructor(
    private readonly options: ExploreOptions,
    private readonly report: ActReport,
  ) {
    this.#skip = new Set(options.skip);
    this.#queue = new PressQueue(options.seed);
  }

  async run(): Promise<void> {
    await this.#pressAll();
    this.#noteCovered();
  }

  async #pressAll(): Promise<void> {
    const { looking, actions } = this.options;
    while (this.report.explored.length < actions) {
      if (performance.now() >= this.#until) {
        this.report.exploringStoppedAfterMs = Math.round(this.#limitMs);
        return;
      }
      const went = await withDeadline(
        // A document that is gone is explored no further.
        this.#step().catch(() => "gone" as const),
        performance.now() + (PRESS_MS * 2 + ANSWER_MS) * strain(),
      );
      const { departure, crashed } = looking.log;
      if (went === "done") return;
      if (went !== "pressed" || departure !== null || crashed) {
        this.report.exploringEnded = "gone";
        return;
      }
    }
  }

  /** One press, and what it brings. */
  async #step(): Promise<"pressed" | "done" | "gone"> {
    const page = await TargetPage.open(this.options.looking);
    if (!page) return "gone";
    const listed = await page.list();
    this.#noteBlank(listed);
    this.#noteWords(listed);
    const targets = listed.targets.filter((target) => !this.#skip.has(labelOf(target)));
    const chosen = this.#queue.next(targets);
    if (chosen) {
      await this.#press(page, chosen);
      return "pressed";
    }
    const again = this.#queue.again(targets);
    if (again) {
      await this.#act(`${labelOf(again.target)}, ${again.times} times`, () => performOn(page, again.target));
      this.#last = again.target;
      return "pressed";
    }
    if (targets.every(({ isDone }) => isDone) && this.report.explored.at(-1)?.blank) return "gone";
    if (this.#keysDone || this.#skip.has(KEYS_LABEL) || !(await page.hearsKeys())) return "done";
    this.#keysDone = true;
    await this.#act(KEYS_LABEL, () => pressKeys(page));
    return "pressed";
  }

  async #press(page: TargetPage, target: Target): Promise<void> {
    const done = await this.#act(labelOf(target), () => performOn(page, target));
    const putOff = done === "covered" && this.#queue.putOff(target);
    if (done !== "covered") this.#queue.done(target);
    this.#last = done === "pressed" ? target : null;
    if (putOff || done === "inner") this.report.explored.pop();
  }

  /** What is still covered was not pressed; where the widget is opened again, it is tried there. */
  #noteCovered(): void {
    if (this.report.exploringEnded === "gone") return;
    const left = this.#queue.covered.map((target) => ({ target: labelOf(target), outcome: "not-pressed" as const }));
    this.report.explored.push(...left);
  }

  async #act(label: string, work: () => Promise<Done>): Promise<Done | typeof EXPIRED> {
    const { log } = this.options.looking;
    log.pressing = label;
    // Noted first: the widget may be gone with it.
    const noted: { -readonly [K in keyof Exploration]: Exploration[K] } = { target: label, outcome: "pressed" };
    this.report.explored.push(noted);
    const done = await withDeadline(work(), performance.now() + PRESS_MS * strain());
    if (done === "pressed" || done === EXPIRED) await this.#calm();
    else noted.outcome = "not-pressed";
    return done;
  }

  /** What it asked for has come, and is drawn. */
  async #calm(): Promise<void> {
    const { looking, bridge } = this.options;
    const { log, protocol } = looking;
    // What was asked of the host goes through its page first.
    await this.#painted();
    await idle(log, bridge, performance.now() + ANSWER_MS);
    const widget = widgetSession(looking);
    if (widget) await protocol.send("Runtime.evaluate", { expression: "0" }, widget.id).catch(() => null);
  }

  async #painted(): Promise<void> {
    const { protocol, log } = this.options.looking;
    const widget = widgetSession(this.options.looking);
    const frame = log.innerFrameId;
    if (!widget || frame === null) return;
    const painting = isolatedWorld(protocol, widget.id, frame).then((world) => nextPaint(protocol, widget.id, world));
    // A frame that is gone draws no more.
    await withDeadline(
      painting.catch(() => false),
      performance.now() + PAINT_MS * strain(),
    );
  }

  #noteWords({ text }: TargetList): void {
    const shown = new Set(wordsOf(text));
    const fresh = [...shown].filter((word) => !this.#words.has(word));
    const gone = without(this.#shown, shown).size / Math.max(1, this.#shown.size);
    if (this.#last) this.#queue.brought(this.#last, { fresh, gone });
    for (const word of fresh) this.#words.add(word);
    [this.#shown, this.#last] = [shown, null];
  }

  #noteBlank({ textLength }: TargetList): void {
    const last = this.report.explored.at(-1);
    if (last && this.#textLength !== null && this.#textLength > 0 && textLength === 0)
      this.report.explored.splice(-1, 1, { ...last, blank: true });
    this.#textLength = textLength;
  }
}

const VERBS: Readonly<Record<Target["kind"], string>> = {
  press: "pressing ",
  type: "typing into ",
  choose: "changing ",
  hover: "the mouse over ",
  scroll: "scrolling to ",
};

const labelOf = ({ kind, label }: Target): string => `${VERBS[kind]}${label}`;

type Done = "pressed" | "missed" | Extract<Aim, string>;

async function performOn(page: TargetPage, { kind, index, text }: Target): Promise<Done> {
  if (kind === "scroll") {
    await page.scrollToEnd();
    return "pressed";
  }
  const point = await page.aim(index);
  if (typeof point === "string") return point;
  if (kind === "hover") await page.move(point);
  else if (kind === "choose") {
    await page.move(point);
    if (!(await page.focus(index))) return "missed";
    await page.key({ key: "ArrowDown", code: 40 });
    return "pressed";
  } else await page.click(point);
  if (!(await page.wasHit())) return "missed";
  if (kind === "type") {
    await page.type(text);
    await page.key(ENTER);
  }
  return "pressed";
}

async function pressKeys(page: TargetPage): Promise<Done> {
  await page.takeFocus();
  for (const key of KEYS) await page.key(key);
  return "pressed";
}
