/** `sandglass.allowlist.json`: what was agreed on, in a form that reads well in a diff. */
import { isRecord } from "../../host/csp/record.ts";
import type { CspDeclaration, CspList } from "../../host/profiles/types.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import { jsonText } from "../model/json-text.ts";
import type { AllowlistResult } from "../model/result.ts";
import { ALL_LISTS } from "./declared.ts";
import { compareOrigins } from "./origins.ts";
import { allowlistDiff, suggestedDeclaration } from "./suggest.ts";

/** One agreed entry. No counts and no lines: they would change in every build. */
export interface Entry {
  readonly origin: string;
  readonly lists: readonly CspList[];
  readonly why: string;
  /** Scenario that first asked for it; null for entries kept as declared. */
  readonly firstSeen: string | null;
  /** Set by hand; kept when the file is written again. */
  readonly approved: boolean;
}
type Metadata = Pick<CspDeclaration, CspList | "domain" | "keys">;
export interface ReviewedWidget {
  readonly origins: readonly Entry[];
  /** As declared when the file was written: what was, or will be, submitted. */
  readonly metadata: Metadata;
}
interface ReviewFile {
  readonly schemaVersion: 1;
  readonly widgets: Readonly<Record<string, ReviewedWidget>>;
}

export interface ReviewChange {
  readonly widget: string;
  readonly kind: "new-widget" | "new-domain" | "vanished" | "widened" | "metadata";
  readonly origin?: string;
  readonly message: string;
}
export interface ReviewComparison {
  readonly changes: readonly ReviewChange[];
  /** The agreed list no longer holds: CI fails. */
  readonly fails: boolean;
  /** Declared metadata differs from what was recorded: it takes effect with a new reviewed version only. */
  readonly needsReview: boolean;
}

/**
 * The file's text. Widgets that are not in `results` stay as they are.
 * @param existing text of the file as it stands; approvals and first sightings are kept
 * @throws SandglassError `BAD_CONFIG` when `existing` is no such file
 */
