/** Whether a rendering lacks what its result should have brought: asked while rendering, and by the check. */
import type { Shown } from "./evidence.ts";
import { common, partsOf, without } from "./shown.ts";

/** Renderings of the same widget, each list as often as it was rendered. */
export interface Compared {
  readonly mains: readonly Shown[];
  readonly lates: readonly Shown[];
  /** Before, or without, the result. */
  readonly controls: readonly Shown[];
  /** Words of the result. */
  readonly words: readonly string[];
  /** Something of `toolOutput` was read: without it a widget that shows dice would be one that lost its result. */
  readonly outputRead: boolean;
}

export interface Difference {
  /** Nothing comes of a late result, or not all of it; or a result that came at once was missed. */
  readonly kind: "lost" | "partial" | "missed";
  /** In every rendering of the one, and in none of the other. */
  readonly parts: ReadonlySet<string>;
}

type Parts = ReadonlySet<string>;

/** Null: no difference, or one that clocks, dice and slides make, too. */
export function differenceOf(compared: Compared): Difference | null {
  const mains = compared.mains.map(partsOf);
  const lates = compared.lates.map(partsOf);
  const controls = compared.controls.map(partsOf);
  const given = new Set(compared.words);
  const missing = without(inAll(mains), ...lates);
  const gained = without(inAll(lates), ...mains);
  const shows = (parts: Parts): boolean => common(parts, given).size > 0;
  /** Nothing came with the result: what these show, they showed before. */
  const asControl = (rendered: readonly Parts[]): boolean =>
    controls.length > 0 && rendered.every((parts) => without(parts, ...controls).size === 0);
  const matters = compared.outputRead || shows(missing) || lates.every((parts) => parts.size === 0);
  if (missing.size > 0 && matters && asControl(lates)) return { kind: "lost", parts: missing };
  if (shows(gained)) return asControl(mains) ? { kind: "missed", parts: gained } : null;
  // A slide that has gone on shows other data; one that has not heard of the data shows none.
  return shows(missing) ? { kind: "partial", parts: missing } : null;
}

const inAll = ([first = new Set<string>(), ...others]: readonly Parts[]): Parts =>
  others.reduce((parts, other) => common(parts, other), first);
