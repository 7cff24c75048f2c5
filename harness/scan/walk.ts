/** Secrets and personal data in a tree of values, with a masked copy of it. Iterative: depth costs no stack. */
import type { Detection } from "../model/evidence.ts";
import type { ScanLimit } from "../model/tags.ts";
import { addAll } from "./add-all.ts";
import { LIMITS } from "./limits.ts";
import { hider } from "./mask.ts";
import { namedHits } from "./named.ts";
import { detectionOf } from "./report.ts";
import { HIDES_PERSONAL, hide, hitsOf, type ScanOptions } from "./text.ts";
import type { Carrier, Hit } from "./types.ts";

export interface ValueScan {
  readonly detections: Detection[];
  /** A copy without the raw secrets; plain JSON, cycles and what is too deep replaced by a note. */
  readonly masked: unknown;
  /** Limits that were hit. */
  readonly limits: ScanLimit[];
}

/** Characters of a key that a path shows. */
const LONGEST_STEP = 200;
/** Keys under this length are names. */
const SHORTEST_KEY = 12;

/** One object or array on the way down. */
interface Frame {
  readonly source: Readonly<Record<string, unknown>> | readonly unknown[];
  /** Null below the depth that the copy keeps. */
  readonly copy: Record<string, unknown> | unknown[] | null;
  readonly keys: readonly string[] | null;
  readonly parent: Frame | null;
  /** Key or index under which the parent holds it. */
  readonly key: string;
  /** Name that its texts go by: its key, or that of the array that it is in. */
  readonly name: string;
  readonly depth: number;
  next: number;
}

export function scanValue(value: unknown, carrier: Carrier, options: ScanOptions = {}): ValueScan {
  const walk = new Walk(carrier, options, true);
  const masked = walk.run(value);
  return { detections: walk.detections, masked, limits: [...walk.limits.values()] };
}

class Walk {
  readonly detections: Detection[] = [];
  readonly limits = new Map<string, ScanLimit>();
  readonly #hidden: Hit[] = [];
  readonly #onPath = new Set<object>();
  readonly #carrier: Carrier;
  readonly #options: ScanOptions;
  readonly #decodeJson: boolean;
  #values = 0;
  #deepest = 0;
  #found = 0;

  constructor(carrier: Carrier, options: ScanOptions, decodeJson: boolean) {
    this.#carrier = carrier;
    this.#options = options;
    this.#decodeJson = decodeJson;
  }

