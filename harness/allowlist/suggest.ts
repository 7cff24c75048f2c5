/** The declaration to paste, and what changes against the one there is. */
import { isLocal } from "../../host/csp/addresses.ts";
import { LIST_NAMES } from "../../host/csp/declaration.ts";
import { registrableDomain } from "../../host/csp/site.ts";
import type { CspDeclaration, CspKey, CspList } from "../../host/profiles/types.ts";
import type { AllowlistOrigin, AllowlistResult } from "../model/result.ts";
import {
  ALL_LISTS,
  coveredBy,
  IRREFUTABLE,
  isBuiltAtRunTime,
  isExact,
  reasonToKeep,
  unusedEntries,
} from "./declared.ts";
import type { Needs } from "./needs.ts";
import { compareOrigins } from "./origins.ts";

export type Lists = Readonly<Record<CspList, readonly string[]>>;

/** Lists that are written even when empty: hosts report a declaration without lists as not set (redmine-mcp #249). */
const EXPLICIT: readonly CspList[] = ["connect", "resource", "frame"];

export interface ListInput {
  readonly origins: readonly AllowlistOrigin[];
  readonly declaration: CspDeclaration;
  readonly serverOrigin: string | null;
  readonly needs: Needs;
}

/** Exact origins that were asked for, and the declared entries that runs cannot refute. */
export function listsOf(input: ListInput): Lists {
  const keeps = entriesToKeep(input);
  const own = ownDomains(input);
  const entriesOf = (list: CspList): string[] => {
    const needed = input.origins.filter((row) => isNeeded(row, list, own)).map(({ origin }) => origin);
    const kept = input.declaration[list].filter(
      (entry) => keeps(entry, list) && !needed.some((origin) => isExact(entry, origin)),
    );
    const entries = [...new Set([...needed, ...kept])].sort(compareOrigins);
    // What a kept wildcard covers is not listed again.
    return entries.filter((entry) => !kept.some((wide) => wide !== entry && covers(wide, entry, list)));
  };
  return {
    connect: entriesOf("connect"),
    resource: entriesOf("resource"),
    frame: entriesOf("frame"),
    redirect: entriesOf("redirect"),
    base: entriesOf("base"),
  };
}

/** Registrable domains of the app itself: of its server, and as declared. */
function ownDomains({ serverOrigin, declaration }: ListInput): ReadonlySet<string> {
  const domains = [serverOrigin, declaration.domain].map((origin) => origin && registrableDomain(origin));
  return new Set(domains.filter((domain) => domain !== null));
}

function isNeeded(row: AllowlistOrigin, list: CspList, own: ReadonlySet<string>): boolean {
  if (row.seen.length === 0 || !isAllowable(row) || !row.lists.includes(list)) return false;
  return list !== "redirect" || (row.registrableDomain !== null && own.has(row.registrableDomain));
}

/** Declared entries that the runs do not refute. */
function entriesToKeep({ declaration, needs }: ListInput): (entry: string, list: CspList) => boolean {
  const unused = unusedEntries(declaration, needs.byOrigin.values());
  return (entry, list) =>
    IRREFUTABLE.includes(list) ||
    isBuiltAtRunTime(entry, needs.templates) !== undefined ||
    (unused.some((one) => one.entry === entry && one.list === list) && reasonToKeep(entry, list, needs) !== null);
}

const covers = (wide: string, entry: string, list: CspList): boolean =>
  wide.includes("*") && URL.canParse(entry) && coveredBy([wide], { list, url: `${entry}/`, redirected: true }) !== null;

const isAllowable = ({ origin }: AllowlistOrigin): boolean => /^(https|wss):\/\//.test(origin) && !isLocal(origin);

/** Both metadata keys from the same lists. */
export function blocksOf(lists: Lists): AllowlistResult["suggested"] {
  return { ui: { csp: block("ui.csp", lists) }, "openai/widgetCSP": block("openai/widgetCSP", lists) };
}

function block(key: CspKey, lists: Lists): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    ALL_LISTS.flatMap((list) => {
      const name = LIST_NAMES[key][list];
      return name && (lists[list].length > 0 || EXPLICIT.includes(list)) ? [[name, lists[list]]] : [];
    }),
  );
}

/** What the suggestion declares, for the run that verifies it. */
export function suggestedDeclaration(result: Pick<AllowlistResult, "suggested" | "declared">): CspDeclaration {
  const list = (name: CspList): readonly string[] =>
    result.suggested["openai/widgetCSP"][LIST_NAMES["openai/widgetCSP"][name] ?? ""] ??
    result.suggested.ui.csp[LIST_NAMES["ui.csp"][name] ?? ""] ??
    [];
  return {
    connect: list("connect"),
    resource: list("resource"),
    frame: list("frame"),
    redirect: list("redirect"),
    base: list("base"),
    keys: ["openai/widgetCSP", "ui.csp"],
    from: "openai/widgetCSP",
    domain: result.declared?.domain ?? null,
    permissions: result.declared?.permissions ?? [],
  };
}

/** `+ connect  https://…` and `- resource https://…`, in the order of the lists. */
export function allowlistDiff(
  declared: Pick<CspDeclaration, CspList>,
  suggested: Pick<CspDeclaration, CspList>,
): string[] {
  return ALL_LISTS.flatMap((list) => {
    const lines = [
      ...declared[list].filter((entry) => !suggested[list].includes(entry)).map((entry) => ({ entry, sign: "-" })),
      ...suggested[list].filter((entry) => !declared[list].includes(entry)).map((entry) => ({ entry, sign: "+" })),
    ];
    return lines
      .sort((a, b) => compareOrigins(a.entry, b.entry) || (a.sign < b.sign ? 1 : -1))
      .map(({ entry, sign }) => `${sign} ${list.padEnd(8)} ${entry}`);
  });
}
