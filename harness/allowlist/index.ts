/**
 * Which domains a widget needs, in which list: observing runs and the bundle's
 * text in, rows, a declaration to paste and its proof out. All pure.
 */
import type { CspDeclaration } from "../../host/profiles/types.ts";
import { needsOf } from "./needs.ts";
import { loadOwners } from "./owners.ts";
import { rowsOf } from "./rows.ts";
import { allowlistDiff, blocksOf, listsOf } from "./suggest.ts";
import type { BundleEvidence, Evidence } from "../model/evidence.ts";
import type { AllowlistResult } from "../model/result.ts";

export { allowlistDiff, suggestedDeclaration } from "./suggest.ts";
export { allowlistDifference, type BaseFile } from "./difference.ts";
export { verify } from "./verify.ts";
export { compareReviewFile, toReviewFile } from "./review-file.ts";

export interface AllowlistInput {
  readonly widget: {
    readonly name: string;
    readonly declaration: CspDeclaration;
    /** Origin of the MCP server; null for stdio and files. */ readonly serverOrigin: string | null;
  };
  /** One per scenario, gathered in `observe` mode. */
  readonly observed: readonly Evidence[];
  /** Default: the bundle of the first evidence that has one. */
  readonly bundle?: BundleEvidence | null;
}

/** Rows, suggestion and diff; `verified` is null until `verify` has spoken. */
export async function allowlistOf({ widget, observed, bundle }: AllowlistInput): Promise<AllowlistResult> {
  const text =
    bundle ??
    observed.map(({ artifacts }) => artifacts.bundle).find((gathered) => gathered.status === "ok")?.value ??
    null;
  const { declaration } = widget;
  const needs = needsOf(observed, text, widget);
  const { origins, staticOnly } = rowsOf(needs, declaration, await loadOwners());
  const lists = listsOf({ origins, declaration, serverOrigin: widget.serverOrigin, needs });
  return {
    widget: widget.name,
    origins,
    staticOnly,
    suggested: blocksOf(lists),
    diff: allowlistDiff(declaration, lists),
    verified: null,
    declared: declaration,
    scenarios: needs.scenarios,
    notes: [...needs.notes, ...notesOn(widget, lists.frame)],
  };
}

function notesOn({ declaration, serverOrigin }: AllowlistInput["widget"], frames: readonly string[]): string[] {
  const notes: string[] = [];
  if (declaration.from === null)
    notes.push("Nothing is declared. Submission requires a declaration; paste the block under both keys.");
  else if (declaration.keys.length === 1)
    notes.push(
      `Only ${declaration.keys[0]} is declared. Declare the same lists under both keys: hosts differ in which they read.`,
    );
  if (declaration.domain === null)
    notes.push("No domain is declared: submission requires a unique one (openai/widgetDomain).");
  if (frames.length > 0)
    notes.push(
      `Frame domains are looked at closely in review: write a justification for each (${frames.join(", ")}).${serverOrigin ? ` Pages of ${serverOrigin}'s own registrable domain are the easy case.` : ""}`,
    );
  return notes;
}