  run(value: unknown): unknown {
    const root: Frame = { source: [value], copy: [], keys: null, parent: null, key: "$", name: "", depth: -1, next: 0 };
    let frame: Frame | null = root;
    while (frame) {
      const count: number = frame.keys ? frame.keys.length : (frame.source as readonly unknown[]).length;
      if (frame.next >= count) {
        this.#onPath.delete(frame.source);
        frame = frame.parent;
        continue;
      }
      frame = this.#visit(frame, frame.next++) ?? frame;
    }
    if (this.#deepest > LIMITS.depth)
      this.#limit({ kind: "levels", carrier: this.#carrier, found: this.#deepest, most: LIMITS.depth });
    if (this.#found > LIMITS.detections)
      this.#limit({ kind: "detections", carrier: this.#carrier, found: this.#found, most: LIMITS.detections });
    return this.#sweep((root.copy as unknown[])[0]);
  }

  /** Scans one value; gives the frame to go down into, or null. */
  #visit(frame: Frame, index: number): Frame | null {
    const key = frame.keys?.[index] ?? String(index);
    const owner = ownerOf(frame);
    const child = owner ? owner[key] : (frame.source as readonly unknown[])[index];
    this.#values += 1;
    if (this.#values > LIMITS.values) {
      this.#limit({ kind: "values", carrier: this.#carrier, most: LIMITS.values });
      frame.next = Infinity;
      return null;
    }
    if (typeof child === "object" && child !== null) return this.#descend(frame, key, child);
    if (typeof child === "string") this.#put(frame, key, child === "" ? child : this.#maskedText(frame, key, child));
    else if (typeof child === "number")
      this.#put(frame, key, this.#options.personalData ? this.#maskedNumber(frame, key, child) : child);
    else this.#put(frame, key, typeof child === "bigint" ? String(child) : child);
    return null;
  }

  #descend(frame: Frame, key: string, child: object): Frame | null {
    if (this.#onPath.has(child)) {
      this.#limit({ kind: "cycle", carrier: this.#carrier, path: pathOf(frame, key) });
      this.#put(frame, key, "[cycle]");
      return null;
    }
    const depth = frame.depth + 1;
    if (depth > this.#deepest) this.#deepest = depth;
    const list = Array.isArray(child);
    const copy = depth > LIMITS.depth ? null : emptyLike(list);
    if (frame.copy) this.#put(frame, key, copy ?? "[nested too deep: left out]");
    this.#onPath.add(child);
    return {
      source: child as Frame["source"],
      copy,
      keys: list ? null : Object.keys(child),
      parent: frame,
      key,
      name: frame.keys ? key : frame.name,
      depth,
      next: 0,
    };
  }

  #maskedText(frame: Frame, key: string, text: string): string {
    const extra = namedHits(
      { key: frame.keys ? key : null, parent: frame.name, owner: ownerOf(frame) },
      text,
      this.#options.personalData === true,
    );
    const inner =
      this.#decodeJson && text.length >= 8 && text.length <= LIMITS.decoded * 4 ? parseJson(text) : undefined;
    if (inner !== undefined) {
      const walk = new Walk(this.#carrier, this.#options, false);
      const masked = walk.run(inner);
      for (const limit of walk.limits.values()) if (limit.kind !== "detections") this.#limit(limit);
      if (walk.detections.length > 0) {
        for (const detection of walk.detections)
          this.#report({
            ...detection,
            path: pathOf(frame, key),
            why: `${detection.why}; in JSON text at ${detection.path}`,
          });
        this.#found += walk.#found - walk.detections.length;
        addAll(this.#hidden, walk.#hidden);
        return JSON.stringify(masked);
      }
    }
    const hits = hitsOf(text, this.#carrier, this.#options, extra);
    if (hits.all.length === 0) return text;
    this.#reportHits(hits.reported, pathOf(frame, key));
    addAll(
      this.#hidden,
      hits.all.filter(({ family }) => family === "secret" || HIDES_PERSONAL.has(this.#carrier)),
    );
    return hide(text, hits, this.#carrier, "plain");
  }

  /** Card and account numbers come as numbers as well. */
  #maskedNumber(frame: Frame, key: string, value: number): unknown {
    const hit = namedHits({ key: frame.keys ? key : null, parent: frame.name, owner: null }, String(value), true)[0];
    if (!hit || hit.family !== "personal") return value;
    this.#report(detectionOf(hit, this.#carrier, { path: pathOf(frame, key) }));
    return HIDES_PERSONAL.has(this.#carrier) ? "[masked]" : value;
  }

  #limit(limit: ScanLimit): void {
    this.limits.set(JSON.stringify(limit), limit);
  }

  #report(detection: Detection): void {
    this.#found += 1;
    if (this.#found <= LIMITS.detections) this.detections.push(detection);
  }

  #reportHits(hits: readonly Hit[], path: string): void {
    const room = Math.max(0, LIMITS.detections - this.#found);
    for (const hit of hits.slice(0, room)) this.detections.push(detectionOf(hit, this.#carrier, { path }));
    this.#found += hits.length;
  }

  /** Keys are data too: a token used as a key is masked and reported. */
  #put(frame: Frame, key: string, value: unknown): void {
    if (!frame.copy) return;
    if (Array.isArray(frame.copy)) frame.copy.push(value);
    else if (key === "__proto__")
      Object.defineProperty(frame.copy, key, { value, enumerable: true, configurable: true, writable: true });
    else frame.copy[key.length < SHORTEST_KEY ? key : this.#maskedKey(frame, key)] = value;
  }

  #maskedKey(frame: Frame, key: string): string {
    const hits = hitsOf(key, this.#carrier, { ...this.#options, personalData: false });
    if (hits.all.length === 0) return key;
    const masked = hide(key, hits, this.#carrier, "plain");
    this.#reportHits(hits.reported, pathOf(frame, masked));
    addAll(this.#hidden, hits.all);
    return masked;
  }

  /** Hides values that stood elsewhere without a telling name. */
  #sweep(masked: unknown): unknown {
    const hideIn = hider(this.#hidden.map(({ value }) => value));
    if (!hideIn) return masked;
    // A path is made of keys, and a key can be a secret.
    for (const [index, detection] of this.detections.entries())
      if (detection.path) this.detections[index] = { ...detection, path: hideIn(detection.path) };
    for (const [key, limit] of this.limits)
      if (limit.kind === "cycle") this.limits.set(key, { ...limit, path: hideIn(limit.path) });
    if (typeof masked === "string") return hideIn(masked);
    const stack: unknown[] = [masked];
    while (stack.length > 0) {
      const node = stack.pop();
      if (typeof node !== "object" || node === null) continue;
      const holder = node as Record<string, unknown>;
      for (const key of Object.keys(holder)) {
        const child = hideProperty(holder, key, hideIn);
        if (typeof child !== "string") stack.push(child);
      }
    }
    return masked;
  }
}

/** Hides values in a key and in a text under it; returns what stood there. */
function hideProperty(holder: Record<string, unknown>, key: string, hideIn: (text: string) => string): unknown {
  const child = holder[key];
  const shown = key.length < SHORTEST_KEY || Array.isArray(holder) ? key : hideIn(key);
  if (shown !== key) Reflect.deleteProperty(holder, key);
  if (typeof child === "string") holder[shown] = hideIn(child);
  else if (shown !== key) holder[shown] = child;
  return child;
}

function parseJson(text: string): object | undefined {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  if (!((first === 123 && last === 125) || (first === 91 && last === 93))) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The object that holds what is visited; null for an array. */
function ownerOf(frame: Frame): Readonly<Record<string, unknown>> | null {
  return frame.keys ? (frame.source as Readonly<Record<string, unknown>>) : null;
}

function emptyLike(list: boolean): Record<string, unknown> | unknown[] {
  return list ? [] : {};
}

/** `$.a.b[0]`; the middle of a very deep path is left out. */
function pathOf(frame: Frame, key: string): string {
  const steps: string[] = [];
  let at = frame;
  for (let step = key; at.parent; step = at.key, at = at.parent) steps.push(stepText(at, step));
  steps.reverse();
  return `$${(steps.length > 40 ? [...steps.slice(0, 20), "…", ...steps.slice(-10)] : steps).join("")}`;
}

function stepText(frame: Frame, step: string): string {
  if (!frame.keys) return `[${step}]`;
  const shown = step.length > LONGEST_STEP ? `${step.slice(0, LONGEST_STEP)}…` : step;
  return /^[A-Za-z_$][\w$]*$/.test(shown) ? `.${shown}` : `[${JSON.stringify(shown)}]`;
}
