/** What a pull request does to the allow-list: the kept file of its base against what is observed now. Pure. */
import { registrableDomain } from "../../host/csp/site.ts";
import type { CspList } from "../../host/profiles/types.ts";
import type { AllowlistDifference, DomainAsk, DomainChange, WidgetDifference } from "../model/allowlist-difference.ts";
import type { AllowlistResult } from "../model/result.ts";
import { compareOrigins } from "./origins.ts";
import { loadOwners, type OwnerOf } from "./owners.ts";
import { entriesOf, metadataChanges, parseReviewFile, type Entry, type ReviewedWidget } from "./review-file.ts";

export interface BaseFile {
  /** As people call it, e.g. `main:sandglass.allowlist.json`. */
  readonly name: string;
  /** Null when the base has no such file: everything is new. */
  readonly text: string | null;
}

/**
 * Widgets without a result and not in `known` are gone.
 * @throws SandglassError `BAD_CONFIG` when the base is no such file
 */
export async function allowlistDifference(
  base: BaseFile,
  results: readonly AllowlistResult[],
): Promise<AllowlistDifference> {
  const before = base.text === null ? {} : parseReviewFile(base.text).widgets;
  const ownerOf = await loadOwners();
  const widgets = results.map((result) =>
    differenceOf(result, Object.hasOwn(before, result.widget) ? before[result.widget] : undefined, ownerOf),
  );
  const seen = new Set(results.map(({ widget }) => widget));
  const notLooked = Object.keys(before).filter((name) => !seen.has(name));
  return { base: base.name, isNew: base.text === null, widgets, notLooked };
}

function differenceOf(result: AllowlistResult, before: ReviewedWidget | undefined, ownerOf: OwnerOf): WidgetDifference {
  const now = entriesOf(result, before);
  const known = before?.origins ?? [];
  const origins = [...new Set([...known, ...now].map(({ origin }) => origin))].sort(compareOrigins);
  const domains = origins.flatMap((origin) => {
    const from = known.find((one) => one.origin === origin);
    const to = now.find((one) => one.origin === origin);
    const change = changeOf(listsOf(from), listsOf(to));
    return change === null ? [] : [{ change, ...domainOf(origin, { from, to }, result, ownerOf) }];
  });
  return {
    widget: result.widget,
    isNew: before === undefined,
    verified: result.verified,
    domains,
    metadata: before ? metadataChanges(result, before.metadata).map(({ message }) => message) : [],
  };
}

function changeOf(from: readonly CspList[], to: readonly CspList[]): DomainChange["change"] | null {
  if (from.length === to.length && from.every((list) => to.includes(list))) return null;
  if (from.length === 0) return "came";
  return to.length === 0 ? "went" : "moved";
}

function domainOf(
  origin: string,
  { from, to }: { readonly from: Entry | undefined; readonly to: Entry | undefined },
  { origins }: AllowlistResult,
  ownerOf: OwnerOf,
): Omit<DomainChange, "change"> {
  const row = origins.find((one) => one.origin === origin);
  const entry = to ?? from;
  return {
    origin,
    from: listsOf(from),
    to: listsOf(to),
    asked: row ? asksOf(row.seen) : [],
    why: entry?.why ?? "",
    ...ownership(origin, row, ownerOf),
    isWide: origin.includes("*"),
    approved: to?.approved ?? false,
  };
}

const listsOf = (entry: Entry | undefined): readonly CspList[] => entry?.lists ?? [];

const ownership = (
  origin: string,
  row: AllowlistResult["origins"][number] | undefined,
  ownerOf: OwnerOf,
): Pick<DomainChange, "owner" | "registrableDomain"> => ({
  owner: row?.owner ?? ownerOf(origin),
  registrableDomain: row?.registrableDomain ?? registrableDomain(origin),
});

/** Who asked, each place once. */
function asksOf(seen: AllowlistResult["origins"][number]["seen"]): DomainAsk[] {
  const asks = new Map(
    seen.map(({ kind, scenario, where }) => {
      const ask = { kind, scenario, ...(where ? { where } : {}) };
      return [JSON.stringify([kind, where?.file ?? where?.url, where?.line, where?.column]), ask] as const;
    }),
  );
  return [...asks.values()];
}
