/** Rows of a format table, under the page that documents them. */
import type { TokenFormat } from "../types.ts";

type Extra = Partial<Omit<TokenFormat, "id" | "title" | "form" | "source">>;
export type Row = readonly [id: string, title: string, form: string, extra?: Extra];

export function from(source: string, ...rows: readonly Row[]): TokenFormat[] {
  return rows.map(([id, title, form, extra]) => ({ id, title, form, source, ...extra }));
}

export const likely = { confidence: "likely" } as const;
export const possible = { confidence: "possible" } as const;
export const publishable = { publishable: true } as const;
