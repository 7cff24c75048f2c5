/** One row per origin: its lists, its state, and what to do. */
import { isLocal } from "../../host/csp/addresses.ts";
import { listNames } from "../../host/csp/declaration.ts";
import { registrableDomain } from "../../host/csp/site.ts";
import type { CspDeclaration, CspList } from "../../host/profiles/types.ts";
import type { StaticUrl, Where } from "../model/evidence.ts";
import type { AllowlistOrigin } from "../model/result.ts";
import { insteadOf, LOCAL, namesOf, REDIRECT } from "./advice.ts";
import type { Need } from "./collector.ts";
import {
  ALL_LISTS,
  coverageOf,
  coveredBy,
  isBuiltAtRunTime,
  isRequestLike,
  IRREFUTABLE,
  reasonToKeep,
  unusedEntries,
  type Coverage,
} from "./declared.ts";
import type { Needs } from "./needs.ts";
import { compareOrigins } from "./origins.ts";
import type { OwnerOf } from "./owners.ts";

export interface Rows {
  readonly origins: readonly AllowlistOrigin[];
  /** Named in the text and never asked for. */
  readonly staticOnly: readonly AllowlistOrigin[];
}

/** What every row is computed from. */
interface RowInput {
  readonly needs: Needs;
  readonly declaration: CspDeclaration;
  readonly ownerOf: OwnerOf;
}

type Judged = Pick<AllowlistOrigin, "state" | "advice">;

export function rowsOf(needs: Needs, declaration: CspDeclaration, ownerOf: OwnerOf): Rows {
  const input = { needs, declaration, ownerOf };
  const all = [...needs.byOrigin.values()];
  const asked = all.filter((need) => need.seen.length > 0).map((need) => askedRow(need, input));
  const origins = [...asked, ...unusedRows(input)].sort(byOrigin);
  const listed = new Set(origins.map(({ origin }) => origin));
  const named = all.filter((need) => !listed.has(need.origin) && need.static.some(isRequestLike));
  return { origins, staticOnly: named.map((need) => namedRow(need, input)).sort(byOrigin) };
}

const byOrigin = (a: AllowlistOrigin, b: AllowlistOrigin): number => compareOrigins(a.origin, b.origin);

/** Places in the text that a row shows. */
const MOST_PLACES = 5;

function factsOf(
  origin: string,
  need: Need | undefined,
  ownerOf: OwnerOf,
): Pick<AllowlistOrigin, "origin" | "owner" | "registrableDomain" | "seen" | "static"> {
  const places = (need?.static ?? []).filter(isRequestLike).slice(0, MOST_PLACES);
  return {
    origin,
    owner: ownerOf(origin),
    registrableDomain: registrableDomain(origin),
    seen: need?.seen ?? [],
    static: places.map(({ kind, where }) => ({ kind, where })),
  };
}

function askedRow(need: Need, { needs, declaration, ownerOf }: RowInput): AllowlistOrigin {
  const lists = ALL_LISTS.filter((list) => need.asks.some((ask) => ask.list === list));
  return { ...factsOf(need.origin, need, ownerOf), lists, ...judgeAsked(need, lists, needs, declaration) };
}

function judgeAsked(need: Need, lists: readonly CspList[], needs: Needs, declaration: CspDeclaration): Judged {
  if (lists.length === 0) return { state: "cannot-be-allowed", advice: refusalAdvice(need) };
  if (isLocalOrigin(need.origin)) return { state: "cannot-be-allowed", advice: LOCAL };
  // A link needs no entry: it is shown, and never makes an origin that is otherwise in order a missing one.
  const counted = lists.some((list) => list !== "redirect") ? lists.filter((list) => list !== "redirect") : lists;
  const coverage = counted.map((list) => ({ list, ...coverageOf(need, list, declaration) }));
  const uncovered = coverage.filter(({ kind }) => kind === "none").map(({ list }) => list);
  if (uncovered.length > 0) return uncoveredBy(need, lists, uncovered, declaration);
  // Lists do not help what no list can allow, though the origin is also asked for in ways they do.
  if (need.refusals.length > 0)
    return {
      state: "cannot-be-allowed",
      advice: `Declared, but one use of it cannot be allowed. ${refusalAdvice(need)}`,
    };
  const broad = coverage.find(isBroad);
  return broad ? { state: "too-broad", advice: broadAdvice(need, broad, needs) } : { state: "declared" };
}

type ListCoverage = Coverage & { readonly list: CspList };
type BroadCoverage = Extract<ListCoverage, { readonly kind: "broad" }>;
const isBroad = (coverage: ListCoverage): coverage is BroadCoverage => coverage.kind === "broad";

/** Asked for in lists that do not name it: declared elsewhere, or nowhere. */
function uncoveredBy(
  need: Need,
  asked: readonly CspList[],
  uncovered: readonly CspList[],
  declaration: CspDeclaration,
): Judged {
  const refusal = need.refusals.length > 0 ? ` ${refusalAdvice(need)}` : "";
  if (uncovered.every((list) => list === "redirect")) return { state: "missing", advice: `${REDIRECT}${refusal}` };
  const elsewhere = ALL_LISTS.filter(
    (list) => !asked.includes(list) && need.asks.some((ask) => coveredBy(declaration[list], ask) !== null),
  );
  if (elsewhere.length > 0)
    return {
      state: "wrong-list",
      advice: `Declared in ${namesOf(elsewhere)}; it is asked for in ${namesOf(uncovered)}. Declare it there.${refusal}`,
    };
  return {
    state: "missing",
    advice: `Add it to ${namesOf(uncovered)}.${webSocketHint(need, declaration)}${refusal}`,
  };
}

