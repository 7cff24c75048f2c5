/** What evidence tells of the values that a scenario gives. */
import type { GivenFacts } from "../../model/raw-log.ts";
import type { Cut } from "../../model/tags.ts";
import type { Scenario } from "../../model/widget.ts";
import { cutDepth } from "./depth.ts";

/** Leaves counted; a longer list is data that no widget is written for field by field. */
const LEAF_LIMIT = 5000;

/** `withLeaves`: reads of `toolOutput` were recorded. */
export function givenFactsOf(scenario: Scenario, cuts: readonly Cut[], withLeaves: boolean): GivenFacts {
  const { toolInput, toolOutput, content, _meta, widgetState, inventedResult, noResult } = scenario;
  const named = originsIn([toolInput, toolOutput, content, _meta, widgetState]);
  return {
    sizes: {
      toolInput: bytesOf(toolInput),
      structuredContent: bytesOf(toolOutput),
      content: bytesOf(content),
      meta: bytesOf(_meta),
      widgetState: bytesOf(widgetState),
    },
    leaves: withLeaves && typeof toolOutput === "object" && toolOutput !== null ? leavesOf(toolOutput) : null,
    inventedArguments: scenario.inventedArguments === true,
    cuts,
    ...(named.length === 0 ? {} : { named }),
    ...(inventedResult === undefined ? {} : { inventedResult }),
    ...(noResult === undefined ? {} : { noResult }),
  };
}

/** Characters that addresses are looked for in, and origins that are kept. */
const NAMED_TEXT = 2_000_000;
const NAMED_LIMIT = 200;
const ADDRESS = /(?:https|wss):\/\/[a-z0-9.-]{1,253}(?::\d{1,5})?/gi;

/** Web origins that the values name. */
function originsIn(values: readonly unknown[]): string[] {
  const text = JSON.stringify(cutDepth(values.filter((value) => value !== undefined)).value).slice(0, NAMED_TEXT);
  const origins = new Set<string>();
  for (const [address] of text.matchAll(ADDRESS)) {
    if (origins.size === NAMED_LIMIT) break;
    origins.add(address.toLowerCase().replace(/\.$/, ""));
  }
  return [...origins];
}

function bytesOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  const text = JSON.stringify(cutDepth(value).value) as string | undefined;
  return Buffer.byteLength(text ?? "");
}

/** What is no filled object or array, with its JSON path. */
function leavesOf(root: object): { readonly path: string; readonly bytes: number }[] {
  const leaves: { readonly path: string; readonly bytes: number }[] = [];
  const stack: { readonly path: string; readonly value: unknown }[] = [{ path: "$", value: root }];
  for (let next = stack.pop(); next && leaves.length < LEAF_LIMIT; next = stack.pop()) {
    const { path, value } = next;
    const children = typeof value === "object" && value !== null ? Object.entries(value) : [];
    if (children.length === 0) leaves.push({ path, bytes: bytesOf(value) });
    for (const [key, child] of children)
      stack.push({ path: Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`, value: child });
  }
  return leaves.reverse();
}
