/** Questions to a record's exchanges. Pure. */
import { isRecord } from "../../../host/csp/record.ts";
import type { Exchange, ServerRecord } from "../../model/server-record.ts";
import type { Raw } from "../../model/evidence/server.ts";

export const asked = ({ exchanges }: ServerRecord, method: string): readonly Exchange[] =>
  exchanges.filter((one) => one.method === method);

export const resultOf = ({ result }: Exchange): Raw | null => (isRecord(result) ? result : null);

/** Why there is no result; null when there is one. */
export function errorOf({ error, ms }: Exchange): string | null {
  if (error) return textOrNull(error.message) ?? "an error without a message";
  return ms === null ? "no answer" : null;
}

const MOST_DATA = 4000;

/** Texts in an error's `data`, a stack among them; empty when there are none. */
export function errorDataOf({ error }: Exchange): string {
  const texts: string[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (typeof value === "string") texts.push(value);
    else if (depth < 6 && typeof value === "object" && value !== null)
      for (const one of Object.values(value)) walk(one, depth + 1);
  };
  walk(error?.data, 0);
  return texts.join("\n").slice(0, MOST_DATA);
}

/** Entries of a list over all its pages; several readings of a list, as each session makes its own, count once. */
export function listed(
  record: ServerRecord,
  method: string,
  field: string,
): { items: readonly unknown[]; pages: number; hasEnd: boolean } | null {
  const all = asked(record, method).filter((one) => resultOf(one) !== null);
  const first = all[0];
  if (!first) return null;
  const pages: Exchange[] = [first];
  for (const next of all.slice(1)) {
    const cursor = (pages.at(-1)?.result as Raw).nextCursor;
    if (cursor === undefined || next.session !== first.session || cursorOf(next) !== cursor) break;
    pages.push(next);
  }
  const items = pages.flatMap((page) => {
    const list = resultOf(page)?.[field];
    return Array.isArray(list) ? (list as readonly unknown[]) : [];
  });
  return { items, pages: pages.length, hasEnd: (pages.at(-1)?.result as Raw).nextCursor === undefined };
}

/** A further page of a list was asked for in every reading of it, and none came. */
export function hasLostPage(record: ServerRecord, method: string): boolean {
  const further = asked(record, method).filter((one) => cursorOf(one) !== undefined);
  const came = further.filter((one) => resultOf(one) !== null).map(cursorOf);
  return further.some((one) => !came.includes(cursorOf(one)));
}

const cursorOf = ({ params }: Exchange): unknown => (isRecord(params) ? params.cursor : undefined);

export const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

export const bytesOf = (value: unknown): number =>
  value === undefined ? 0 : new TextEncoder().encode(JSON.stringify(value)).length;
