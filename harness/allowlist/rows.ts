/** One row per origin: its lists, its state, and what to do. */
import { isLocal } from "../../host/csp/addresses.ts";
import type { CspDeclaration, CspList } from "../../host/profiles/types.ts";
import type { AllowlistOrigin } from "../model/result.ts";
import { insteadOf, listNames, LOCAL, namesOf, REDIRECT } from "./advice.ts";
import {
  ALL_LISTS,
  coveredBy,
  isBuiltAtRunTime,
  isRequestLike,
  reasonToKeep,
  standingOf,
  unusedEntries,
} from "./declared.ts";
import type { Need, Needs } from "./needs.ts";
import type { OwnerOf } from "./owners.ts";
import { registrableDomain } from "../../host/csp/site.ts";

export interface Rows {
  readonly origins: readonly AllowlistOrigin[];
  /** Named in the text and never asked for. */
  readonly staticOnly: readonly AllowlistOrigin[];
}

export function rowsOf(needs: Needs, declaration: CspDeclaration, ownerOf: OwnerOf): Rows {
  const all = [...needs.byOrigin.values()];
  const asked = all.filter((need) => need.seen.length > 0);
  const unused = unusedRows(needs, declaration, ownerOf);
  const listed = new Set([...asked.map(({ origin }) => origin), ...unused.map(({ origin }) => origin)]);
  const textOnly = all.filter(
    (need) => need.seen.length === 0 && !listed.has(need.origin) && need.static.some(isRequestLike),
  );
  return {
    origins: [...asked.map((need) => askedRow(need, needs, declaration, ownerOf)), ...unused].sort(byOrigin),
    staticOnly: textOnly.map((need) => staticRow(need, declaration, ownerOf)).sort(byOrigin),
  };
}

function shared(
  origin: string,
  need: Need | undefined,
  ownerOf: OwnerOf,
): Pick<AllowlistOrigin, "origin" | "owner" | "registrableDomain" | "seen" | "static"> {
  const places =
    need?.static
      .filter(isRequestLike)
      .slice(0, 5)
      .map(({ kind, where }) => ({ kind, where })) ?? [];
  return {
    origin,
    owner: ownerOf(origin),
    registrableDomain: registrableDomain(origin),
    seen: need?.seen ?? [],
    static: places,
  };
}

function askedRow(need: Need, needs: Needs, declaration: CspDeclaration, ownerOf: OwnerOf): AllowlistOrigin {
  const lists = ALL_LISTS.filter((list) => need.asks.some((ask) => ask.list === list));
  return { ...shared(need.origin, need, ownerOf), lists, ...judge(need, lists, needs, declaration) };
}

function judge(
  need: Need,
  lists: readonly CspList[],
  needs: Needs,
  declaration: CspDeclaration,
): Pick<AllowlistOrigin, "state" | "advice"> {
  if (lists.length === 0) return { state: "cannot-be-allowed", advice: refusedAdvice(need) };
  if (isLocal(need.origin.replace(/^ws/, "http"))) return { state: "cannot-be-allowed", advice: LOCAL };
  // A link needs no entry: it is told, and never makes an origin that is otherwise in order a missing one.
  const counted = lists.some((list) => list !== "redirect") ? lists.filter((list) => list !== "redirect") : lists;
  const standings = counted.map((list) => ({ list, ...standingOf(need, list, declaration) }));
  const absent = standings.filter(({ standing }) => standing === "absent").map(({ list }) => list);
  const refused = need.refusals.length > 0 ? ` ${refusedAdvice(need)}` : "";
  if (absent.length > 0) {
    const only = absent.every((list) => list === "redirect");
    const elsewhere = ALL_LISTS.filter(
      (list) => !lists.includes(list) && need.asks.some((ask) => coveredBy(declaration[list], ask) !== null),
    );
    if (elsewhere.length > 0 && !only)
      return {
        state: "wrong-list",
        advice: `Declared in ${namesOf(elsewhere)}; it is asked for in ${namesOf(absent)}. Move it.${refused}`,
      };
    return {
      state: "missing",
      advice: `${only ? REDIRECT : `Add it to ${namesOf(absent)}.${webSocketHint(need, declaration)}`}${refused}`,
    };
  }
  // Lists do not help what no list can allow, though the origin is also asked for in ways they do.
  if (need.refusals.length > 0)
    return { state: "cannot-be-allowed", advice: `Declared, but one use of it cannot be allowed.${refused}` };
  const broad = standings.find(({ standing }) => standing === "broad");
  if (!broad) return { state: "declared" };
  const template = broad.entry === null ? undefined : isBuiltAtRunTime(broad.entry, needs.templates);
  const why = `Covered by ${broad.entry} in ${listNames(broad.list)}, which covers more.`;
  return {
    state: "too-broad",
    advice: template
      ? `${why} The host is built at run time (line ${template.where.line} column ${template.where.column}), so the entry is kept: list its hosts instead if they are known.`
      : `${why} Declare ${need.origin}.`,
  };
}

