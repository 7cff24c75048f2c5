/** What evidence tells of the values that a scenario gives. */
import type { GivenLeaf } from "../../model/evidence.ts";
import type { GivenFacts } from "../../model/raw-log.ts";
import type { Cut } from "../../model/tags.ts";
import { ordersIn } from "../../model/orders.ts";
import { wordsOf } from "../../model/shown.ts";
import type { Scenario } from "../../model/widget.ts";
import { cutDepth } from "./depth.ts";

/** Leaves counted; a longer list is data that no widget is written for field by field. */
const LEAF_LIMIT = 5000;

export interface GivenOptions {
  /** Reads of `toolOutput` were recorded. */
  readonly withLeaves: boolean;
  /** Trials are compared. */
  readonly withWords: boolean;
}

export function givenFactsOf(
  scenario: Scenario,
  cuts: readonly Cut[],
  { withLeaves, withWords }: GivenOptions,
): GivenFacts {
  const { toolInput, toolOutput, content, _meta, widgetState, inventedResult, noResult } = scenario;
  const named = originsIn([toolInput, toolOutput, content, _meta, widgetState]);
  const orders = ordersOf(scenario);
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
    ...(orders.length === 0 ? {} : { orders }),
    ...(inventedResult === undefined ? {} : { inventedResult }),
    ...(noResult === undefined ? {} : { noResult }),
    ...(withWords ? { result: resultFactsOf(scenario), inputWords: wordsIn(textsIn([toolInput])) } : {}),
    ...(withWords ? secondWordsOf(scenario) : {}),
    ...(scenario.expects === "unchanged" ? { expectsUnchanged: true as const } : {}),
    ...(scenario.isError ? { isError: true as const } : {}),
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

const ORDERS_KEPT = 20;

/** What a third party could have written: the result, what was kept, and the answers of mocks. */
function ordersOf({ toolOutput, content, _meta, widgetState, again, mocks = [], tools }: Scenario): readonly string[] {
  const bodies = mocks.flatMap(({ json, body }) => [json, body]);
  const texts = textsIn([toolOutput, content, _meta, widgetState, again, bodies, tools]);
  return [...new Set(ordersIn(texts))].slice(0, ORDERS_KEPT);
}

function bytesOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  const text = JSON.stringify(cutDepth(value).value) as string | undefined;
  return Buffer.byteLength(text ?? "");
}

/** What is no filled object or array, with its JSON path. */
function leavesOf(root: object): GivenLeaf[] {
  const leaves: GivenLeaf[] = [];
  const stack: { readonly path: string; readonly value: unknown }[] = [{ path: "$", value: root }];
  for (let next = stack.pop(); next && leaves.length < LEAF_LIMIT; next = stack.pop()) {
    const { path, value } = next;
    const children = typeof value === "object" && value !== null ? Object.entries(value) : [];
    const isList = Array.isArray(value);
    if (children.length === 0) leaves.push({ path, bytes: bytesOf(value), ...(isList ? { emptyList: true } : {}) });
    for (const [key, child] of children)
      stack.push({ path: isList ? `${path}[${key}]` : `${path}.${key}`, value: child });
  }
  return leaves.reverse();
}

/** Words kept, and characters read for them. */
const WORD_LIMIT = 3000;
const CHARACTER_LIMIT = 200_000;
/** What names a thing and is not shown. */
const ID = /^[0-9a-f-]{16,}$/i;
/** Fields of `_meta` that are the host's. */
const HOST_KEYS = /^(openai|ui|mcp|io\.modelcontextprotocol)(\/|$)/;

/** What of the result could be shown. A flag alone, or text for the model, is nothing that a widget has to show. */
function resultFactsOf({ toolOutput, content = [], _meta }: Scenario): NonNullable<GivenFacts["result"]> {
  const texts = content.flatMap(textOfBlock);
  const own = textsIn([toolOutput, withoutHostKeys(_meta), ...texts.map(jsonIn)]);
  return { carries: own.some((text) => !ID.test(text)), words: wordsIn([...own, ...texts]) };
}

/** What the widget could show of a second result that is another than the first. */
function secondWordsOf({ again, toolOutput, content, _meta }: Scenario): Pick<GivenFacts, "secondWords"> {
  if (!again) return {};
  const parts = [
    [again.toolOutput, toolOutput],
    [again.content, content],
    [again._meta, _meta],
  ];
  if (parts.every(([second, first]) => JSON.stringify(second) === JSON.stringify(first))) return {};
  return { secondWords: resultFactsOf({ ...again, name: "again" }).words };
}

function wordsIn(texts: readonly string[]): string {
  const words = new Set(wordsOf(texts.join(" ").slice(0, CHARACTER_LIMIT)));
  return [...words].slice(0, WORD_LIMIT).join(" ");
}

function textOfBlock(block: unknown): string[] {
  const text = typeof block === "object" && block !== null && "text" in block ? block.text : undefined;
  return typeof text === "string" ? [text] : [];
}

function withoutHostKeys(meta: unknown): unknown {
  if (typeof meta !== "object" || meta === null) return undefined;
  return Object.fromEntries(Object.entries(meta).filter(([key]) => !HOST_KEYS.test(key)));
}

/** Data that an older server sends as text. */
function jsonIn(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Texts and numbers of a value, whatever its shape; never recurses. */
function textsIn(root: unknown): string[] {
  const texts: string[] = [];
  const stack: unknown[] = [root];
  for (let left = CHARACTER_LIMIT; stack.length > 0 && left > 0;) {
    const value = stack.pop();
    if (typeof value === "string" || typeof value === "number") {
      const text = String(value);
      left -= text.length + 1;
      if (text.length > (typeof value === "string" ? 1 : 0)) texts.push(text);
    } else if (typeof value === "object" && value !== null)
      for (const inner of (Object.values(value) as unknown[]).reverse()) stack.push(inner);
  }
  return texts;
}