function broadAdvice({ origin }: Need, { entry, list }: BroadCoverage, { templates }: Needs): string {
  const why = `Covered by ${entry} in ${listNames(list)}, which covers more.`;
  const template = isBuiltAtRunTime(entry, templates);
  return template
    ? `${why} The host is built at run time (${placeIn(template.where)}), so the entry is kept: list its hosts instead if they are known.`
    : `${why} Declare ${origin}.`;
}

const refusalAdvice = ({ refusals }: Need): string => [...new Set(refusals.map(insteadOf))].join(" ");
const isLocalOrigin = (origin: string): boolean => isLocal(origin.replace(/^ws/, "http"));
const placeIn = ({ line, column }: Where): string => `line ${line} column ${column}`;

function webSocketHint({ origin }: Need, { connect }: CspDeclaration): string {
  const secure = origin.replace(/^wss:/, "https:");
  return origin.startsWith("wss:") && connect.some((entry) => entry.replace(/\/$/, "") === secure)
    ? ` ${secure} does not cover it.`
    : "";
}

function unusedRows({ needs, declaration, ownerOf }: RowInput): AllowlistOrigin[] {
  const unused = unusedEntries(declaration, needs.byOrigin.values());
  const entries = [...new Set(unused.map(({ entry }) => entry))];
  return entries.flatMap((entry): AllowlistOrigin[] => {
    const need = needs.byOrigin.get(entry.replace(/(?<!\/)\/+$/, ""));
    // The origin's own row says in which list it is asked for.
    if (need && need.seen.length > 0) return [];
    const lists = unused.filter((one) => one.entry === entry).map(({ list }) => list);
    const state = isRefuted(entry, lists, needs) ? "unused" : "declared";
    return [{ ...factsOf(entry, need, ownerOf), lists, state, advice: unusedAdvice(entry, lists, needs) }];
  });
}

/** What something names, or a missing answer may lead to, is not called unused. */
const isRefuted = (entry: string, lists: readonly CspList[], needs: Needs): boolean =>
  lists.some((list) => IRREFUTABLE.includes(list) || reasonToKeep(entry, list, needs) === null);

function unusedAdvice(entry: string, lists: readonly CspList[], needs: Needs): string {
  const reasons = lists.map((list) => ({ list, reason: reasonToKeep(entry, list, needs) }));
  const idle = reasons.filter(({ reason }) => reason === null).map(({ list }) => list);
  if (idle.length > 0)
    return `Nothing asked for it: ${needs.scenarios.length === 1 ? "the scenario" : `${needs.scenarios.length} scenarios`} ran with no answer missing that could lead there, and neither the text, a redirect nor what the widget is given names it. Remove it from ${namesOf(idle)}, or add the scenario that needs it.`;
  return [...new Set(reasons.map(({ reason }) => reason))].join(" ");
}

/** An origin that the text names and no run asked for. */
function namedRow(need: Need, { needs, declaration, ownerOf }: RowInput): AllowlistOrigin {
  const lists = ALL_LISTS.filter((list) => need.static.some((url) => url.list === list));
  return { ...factsOf(need.origin, need, ownerOf), lists, ...judgeNamed(need, lists, needs, declaration) };
}

function judgeNamed(need: Need, lists: readonly CspList[], { host }: Needs, declaration: CspDeclaration): Judged {
  if (isLocalOrigin(need.origin)) return { state: "cannot-be-allowed", advice: LOCAL };
  const request = need.static.find((url) => url.certainty === "request");
  // Only named as a worker's script: no list would help, whether or not it runs.
  if (lists.length === 0 && request?.kind === "worker" && host !== null) {
    const instead = insteadOf({ ...host, kind: "worker", directive: "worker-src", url: request.url });
    return {
      state: "cannot-be-allowed",
      advice: `Code at ${placeIn(request.where)} starts a worker from it. ${instead}`,
    };
  }
  const isDeclared =
    lists.length > 0 &&
    lists.every((list) => coveredBy(declaration[list], { list, url: `${need.origin}/`, redirected: true }) !== null);
  return { state: isDeclared ? "declared" : "missing", advice: namedAdvice(need, request, lists) };
}

function namedAdvice(need: Need, request: StaticUrl | undefined, lists: readonly CspList[]): string {
  if (request) {
    const byHand = lists.length > 0 ? `, or add it to ${namesOf(lists)} by hand` : "";
    return `Code at ${placeIn(request.where)} asks for it, and did not run in these scenarios. Add a scenario that makes it run${byHand}.`;
  }
  const first = need.static.find(isRequestLike);
  return `Only named in the text (${first ? placeIn(first.where) : "place unknown"}); whether it is ever asked for is not known.`;
}
