/** Questions to the facts of a host: all of them, by name, and how old and how sure they are. */
import type { Confidence, HostProfile, Sourced } from "../profiles/types.ts";

/** A fact and the path under which pages name it: `innerPolicy`, `frames.outerAllow`. */
export type NamedFact = readonly [path: string, fact: Sourced<unknown>];

/** Every fact of a profile, its own before those of frames and bridge. */
export function factsOf(profile: HostProfile): readonly NamedFact[] {
  const entries: (readonly [string, unknown])[] = [
    ...Object.entries(profile),
    ...prefixed("frames", profile.frames),
    ...prefixed("bridge", profile.bridge),
  ];
  return entries.filter((entry): entry is NamedFact => isFact(entry[1]));
}

const prefixed = (name: string, group: object): (readonly [string, unknown])[] =>
  Object.entries(group).map(([key, value]) => [`${name}.${key}`, value] as const);

const isFact = (value: unknown): value is Sourced<unknown> =>
  typeof value === "object" && value !== null && "confidence" in value && "seen" in value;

/** How many facts are how sure. */
export function confidencesOf(profile: HostProfile): Readonly<Record<Confidence, number>> {
  const counts: Record<Confidence, number> = { high: 0, medium: 0, low: 0, unknown: 0 };
  for (const [, { confidence }] of factsOf(profile)) counts[confidence]++;
  return counts;
}

/** Day of the newest fact, as it is written there; null when no fact has one. */
export function newestOf(profile: HostProfile): string | null {
  const days = factsOf(profile).flatMap(([, { confidence, seen }]) =>
    confidence === "unknown" || !DAY.test(seen) ? [] : [seen],
  );
  return days.toSorted((one, other) => dayOf(one) - dayOf(other)).at(-1) ?? null;
}

const DAY = /^\d{4}(-\d{2}){0,2}$/;
const DAY_MS = 86_400_000;

/** Of a month or a year its first day: no fact is taken for newer than it may be. */
function dayOf(seen: string): number {
  const [year = 0, month = 1, day = 1] = seen.split("-").map(Number);
  return Date.UTC(year, month - 1, day);
}

/** Facts older than this are said, days. */
export const OLD_DAYS = 90;

/**
 * Age of a host's newest fact in whole days, never less than 0; null where age says nothing: a specification is what it
 * is, and a dated version is of its date.
 * @param today ISO date
 */
export function ageOf(profile: HostProfile, today: string): number | null {
  const newest = newestOf(profile);
  if (newest === null || profile.isSpecification === true || profile.id.includes("@")) return null;
  return Math.max(0, Math.floor((Date.parse(today) - dayOf(newest)) / DAY_MS));
}

/** Facts that decide what any widget meets; where one is unknown, a widget that fails nothing is undecided. */
const BEARING: ReadonlySet<string> = new Set([
  "innerPolicy",
  "frames.outerSandbox",
  "frames.innerSandbox",
  "frames.outerAllow",
  "bridge.windowOpenai",
  "bridge.deliveredResult",
]);

/** Facts that decide what becomes of what a widget asks for over the network, and of nothing else. */
const BEARING_ON_REQUESTS: ReadonlySet<string> = new Set(["frames.outerPolicy"]);

/** Paths of facts that no source says and that bear on every widget. */
export const unknownFacts = (profile: HostProfile): readonly string[] => unknownOf(profile, BEARING);

/** Paths of facts that no source says and that bear on a widget that asks for something a policy may refuse. */
export const unknownOfRequests = (profile: HostProfile): readonly string[] => unknownOf(profile, BEARING_ON_REQUESTS);

const unknownOf = (profile: HostProfile, paths: ReadonlySet<string>): readonly string[] =>
  factsOf(profile).flatMap(([path, { confidence }]) => (confidence === "unknown" && paths.has(path) ? [path] : []));
