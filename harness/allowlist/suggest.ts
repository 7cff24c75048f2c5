/** The declaration to paste, and what changes against the one there is. */
import { isLocal } from "../../host/csp/addresses.ts";
import { LIST_NAMES } from "../../host/csp/declaration.ts";
import type { CspDeclaration, CspKey, CspList } from "../../host/profiles/types.ts";
import type { AllowlistOrigin, AllowlistResult } from "../model/result.ts";
import { ALL_LISTS, coveredBy, isBuiltAtRunTime, isExact, reasonToKeep, unusedEntries } from "./declared.ts";
import type { Needs } from "./needs.ts";
import { compareOrigins } from "./rows.ts";
import { registrableDomain } from "../../host/csp/site.ts";

export type Lists = Readonly<Record<CspList, readonly string[]>>;

/** Lists that are written even when empty: hosts report a declaration without lists as not set (redmine-mcp #249). */
const EXPLICIT: readonly CspList[] = ["connect", "resource", "frame"];
/** Entries that requests cannot show to be too broad, either. */
const ALWAYS_KEPT: readonly CspList[] = ["frame", "redirect", "base"];

export interface ListInput {
  readonly origins: readonly AllowlistOrigin[];
  readonly declaration: CspDeclaration;
  readonly serverOrigin: string | null;
  readonly needs: Needs;
}

/** Exact origins that were asked for, and the declared entries that runs cannot refute. */
export function listsOf({ origins, declaration, serverOrigin, needs }: ListInput): Lists {
  const own = [serverOrigin, declaration.domain].map((origin) => (origin === null ? null : registrableDomain(origin)));
  const idle = unusedEntries(declaration, needs.byOrigin.values());
  const isKept = (entry: string, list: CspList): boolean =>
    isBuiltAtRunTime(entry, needs.templates) !== undefined ||
    (idle.some((one) => one.entry === entry && one.list === list) && reasonToKeep(entry, list, needs) !== null);
  const lists = (list: CspList): string[] => {
    const needed = origins
      .filter(
        (row) =>
          row.seen.length > 0 &&
          isAllowable(row) &&
          row.lists.includes(list) &&
          (list !== "redirect" || own.includes(row.registrableDomain)),
      )
      .map(({ origin }) => origin);
    const kept = declaration[list].filter(
      (entry) =>
        (ALWAYS_KEPT.includes(list) || isKept(entry, list)) && !needed.some((origin) => isExact(entry, origin)),
    );
    const all = [...new Set([...needed, ...kept])].sort(compareOrigins);
    // What a kept wildcard covers need not be said again.
    return all.filter(
      (entry) =>
        !kept.some(
          (wide) =>
            wide !== entry &&
            wide.includes("*") &&
            URL.canParse(entry) &&
            coveredBy([wide], { list, url: `${entry}/`, redirected: true }) !== null,
        ),
    );
  };
  return {
    connect: lists("connect"),
    resource: lists("resource"),
    frame: lists("frame"),
    redirect: lists("redirect"),
    base: lists("base"),
  };
}

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
