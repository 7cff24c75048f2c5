/** In which order targets are pressed. Pure: the same seed gives the same order for the same targets. */
import type { Target } from "../../../host/emulator/guest/targets.ts";

/** A form is filled in before it is sent. */
const FILLS: ReadonlySet<Target["kind"]> = new Set(["type", "choose"]);
/** Rows of a list are alike: so many of them are pressed. */
const MOST_OF_A_GROUP = 3;

/**
 * What stays before what leaves, few of a kind before many, what has just
 * appeared (a menu) before what was there, fields before buttons. The rest is the seed's: each target
 * has a rank of its own, so that one that comes or goes does not shuffle others.
 */
export function orderOf(targets: readonly Target[], pressed: readonly Target[], seed: number): Target[] {
  const done = new Set(pressed.map(({ label }) => label));
  const ofGroup = (target: Target): number => pressed.filter(({ group }) => group === target.group).length;
  return targets
    .filter((target) => !done.has(target.label) && ofGroup(target) < MOST_OF_A_GROUP)
    .map((target) => ({
      target,
      ranks: [
        target.leaving,
        ofGroup(target),
        target.isFresh ? 0 : 1,
        FILLS.has(target.kind) ? 0 : 1,
        hash(`${seed} ${target.label}`),
      ],
    }))
    .toSorted((one, other) => compare(one.ranks, other.ranks))
    .map(({ target }) => target);
}

/** By its name it leads on, in the languages that most widgets speak. */
const LEADS_ON =
  /\b(next|continue|proceed|forward|more|start|begin|go|skip|weiter|mehr|siguiente|continuar|m[aá]s|suivant|plus|avanti|pr[oó]ximo)\b|далее|下一|次へ|[→›»▶⏭]/i;
/** How often what leads on is pressed once more, and all of it together. */
const MOST_REPEATS = 4;
const MOST_REPEATS_IN_ALL = 8;

/** Share of what stood on the screen that another page takes away. */
const TURNED = 0.5;

/** What a press brought: words that never stood on the screen before, and the share of those before it that are gone. */
export interface Brought {
  readonly fresh: readonly string[];
  readonly gone: number;
}

/** Another press of the same thing is worth it: its name says so, or it turned a page. */
export function leadsOn(label: string, { fresh, gone }: Brought): boolean {
  if (LEADS_ON.test(label)) return fresh.length > 0;
  // A number that counts up is no other page.
  return gone >= TURNED && fresh.some((word) => /\p{L}/u.test(word));
}

/** What is pressed next; what something lies over is tried once more when all else is done, as a dialog may be closed by then. */
export class PressQueue {
  readonly #pressed: Target[] = [];
  readonly #covered = new Map<string, Target>();
  /** What led on when it was pressed last, and how often it was pressed once more. */
  readonly #leading = new Map<string, number>();
  #repeats = 0;

  constructor(private readonly seed: number) {}

  next(targets: readonly Target[]): Target | undefined {
    const isCovered = ({ label }: Target): boolean => this.#covered.has(label);
    const isLeft = (target: Target): boolean => !target.isDone;
    const [free] = this.#ordered(targets.filter((target) => isLeft(target) && !isCovered(target)));
    return free ?? this.#ordered(targets.filter((target) => isLeft(target) && isCovered(target)))[0];
  }

  /** Something that led on when it was pressed, and is still there: behind the second page of a wizard is a third. */
  again(targets: readonly Target[]): { readonly target: Target; readonly times: number } | undefined {
    if (this.#repeats >= MOST_REPEATS_IN_ALL) return undefined;
    const target = targets.find(
      ({ kind, leaving, label }) =>
        kind === "press" && leaving === 0 && (this.#leading.get(label) ?? MOST_REPEATS) < MOST_REPEATS,
    );
    if (!target) return undefined;
    const times = (this.#leading.get(target.label) ?? 0) + 1;
    this.#leading.set(target.label, times);
    this.#repeats++;
    return { target, times: times + 1 };
  }

  brought({ label }: Target, brought: Brought): void {
    if (!leadsOn(label, brought)) this.#leading.delete(label);
    else if (!this.#leading.has(label)) this.#leading.set(label, 0);
  }

  done(target: Target): void {
    this.#covered.delete(target.label);
    this.#pressed.push(target);
  }

  /** False when it was put off before: then it is done. */
  putOff(target: Target): boolean {
    const isFirst = !this.#covered.has(target.label);
    if (isFirst) this.#covered.set(target.label, target);
    else this.done(target);
    return isFirst;
  }

  /** Not tried again so far, without those of a kind of which enough were pressed. */
  get covered(): Target[] {
    return this.#ordered([...this.#covered.values()]);
  }

  #ordered(targets: readonly Target[]): Target[] {
    return orderOf(targets, this.#pressed, this.seed);
  }
}

function compare(ones: readonly number[], others: readonly number[]): number {
  for (const [index, one] of ones.entries()) {
    const difference = one - (others[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
