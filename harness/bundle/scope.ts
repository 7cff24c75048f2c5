/**
 * Scopes of a script. Declarations are gathered in one walk and asked for
 * after it, so hoisting needs no second walk, which is why `oxc-walker`'s
 * tracker (declaration before use, or two walks) is not used here.
 */
import type { Node } from "oxc-parser";
import type { RequestKind } from "../model/evidence.ts";

/** What a name is bound to, as far as the text tells. */
export interface Binding {
  /** The one value ever given to it; null when there is none or more than one. */
  readonly value: Node | null;
  /** Scope in which `value` is to be read. */
  readonly scope: Scope;
  /** Path from `value` to the bound thing: `const { a: { b } } = v` gives `["a", "b"]`. */
  readonly path: readonly string[];
  /** The function and position it is a parameter of. */
  readonly parameter: { readonly of: Node; readonly index: number } | null;
}

interface Draft {
  value: Node | null;
  scope: Scope;
  path: readonly string[];
  parameter: { of: Node; index: number } | null;
  writes: number;
}

export class Scope {
  readonly parent: Scope | null;
  /** `var` and sloppy functions land in the nearest such scope. */
  readonly isFunction: boolean;
  /** `try`: the block of a try statement; `catch`: its handler. */
  readonly guard: "try" | "catch" | null;
  #bindings: Map<string, Draft> | null = null;

  constructor(parent: Scope | null, isFunction: boolean, guard: Scope["guard"] = null) {
    this.parent = parent;
    this.isFunction = isFunction;
    this.guard = guard;
  }

  /** Stands in a `try` block, or in a `catch` handler, of the same function. */
  isGuardedBy(guard: "try" | "catch"): boolean {
    return hasGuard(this, guard);
  }

  functionScope(): Scope {
    return functionAround(this);
  }

  /** `readIn` is where the value stands: `var` lands further out than its initialiser. */
  declare(
    name: string,
    value: Node | null,
    readIn: Scope,
    path: readonly string[] = [],
    parameter: Draft["parameter"] = null,
  ): void {
    this.#bindings ??= new Map();
    const known = this.#bindings.get(name);
    if (!known) this.#bindings.set(name, { value, scope: readIn, path, parameter, writes: value ? 1 : 0 });
    else if (value) write(known, value, readIn, path);
  }

  /** A name assigned to: what it was given. */
  assign(name: string, value: Node | null, readIn: Scope): void {
    const draft = Scope.#find(this, name);
    if (draft) write(draft, value, readIn, []);
  }

  lookup(name: string): Binding | null {
    const draft = Scope.#find(this, name);
    return draft ? { ...draft, value: draft.writes === 1 ? draft.value : null } : null;
  }

  static #find(from: Scope, name: string): Draft | null {
    for (let scope: Scope | null = from; scope; scope = scope.parent) {
      const draft = scope.#bindings?.get(name);
      if (draft) return draft;
    }
    return null;
  }
}

function hasGuard(from: Scope, guard: "try" | "catch"): boolean {
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    if (scope.guard === guard) return true;
    if (scope.isFunction) return false;
  }
  return false;
}

function functionAround(from: Scope): Scope {
  let scope = from;
  while (!scope.isFunction && scope.parent) scope = scope.parent;
  return scope;
}

function write(draft: Draft, value: Node | null, scope: Scope, path: readonly string[]): void {
  draft.writes++;
  if (draft.writes === 1) Object.assign(draft, { value, scope, path });
  else draft.value = null;
}

/** A function that hands a parameter on to a request: its callers name the URL. */
export interface Wrapper {
  readonly of: Node;
  readonly index: number;
  readonly kind: RequestKind;
  /** Where it asks. */
  readonly start: number;
}