export function toReviewFile(results: readonly AllowlistResult[], existing: string | null = null): string {
  const before = existing === null ? null : parseReviewFile(existing);
  const widgets: Record<string, ReviewedWidget> = { ...before?.widgets };
  for (const result of results)
    widgets[result.widget] = {
      origins: entriesOf(result, before ? reviewed(before, result.widget) : undefined),
      metadata: metadataOf(result),
    };
  const sorted = Object.fromEntries(Object.entries(widgets).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${jsonText({ schemaVersion: 1, widgets: sorted } satisfies ReviewFile)}\n`;
}

/**
 * What changed since the file was agreed on. Widgets without a result are not judged.
 * @throws SandglassError `BAD_CONFIG` when `existing` is no such file
 */
export function compareReviewFile(existing: string, results: readonly AllowlistResult[]): ReviewComparison {
  const file = parseReviewFile(existing);
  const changes = results.flatMap((result) => changesOf(result, reviewed(file, result.widget)));
  return {
    changes,
    fails: changes.some(({ kind }) => kind !== "metadata"),
    needsReview: changes.some(({ kind }) => kind === "metadata"),
  };
}

const reviewed = ({ widgets }: ReviewFile, name: string): ReviewedWidget | undefined =>
  Object.hasOwn(widgets, name) ? widgets[name] : undefined;

export function entriesOf(result: AllowlistResult, before?: ReviewedWidget): Entry[] {
  const suggested = suggestedDeclaration(result);
  const origins = [...new Set(ALL_LISTS.flatMap((list) => suggested[list]))].sort(compareOrigins);
  return origins.map((origin) => {
    const row = result.origins.find((one) => one.origin === origin);
    const known = before?.origins.find((one) => one.origin === origin);
    const kinds = [...new Set(row?.seen.map(({ kind }) => kind))].sort().join(", ");
    const why = kinds ? `${kinds}${row?.owner ? ` (${row.owner})` : ""}` : "declared; not observable by requests";
    return {
      origin,
      lists: ALL_LISTS.filter((list) => suggested[list].includes(origin)),
      why,
      firstSeen: known?.firstSeen ?? row?.seen[0]?.scenario ?? null,
      approved: known?.approved ?? false,
    };
  });
}

function metadataOf({ declared }: AllowlistResult): Metadata {
  const list = (name: CspList) => [...(declared?.[name] ?? [])].sort(compareOrigins);
  return {
    keys: [...(declared?.keys ?? [])].sort(),
    connect: list("connect"),
    resource: list("resource"),
    frame: list("frame"),
    redirect: list("redirect"),
    base: list("base"),
    domain: declared?.domain ?? null,
  };
}

function changesOf(result: AllowlistResult, before: ReviewedWidget | undefined): ReviewChange[] {
  const { widget } = result;
  if (!before) return [{ widget, kind: "new-widget", message: `${widget} is not in the file yet.` }];
  const now = entriesOf(result);
  const changes: ReviewChange[] = [];
  for (const entry of now) {
    const known = before.origins.find(({ origin }) => origin === entry.origin);
    const gained = known ? entry.lists.filter((list) => !known.lists.includes(list)) : entry.lists;
    if (!known)
      changes.push({
        widget,
        kind: entry.origin.includes("*") ? "widened" : "new-domain",
        origin: entry.origin,
        message: `+ ${entry.origin} in ${entry.lists.join(", ")}: ${entry.why}`,
      });
    else if (gained.length > 0)
      changes.push({
        widget,
        kind: "widened",
        origin: entry.origin,
        message: `+ ${entry.origin} is now also in ${gained.join(", ")}: ${entry.why}`,
      });
  }
  for (const known of before.origins) {
    const entry = now.find(({ origin }) => origin === known.origin);
    const lost = known.lists.filter((list) => !entry?.lists.includes(list));
    if (lost.length > 0)
      changes.push({
        widget,
        kind: "vanished",
        origin: known.origin,
        message: `- ${known.origin} is no longer needed in ${lost.join(", ")}`,
      });
  }
  return [...changes, ...metadataChanges(result, before.metadata)];
}

export function metadataChanges(result: AllowlistResult, before: Metadata): ReviewChange[] {
  const now = metadataOf(result);
  const parts = allowlistDiff(before, now).map((line) => line.replace(/\s+/g, " "));
  if (now.domain !== before.domain) parts.push(`domain ${before.domain ?? "none"} → ${now.domain ?? "none"}`);
  if (now.keys.join() !== before.keys.join())
    parts.push(`keys ${before.keys.join(" and ") || "none"} → ${now.keys.join(" and ") || "none"}`);
  if (parts.length === 0) return [];
  return [
    {
      widget: result.widget,
      kind: "metadata",
      message: `Declared metadata differs from what was recorded (${parts.join("; ")}). It needs a new version in review before users get it.`,
    },
  ];
}

export function parseReviewFile(text: string): ReviewFile {
  const next = "Write it again with sandglass allowlist TARGET --write FILE, and compare the two in version control.";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SandglassError("BAD_CONFIG", `The allow-list file is not JSON: ${messageOf(error)}`, next, {
      cause: error,
    });
  }
  if (!isReviewFile(value))
    throw new SandglassError(
      "BAD_CONFIG",
      "The allow-list file does not have the form that sandglass writes (schemaVersion 1, widgets with origins and metadata).",
      next,
    );
  return value;
}

function isReviewFile(value: unknown): value is ReviewFile {
  if (!isRecord(value) || value.schemaVersion !== 1 || !isRecord(value.widgets)) return false;
  return Object.values(value.widgets).every(
    (widget) =>
      isRecord(widget) && Array.isArray(widget.origins) && widget.origins.every(isEntry) && isMetadata(widget.metadata),
  );
}

const isEntry = (entry: unknown): boolean =>
  isRecord(entry) &&
  typeof entry.origin === "string" &&
  Array.isArray(entry.lists) &&
  typeof entry.approved === "boolean";
const isMetadata = (value: unknown): boolean =>
  isRecord(value) && Array.isArray(value.keys) && ALL_LISTS.every((list) => Array.isArray(value[list]));
