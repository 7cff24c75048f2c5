/** Requests to a server that is connected: how long we wait, and why one failed, in a line. */
import type { Client } from "@modelcontextprotocol/client";
import { messageOf } from "../model/errors.ts";

/** How long a list, a resource, or a call that nobody asked for may take, milliseconds. */
export const REQUEST_MS = 10_000;
/** How long a call may take that a scenario or the widget asks for, milliseconds. */
export const CALL_MS = 30_000;
/** Pages of one list at most, entries of all of them, and how long they may take, milliseconds. */
const PAGE_LIMIT = 200;
const ENTRY_LIMIT = 10_000;
const LIST_MS = 30_000;

/** Every page of a list, in order. @throws Error when a cursor comes again, or there is no end: such a list holds a client for ever. */
export async function everyPage<T>(
  client: Client,
  method: "tools/list" | "resources/list",
  itemsOf: (page: Readonly<Record<string, unknown>>) => readonly T[],
  limitMs = LIST_MS,
): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  const began = performance.now();
  for (let cursor: string | undefined; ;) {
    const page = (await client.request(
      { method, params: cursor === undefined ? {} : { cursor } },
      { timeout: REQUEST_MS },
    )) as Readonly<Record<string, unknown>> & { readonly nextCursor?: string };
    // Not spread into a call, which takes only so many.
    for (const item of itemsOf(page)) items.push(item);
    if (items.length > ENTRY_LIMIT) throw new Error(`it has more than ${ENTRY_LIMIT} entries`);
    cursor = page.nextCursor;
    if (cursor === undefined) return items;
    if (seen.has(cursor)) throw new Error(`nextCursor "${cursor.slice(0, 60)}" came again, so the list never ends`);
    if (seen.size === PAGE_LIMIT) throw new Error(`it has more than ${PAGE_LIMIT} pages`);
    if (performance.now() - began > limitMs) throw new Error(`it was not at its end after ${limitMs / 1000} s`);
    seen.add(cursor);
  }
}

const ISSUES_TOLD = 3;

/** Why a request failed. The SDK words a malformed answer as the JSON of its schema's complaints, and a limit without its length. */
export function reasonOf(error: unknown): string {
  const { code, data } = error as {
    readonly code?: unknown;
    readonly data?: { readonly timeout?: number; readonly status?: number };
  };
  if (code === "REQUEST_TIMEOUT") return `it did not answer within ${(data?.timeout ?? REQUEST_MS) / 1000} s`;
  const status = data?.status;
  if (status !== undefined)
    return `HTTP ${status}: ${oneLine(messageOf(error))}${status === 401 || status === 403 ? " (it wants authorization: `sandglass login`, or --token TOKEN)" : ""}`;
  const message = messageOf(error);
  const start = message.indexOf("[\n");
  const issues = start < 0 ? null : issuesIn(message.slice(start));
  if (!issues) return oneLine(message);
  const told = issues
    .slice(0, ISSUES_TOLD)
    .map(({ path, message: complaint }) => `${path.join(".")}: ${complaint}`)
    .join("; ");
  return `${message.slice(0, start).trim()} ${told}${issues.length > ISSUES_TOLD ? ` and ${issues.length - ISSUES_TOLD} more` : ""}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, 400);

interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function issuesIn(text: string): readonly Issue[] | null {
  try {
    return JSON.parse(text) as readonly Issue[];
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