const refusedAdvice = ({ refusals }: Need): string => [...new Set(refusals.map(insteadOf))].join(" ");

function webSocketHint(need: Need, declaration: CspDeclaration): string {
  const secure = need.origin.replace(/^wss:/, "https:");
  return need.origin.startsWith("wss:") && declaration.connect.some((entry) => entry.replace(/\/$/, "") === secure)
    ? ` ${secure} does not cover it.`
    : "";
}

function unusedRows(needs: Needs, declaration: CspDeclaration, ownerOf: OwnerOf): AllowlistOrigin[] {
  const unused = unusedEntries(declaration, needs.byOrigin.values());
  const entries = [...new Set(unused.map(({ entry }) => entry))];
  return entries.flatMap((entry): AllowlistOrigin[] => {
    const need = needs.byOrigin.get(entry.replace(/\/+$/, ""));
    // The origin's own row says in which list it is asked for.
    if (need && need.seen.length > 0) return [];
    const lists = unused.filter((one) => one.entry === entry).map(({ list }) => list);
    return [{ ...shared(entry, need, ownerOf), lists, state: "unused", advice: unusedAdvice(entry, lists, needs) }];
  });
}

function unusedAdvice(entry: string, lists: readonly CspList[], needs: Needs): string {
  const idle = lists.filter((list) => reasonToKeep(entry, list, needs) === null);
  if (idle.length > 0)
    return `Nothing asked for it. Remove it from ${namesOf(idle)}, or add the scenario that needs it.`;
  return [...new Set(lists.map((list) => reasonToKeep(entry, list, needs)))].join(" ");
}

function staticRow(need: Need, declaration: CspDeclaration, ownerOf: OwnerOf): AllowlistOrigin {
  const lists = ALL_LISTS.filter((list) => need.static.some((url) => url.list === list));
  const sure = need.static.find((url) => url.certainty === "request");
  const place = (sure ?? need.static.find(isRequestLike))?.where;
  const local = isLocal(need.origin.replace(/^ws/, "http"));
  const covered =
    lists.length > 0 &&
    lists.every((list) =>
      declaration[list].some(
        (entry) => coveredBy([entry], { list, url: `${need.origin}/`, redirected: true }) !== null,
      ),
    );
  // Only named as a worker's script: no list would help, whether or not it runs.
  const worker = lists.length === 0 && sure?.kind === "worker";
  const advice = local
    ? LOCAL
    : worker
      ? `Code at line ${place?.line} column ${place?.column} starts a worker from it. ${insteadOf({ kind: "worker", directive: "worker-src", url: sure.url })}`
      : sure
        ? `Code at line ${place?.line} column ${place?.column} asks for it, and did not run in these scenarios. Add a scenario that makes it run, or add it to ${namesOf(lists)} by hand.`
        : `Only named in the text (line ${place?.line} column ${place?.column}); whether it is ever asked for is not known.`;
  return {
    ...shared(need.origin, need, ownerOf),
    lists,
    state: local || worker ? "cannot-be-allowed" : covered ? "declared" : "missing",
    advice,
  };
}

const byOrigin = (a: AllowlistOrigin, b: AllowlistOrigin): number => compareOrigins(a.origin, b.origin);

/** By host from its registered end, then scheme: the same people's hosts stand together. */
export function compareOrigins(a: string, b: string): number {
  const key = (origin: string) =>
    `${origin
      .replace(/^[a-z]+:\/\//i, "")
      .split(".")
      .reverse()
      .join(".")} ${origin}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
