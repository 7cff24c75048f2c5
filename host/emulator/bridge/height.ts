/**
 * The height of an inline frame, as the widget reports it: applied, and watched
 * for a loop. A widget whose content is as high as its frame and more reports a
 * height, is given it, and reports a larger one, for ever. One that only has
 * more to show grows as well, and by itself: so a frame that keeps growing is
 * held. What goes on growing then is content. What rests, and grows again as
 * soon as its frame does, twice, is a loop.
 */
export interface HeightOptions {
  /** Height of the frame now, CSS pixels. */
  readonly start: number;
  apply(height: number): void;
  /** It is found: the height asked for at last, and by how much it was more than the frame's. */
  onLoop(height: number, step: number): void;
  /** The answer is on its way: the run is to wait for it. */
  onBusy(busy: boolean): void;
  readonly later?: (work: () => void, ms: number) => void;
  readonly now?: () => number;
}

/** Reports in a row of which each is more than the frame's height, before it is held. */
const STREAK = 8;
/** How often a frame must grow by being given its height. */
const CONFIRMED = 2;
/** A report that comes of a new height comes with the next drawing, ms; slower content is waited for in its own rhythm. */
const LEAST_MS = 150;
const MOST_MS = 1000;
const RHYTHMS = 4;
/** Animations come to rest by growing less and less. */
const NOT_SLOWING = 0.5;

export class HeightKeeper {
  #height: number;
  #state: "open" | "held" | "tried" | "ended" = "open";
  #streak = 0;
  #step = 0;
  #confirmed = 0;
  #asked = 0;
  #lastAt = 0;
  #longestGap = 0;
  /** Of the timer that counts. */
  #turn = 0;
  readonly #later: (work: () => void, ms: number) => void;
  readonly #now: () => number;

  constructor(private readonly options: HeightOptions) {
    this.#height = options.start;
    this.#later = options.later ?? ((work, ms) => void setTimeout(work, ms));
    this.#now = options.now ?? (() => performance.now());
  }

  report(height: number): void {
    if (this.#state === "ended") return;
    const grows = height > this.#height;
    if (this.#state === "held") {
      if (height > this.#asked) this.#open(height);
    } else if (this.#state === "tried") {
      if (grows) this.#confirm(height);
    } else if (!grows || height - this.#height < this.#step * NOT_SLOWING) {
      this.#streak = 0;
      this.#longestGap = 0;
      this.#grow(height);
    } else if (++this.#streak < STREAK) this.#grow(height);
    else {
      this.options.onBusy(true);
      this.#hold(height);
    }
  }

  #grow(height: number): void {
    const now = this.#now();
    if (this.#streak > 1) this.#longestGap = Math.max(this.#longestGap, now - this.#lastAt);
    this.#lastAt = now;
    this.#step = Math.max(0, height - this.#height);
    this.#height = height;
    this.options.apply(height);
  }

  #hold(height: number): void {
    this.#state = "held";
    this.#asked = height;
    this.#wait(() => {
      this.#state = "tried";
      this.#grow(height);
      // It has its height, and rests: it only had so much to show.
      this.#wait(() => this.#open(height));
    });
  }

  #confirm(height: number): void {
    if (++this.#confirmed < CONFIRMED) {
      this.#hold(height);
      return;
    }
    this.#state = "ended";
    this.#turn++;
    this.options.onLoop(height, height - this.#height);
    this.options.onBusy(false);
  }

  #open(height: number): void {
    this.#state = "open";
    this.#turn++;
    [this.#streak, this.#confirmed, this.#step] = [0, 0, 0];
    this.#grow(height);
    this.options.onBusy(false);
  }

  #wait(then: () => void): void {
    const turn = ++this.#turn;
    const ms = Math.min(MOST_MS, Math.max(LEAST_MS, this.#longestGap * RHYTHMS));
    this.#later(() => {
      if (this.#turn === turn) then();
    }, ms);
  }
}
