/** Files and lines of the checkout that CI systems show findings at. Pure. */
import type { SourceInfo, Where } from "../../model/evidence.ts";
import type { Finding } from "../../model/result.ts";
import { placeLabel } from "../shared/vocabulary.ts";

export interface Place {
  /** From the root of the checkout, with `/`. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly excerpt?: string;
}

export interface Placed {
  /** Null where the project names no file. */
  readonly place: Place | null;
  /** It stands at another address, which is no file of the checkout. */
  readonly elsewhere: string | null;
}

/** What a place is looked for in: a run, or what was joined of some. */
export interface Subject {
  readonly source: SourceInfo;
  readonly declaredAt?: Where;
}

/**
 * The line of a finding, else that of its declaration, else the widget's own file: if any, a file of the checkout.
 * @param folder where paths start, from the root of the checkout; empty: at the root
 */
export function placedIn(finding: Finding | null, { source, declaredAt }: Subject, folder: string): Placed {
  const own = finding?.declaredAt ? null : placeAt(finding?.where, folder);
  if (own) return { place: own, elsewhere: null };
  const place = placeAt(finding?.declaredAt, folder) ?? placeAt(declaredAt, folder) ?? placeAt(fileOf(source), folder);
  return { place, elsewhere: placeLabel(finding?.where) || null };
}

/** Null for an address of the network, and for a file outside the checkout. */
export function placeAt(where: Where | undefined, folder: string): Place | null {
  const path = where?.file ?? where?.url;
  if (!where || !path || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith("/")) return null;
  const file = normalized(`${folder}/${path.replaceAll("\\", "/")}`);
  if (file === null) return null;
  return { file, ...lineOf(where) };
}

function lineOf({ line, column, excerpt }: Where): Omit<Place, "file"> {
  if (line === undefined || line < 1) return {};
  return {
    line,
    ...(column !== undefined && column >= 1 ? { column } : {}),
    ...(excerpt ? { excerpt } : {}),
  };
}

/** Null for a path that leaves the root. */
function normalized(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length > 0 ? parts.join("/") : null;
}

function fileOf(source: SourceInfo): Where | undefined {
  if (source.kind === "mcp") return undefined;
  return { url: source.kind === "html" ? source.path : `${source.path}/widget.json` };
}
