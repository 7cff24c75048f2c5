/** The words and signs of every report, once. */
import { requestOf } from "../../model/answers.ts";
import type { NetworkAttempt, Where } from "../../model/evidence.ts";
import type { AllowlistOrigin, Finding, Severity, Verdict } from "../../model/result.ts";

/** How something is meant; each format shows it in its own way. */
export type Tone = "good" | "bad" | "warn" | "note";

export interface Word {
  readonly word: string;
  readonly tone: Tone;
}

export const VERDICTS = {
  pass: { word: "pass", title: "Pass", tone: "good", sign: "✓", emoji: "✅" },
  fail: { word: "fail", title: "Fail", tone: "bad", sign: "✗", emoji: "❌" },
  incomplete: { word: "incomplete", title: "Incomplete", tone: "warn", sign: "?", emoji: "❔" },
} as const satisfies Readonly<Record<Verdict, Word & { title: string; sign: string; emoji: string }>>;

export const SEVERITIES = {
  error: { word: "error", tone: "bad", sign: "✗" },
  warning: { word: "warning", tone: "warn", sign: "!" },
  info: { word: "note", tone: "note", sign: "i" },
} as const satisfies Readonly<Record<Severity, Word & { sign: string }>>;

/** Outcomes of requests; what went wrong stands first. */
export const OUTCOMES = {
  "blocked-by-csp": { word: "blocked by CSP", tone: "bad" },
  "blocked-by-sandbox": { word: "blocked by sandbox", tone: "bad" },
  failed: { word: "failed", tone: "warn" },
  allowed: { word: "allowed", tone: "good" },
} as const satisfies Readonly<Record<NetworkAttempt["outcome"], Word>>;

/** States of origins; what wants doing stands first. */
export const STATES = {
  missing: { word: "missing", tone: "bad" },
  "wrong-list": { word: "wrong list", tone: "bad" },
  "cannot-be-allowed": { word: "cannot be allowed", tone: "bad" },
  "too-broad": { word: "too broad", tone: "warn" },
  unused: { word: "unused", tone: "warn" },
  declared: { word: "declared", tone: "good" },
} as const satisfies Readonly<Record<AllowlistOrigin["state"], Word>>;

/** Shown where there is nothing. */
export const NONE = "–";
/** Said of a result without a run. */
export const NOTHING_JUDGED = "nothing was judged";
export const PAGE_ALONE = "seen by the page alone, which could have made it up";

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** `index.html:12:5`, `widget.json: _meta.ui.csp`, `tools/list → tools[3].annotations`; empty where there is no place. */
export function placeLabel(where: Where | undefined): string {
  if (!where) return "";
  const request = requestOf(where);
  if (request !== null) return [request, where.path].filter((part) => part !== undefined).join(" → ");
  const place = [where.file ?? where.url, where.line, where.column].filter((part) => part !== undefined).join(":");
  return where.path === undefined ? place : `${place}: ${where.path}`;
}

/** Of what a server answered, the line that registers it first: `server.js:12:3 (tools/list → tools[3].annotations)`. */
export function findingPlace({ where, declaredAt }: Pick<Finding, "where" | "declaredAt">): string {
  const isRegistered = declaredAt?.line !== undefined && where?.subject !== undefined;
  return isRegistered ? `${placeLabel(declaredAt)} (${placeLabel(where)})` : placeLabel(where);
}

/** Items in the order of a vocabulary's keys. */
export function inOrderOf<T, K extends string>(
  vocabulary: Readonly<Record<K, unknown>>,
  items: readonly T[],
  key: (item: T) => K,
): T[] {
  const order = Object.keys(vocabulary);
  return items.toSorted((a, b) => order.indexOf(key(a)) - order.indexOf(key(b)));
}
