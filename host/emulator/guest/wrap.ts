/**
 * Putting a recorder before a native function. A `Proxy` over it keeps its
 * name, its length and its `[native code]`, so that feature detection sees no
 * difference, and each call goes on to the real function.
 */
import type { ApiRecord } from "./protocol.ts";

export type Tell = (record: ApiRecord) => void;
export type Callable = (...args: unknown[]) => unknown;
/** The global object, or any object by whose names its parts are reached. */
export type Names = Readonly<Record<string, unknown>>;

/** Calls `work` when the document goes, where it may go before the widget's own. */
export type WhenGone = (work: () => void) => void;

/** One thing to wrap: the object and the method, and the name that is recorded. */
export interface Site {
  readonly owner: Names | null;
  readonly method: string;
  readonly api: string;
  readonly tell: Tell;
  readonly whenGone: WhenGone;
}

// Kept before the widget can replace them.
export const { apply, construct, deleteProperty } = Reflect;
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, hasOwn } = Object;
const { indexOf, slice } = String.prototype as unknown as Readonly<Record<"indexOf" | "slice", Callable>>;
const OwnError = Error;
const STACK_LINES = 13;
/** An SDK lays some ten frames between the author's call and the message that it posts. */
const STACK_FRAMES = 20;

export const isCallable = (value: unknown): value is Callable => typeof value === "function";
export const namesOf = (value: unknown): Names | null =>
  (typeof value === "object" && value !== null) || typeof value === "function" ? (value as Names) : null;

/** `Clipboard.prototype` from the global object; null where the browser has none. */
export function ownerAt(path: string | undefined, scope: Names): Names | null {
  let owner: Names | null = scope;
  for (const name of path?.split(".") ?? []) owner = namesOf(owner?.[name]);
  return owner;
}

/** Puts a recorder before a method, or a constructor, where there is one. */
export function intercept(owner: Names | null, name: string, handler: ProxyHandler<Callable>): void {
  const original = owner?.[name];
  if (!isCallable(original)) return;
  let holder: unknown = owner;
  while (holder && !hasOwn(holder, name)) holder = getPrototypeOf(holder);
  const descriptor = holder ? getOwnPropertyDescriptor(holder, name) : undefined;
  if (descriptor?.configurable) defineProperty(holder, name, { ...descriptor, value: new Proxy(original, handler) });
}

/** Frames, more than telling of a call takes. */
const ROOM = 500;

/**
 * Near the end of the stack telling of a call would fail where the call itself does not: throws then, as the call would
 * a few frames deeper.
 */
export function makeRoom(frames = ROOM): number {
  return frames === 0 ? 0 : 1 + makeRoom(frames - 1);
}

/**
 * To be called by a handler itself, ahead of the call: its own frames are left out, and there is room to tell of it. The widget may
 * have a hand in stacks (`Error.prepareStackTrace` of a library): it is put
 * aside meanwhile, and whatever comes of it, nothing is thrown.
 */
export function stackOf(): string {
  makeRoom();
  const hook = getOwnPropertyDescriptor(OwnError, HOOK);
  if (hook && !hook.configurable) return "";
  return quietly(
    () =>
      withOwn(HOOK, undefined, () =>
        withOwn(LIMIT, STACK_FRAMES, () => {
          const { stack } = new OwnError();
          return typeof stack === "string" ? linesOf(stack, 8, STACK_LINES) : "";
        }),
      ),
    "",
  );
}

const HOOK = "prepareStackTrace";
const LIMIT = "stackTraceLimit";

/** `Error`'s property has the value meanwhile, unless the widget has fixed its own. */
function withOwn<T>(name: string, value: unknown, work: () => T): T {
  const own = getOwnPropertyDescriptor(OwnError, name);
  if (own && !own.configurable) return work();
  try {
    defineProperty(OwnError, name, { value, configurable: true });
    return work();
  } finally {
    if (own) defineProperty(OwnError, name, own);
    else deleteProperty(OwnError, name);
  }
}

/** What is ours must not throw into the widget, whatever it did to what ours is made of. */
export function quietly<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** By functions that were kept: the page may have put others in their place. */
function linesOf(text: string, from: number, most: number): string {
  let start = 0;
  for (let line = 0; line < from; line++) {
    const end = apply(indexOf, text, ["\n", start]) as number;
    if (end < 0) return "";
    start = end + 1;
  }
  let end = start;
  for (let line = 0; line < most && end >= 0; line++)
    end = apply(indexOf, text, ["\n", line === 0 ? start : end + 1]) as number;
  return apply(slice, text, end < 0 ? [start] : [start, end]) as string;
}

export const errorName = (error: unknown): string => {
  const name = namesOf(error)?.name;
  return typeof name === "string" ? name : "an exception";
};

/** What came back, in words. */
export function show(value: unknown): string {
  if (value === null || value === undefined || typeof value === "boolean" || typeof value === "number")
    return String(value);
  if (typeof value === "string") return "a string";
  return typeof value === "object" ? "an object" : typeof value;
}
