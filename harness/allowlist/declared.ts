/** Declared entries against what was asked for: which entry covers what, and which covers nothing. */
import { parseUrl } from "../../host/csp/addresses.ts";
import { matchSourceList } from "../../host/csp/matching.ts";
import type { CspDeclaration, CspList } from "../../host/profiles/types.ts";
import { KEPT } from "./advice.ts";
import type { Ask, Need, Stub } from "./collector.ts";
import type { HostTemplate, Needs } from "./needs.ts";

export const ALL_LISTS = ["connect", "resource", "frame", "redirect", "base"] as const satisfies readonly CspList[];

/** Lists whose entries requests can show to be neither idle nor too broad. */
export const IRREFUTABLE: readonly CspList[] = ["frame", "redirect", "base"];

/** Entries are never relative to the sandbox, so what `'self'` stands for does not matter here. */
const NOWHERE = "https://sandbox.invalid";

/** Entry of a list that covers an ask; null when none does. */
export function coveredBy(entries: readonly string[], ask: Ask): string | null {
  const match = matchSourceList(entries, ask.url, { self: NOWHERE, redirected: ask.redirected });
  return match.allowed ? match.entry : null;
}

/** The entry names this origin and no other. */
export function isExact(entry: string, origin: string): boolean {
  if (entry.toLowerCase().replace(/(?<!\/)\/+$/, "") === origin) return true;
  const url = entry.includes("*") ? null : parseUrl(entry);
  return url !== null && url.host !== "" && `${url.protocol}//${url.host}` === origin;
}

/** A wildcard whose hosts the text builds at run time: which of them a run sees is chance. */
export function isBuiltAtRunTime(entry: string, templates: readonly HostTemplate[]): HostTemplate | undefined {
  const host = /^[a-z]+:\/\/\*(\.[^/:]+)/i.exec(entry)?.[1]?.toLowerCase();
  return host === undefined ? undefined : templates.find(({ ends }) => ends === host || ends.endsWith(host));
}

/** Why an entry that nothing asked for stays where it is: the runs do not refute it. Null: they do. */
export function reasonToKeep(
  entry: string,
  list: CspList,
  needs: Pick<Needs, "byOrigin" | "templates" | "badRule" | "stubs" | "named">,
): string | null {
  if (IRREFUTABLE.includes(list)) return KEPT;
  const named = [...needs.byOrigin.values()]
    .filter(({ seen }) => seen.length === 0)
    .flatMap((need) => need.static)
    .find(
      (url) =>
        isRequestLike(url) &&
        url.origin !== null &&
        coveredBy([entry], { list, url: `${url.origin}/`, redirected: true }) !== null,
    );
  const where = named?.where ?? isBuiltAtRunTime(entry, needs.templates)?.where;
  if (where)
    return `Not asked for in these scenarios, though line ${where.line} column ${where.column} names it: it is kept. Add a scenario that makes that code run (or try --explore), or remove it if the code never does.`;
  const given = needs.named.find(
    (origin) => coveredBy([entry], { list, url: `${origin}/`, redirected: true }) !== null,
  );
  if (given !== undefined)
    return `Not asked for in these scenarios, though what the widget is given names ${given}: it is kept. Add a scenario that shows that part.`;
  if (needs.badRule && list === "resource")
    return `Not asked for, but an address in the style sheet at line ${needs.badRule.line} does not parse, and may be meant for it: it is kept. Mend that rule first.`;
  const stub = needs.stubs.find(({ leadsTo }) => leadsTo.includes(list));
  return stub === undefined ? null : keptForStub(stub);
}

function keptForStub({ url, kind }: Stub): string {
  const missing = {
    script: "an empty answer and did not run",
    image: "a stub of ours, and the real answer may be a redirect",
  };
  const what =
    kind === "script" || kind === "image" ? missing[kind] : "a stub of ours, and the real answer may lead there";
  return `Not asked for, but ${url} got ${what}: it is kept. Record the real answers (--network live) to know.`;
}

/** Links, forms and popups are in no list. */
export const isRequestLike = (url: { readonly kind: string }): boolean =>
  !["navigation", "form", "popup", "preconnect", "dns-prefetch", "ping"].includes(url.kind);

/** How a list covers an origin: by name, by an entry that covers more, or not at all. */
export type Coverage = { readonly kind: "exact" | "none" } | { readonly kind: "broad"; readonly entry: string };

export function coverageOf(need: Need, list: CspList, declaration: CspDeclaration): Coverage {
  const asks = need.asks.filter((ask) => ask.list === list);
  const entries = asks.map((ask) => coveredBy(declaration[list], ask));
  if (entries.includes(null)) return { kind: "none" };
  const broad = entries.find((entry) => entry !== null && !isExact(entry, need.origin));
  const hasExact = declaration[list].some((entry) => isExact(entry, need.origin));
  return broad && !hasExact ? { kind: "broad", entry: broad } : { kind: "exact" };
}

/** Declared entries that nothing asked for, by list. */
export function unusedEntries(
  declaration: CspDeclaration,
  needs: Iterable<Need>,
): { readonly entry: string; readonly list: CspList }[] {
  const asks = [...needs].flatMap((need) => need.asks);
  return ALL_LISTS.flatMap((list) =>
    declaration[list]
      .filter((entry) => !asks.some((ask) => ask.list === list && coveredBy([entry], ask) !== null))
      .map((entry) => ({ entry, list })),
  );
}
