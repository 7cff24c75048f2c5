/** What a vector expects, in few words. */
import type { Expected } from "./types.ts";

type Kind = Expected["kind"];
type More = Partial<Expected>;

export function csp(kind: Kind, directive: string, more: More = {}): Expected {
  return { kind, directive, outcome: "blocked-by-csp", blockClass: "csp-expressible", ...more };
}

/** No entry of the lists can allow it. */
export function never(kind: Kind, directive: string, more: More = {}): Expected {
  return csp(kind, directive, { blockClass: "csp-inexpressible", ...more });
}

export function ok(kind: Kind, more: More = {}): Expected {
  return { kind, outcome: "allowed", ...more };
}
