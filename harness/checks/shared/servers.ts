/** What server checks share: findings, and questions to what a server sent. Pure. */
import { isRecord } from "../../../host/csp/record.ts";
import type { Raw, ReadContent, ResourceRead, ServerTool } from "../../model/evidence/server.ts";
import type { RawFinding } from "../define-check.ts";

/** A finding of a server: nothing of it was rendered. */
export const found = <M extends string>(
  messageId: M,
  data: RawFinding["data"],
  more: Partial<Pick<RawFinding<M>, "severity" | "identity" | "where" | "about">> = {},
): RawFinding<M> => ({ messageId, channel: "static", data, ...more });

const MOST_NAMED = 6;

/** `a, b and 3 more`. */
export function named(names: readonly string[]): string {
  const sorted = names.toSorted();
  const more = names.length - MOST_NAMED;
  return more > 1 ? `${sorted.slice(0, MOST_NAMED).join(", ")} and ${more} more` : sorted.join(", ");
}

/** Names by what they have in common, in order; what `key` gives null for is left out. */
export function byCommon(items: readonly ServerTool[], key: (item: ServerTool) => string | null): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const common = key(item);
    if (common !== null) groups.set(common, [...(groups.get(common) ?? []), item.name]);
  }
  return [...groups];
}

export const recordOf = (value: unknown): Raw => (isRecord(value) ? value : {});

/** The content item that hosts show: the one under the URI, else the first. */
export const shownContent = ({ uri, contents }: ResourceRead): ReadContent | undefined =>
  contents.find((one) => one.uri === uri) ?? contents[0];

/** What stands at `ui.csp` or `openai/widgetCSP` of a `_meta`. */
export function metaField(meta: unknown, name: string): unknown {
  const [key = "", field] = name.split(".");
  const value = recordOf(meta)[key];
  return field === undefined ? value : recordOf(value)[field];
}

/** A value in words: `an array`, `the text "yes"`. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return `the text "${value.slice(0, 60)}"`;
  return typeof value === "object" ? "an object" : `the ${typeof value} ${JSON.stringify(value)}`;
}
