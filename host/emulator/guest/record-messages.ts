/** Tells which code posts a message to the host, once for each method: the host itself sees the message alone. */
import { apply, intercept, namesOf, quietly, stackOf, type Tell } from "./wrap.ts";

/** Name under which a posted message is told, with its method as what came back. */
export const MESSAGE = "message";
const METHOD_LIMIT = 40;
const METHOD_CHARACTERS = 100;

export function recordMessages(tell: Tell): void {
  const told = new Set<string>();
  const note = (data: unknown, stack: string): void => {
    const method = methodOf(data);
    if (method === null || told.has(method) || told.size >= METHOD_LIMIT) return;
    told.add(method);
    tell({ api: MESSAGE, returned: method, stack, blocked: false });
  };
  // The sandbox document is of the same origin; where a host has it otherwise, nothing is told.
  quietly(
    () =>
      intercept(namesOf(window.parent), "postMessage", {
        apply(target, self: unknown, args: unknown[]) {
          const stack = told.size < METHOD_LIMIT ? stackOf() : "";
          quietly(() => note(args[0], stack), undefined);
          return apply(target, self, args);
        },
      }),
    undefined,
  );
}

/** Empty for a message that names none; null for what is none of the bridge's. */
function methodOf(data: unknown): string | null {
  const { method, jsonrpc } = namesOf(data) ?? {};
  if (typeof method === "string") return method.slice(0, METHOD_CHARACTERS);
  return jsonrpc === undefined ? null : "";
}
