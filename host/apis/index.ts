/** Questions to the table of browser APIs. */
import type { HostProfile } from "../profiles/types.ts";
import { apis, type ApiId } from "./table.ts";
import type { ApiRow, StaticNames } from "./types.ts";

export { apis, type ApiId } from "./table.ts";

/** Checks that judge APIs, without `api/`. */
export type JudgedApi = NonNullable<(typeof apis)[ApiId]["judged"]>;

const rows: readonly (readonly [ApiId, ApiRow])[] = Object.entries(apis) as [ApiId, ApiRow][];

/** Row of an API by its id. */
export const rowOf = (id: ApiId): ApiRow => apis[id];

export const isApiId = (id: string): id is ApiId => Object.hasOwn(apis, id);

/** Which API a recorded name is of: `clipboard.writeText` → `clipboard`; null: none of the table. */
export function apiOf(name: string): ApiId | null {
  return rows.find(([, { names }]) => names.some((one) => name === one || name.startsWith(`${one}.`)))?.[0] ?? null;
}

/** Whether the check `api/<judged>` judges what is recorded under a name. */
export const isJudgedBy =
  (judged: JudgedApi) =>
  (name: string): boolean => {
    const api = apiOf(name);
    return api !== null && apis[api].judged === judged;
  };

/** Whether no check of its own judges what is recorded under a name, which may be that of a permission. */
export const isUnjudged = (name: string): boolean => {
  const api = apiOf(name);
  const rowsOfName = rows.filter(
    ([id, { needs }]) => id === api || (needs && "feature" in needs && needs.feature === name),
  );
  return rowsOfName.every(([, { judged }]) => judged === null);
};

/** Whether what is recorded under a name is a use of the API, or of one that the same check judges. */
export const isAkinTo =
  (id: ApiId) =>
  (name: string): boolean => {
    const api = apiOf(name);
    return api === id || (api !== null && apis[id].judged !== null && apis[api].judged === apis[id].judged);
  };

/** Whether a host lets the API do its work. */
export function isGranted({ needs }: Pick<ApiRow, "needs">, { frames }: HostProfile): boolean {
  if (needs === null) return false;
  if ("token" in needs)
    return [frames.outerSandbox.value, frames.innerSandbox.value].every((tokens) => tokens.includes(needs.token));
  if (frames.refusedFeatures.value.includes(needs.feature)) return false;
  return frames.outerAllow.value.split(";").some((entry) => {
    const [feature, ...origins] = entry.trim().split(/\s+/);
    return feature === needs.feature && !origins.includes("'none'");
  });
}

/** What the code used and got back, in the browser's own words; null: the message is of something else. */
export function refusalIn(text: string): { readonly api: string; readonly returned: string } | null {
  for (const [, { native }] of rows)
    for (const { pattern, api, returned } of native) if (pattern.test(text)) return { api, returned };
  const feature = /Permissions policy violation: ([\w -]+?) is not allowed/i.exec(text)?.[1];
  return feature === undefined ? null : { api: feature.trim().toLowerCase(), returned: "rejected" };
}

/** The message that Chromium always leaves of a call recorded under this name; null: it does not always leave one. */
export function certainMessageOf(name: string): RegExp | null {
  const api = apiOf(name);
  return (api === null ? [] : rowOf(api).native).find(({ always }) => always)?.pattern ?? null;
}

/** Names of which one stands in the code where a use recorded under this name was made. */
export function codeNamesOf(name: string): readonly string[] {
  const api = apiOf(name);
  const last = name.split(".").at(-1) ?? name;
  return (api === null ? undefined : rowOf(api).codeNames) ?? [last];
}

/** How code names the APIs: path or method to API. */
export const staticNames = (column: keyof StaticNames): ReadonlyMap<string, ApiId> =>
  new Map(rows.flatMap(([id, row]) => (row.staticNames[column] ?? []).map((name) => [name, id] as const)));
