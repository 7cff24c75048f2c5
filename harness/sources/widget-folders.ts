/** Which folders below a target hold widgets, and which were left out of the search, with the reason. */
import { readdirSync, readFileSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { isNestedDeeper, MOST_LEVELS } from "../model/depth.ts";
import { isFile, isFolder } from "./paths.ts";

export const MANIFEST = "widget.json";
export const ENTRIES = ["index.html", "index.tsx", "index.jsx"] as const;

export interface WidgetFolders {
  /** Folders with a `widget.json`, in name order; absolute. */
  readonly folders: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/** A folder that was not searched, or a widget that was not taken. */
export interface LeftOut {
  /** Absolute. */
  readonly path: string;
  readonly reason:
    | { readonly kind: "skip"; readonly text: string }
    | { readonly kind: "link" }
    | { readonly kind: "unreadable"; readonly code: string };
}

/**
 * The widget folders at any depth. `node_modules` and folders whose name begins
 * with a dot are not entered, nor is a widget's own folder. A folder whose
 * `widget.json` has `skip` is left out unless it is the target itself.
 */
export function findWidgetFolders(folder: string): WidgetFolders {
  const own = readFolder(folder);
  if (own.kind === "widget") return { folders: [folder], leftOut: [] };
  const folders: string[] = [];
  const leftOut: LeftOut[] = [];
  const visit = (path: string): void => {
    const { kind, skip } = readFolder(path);
    if (skip !== undefined) leftOut.push({ path, reason: { kind: "skip", text: skip } });
    else if (kind === "widget") folders.push(path);
    else walk(path);
  };
  const walk = (path: string): void => {
    const entries = entriesOf(path);
    if (typeof entries === "string") {
      leftOut.push({ path, reason: { kind: "unreadable", code: entries } });
      return;
    }
    for (const entry of entries) {
      if (entry.name === "node_modules" || entry.name.startsWith(".")) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) visit(inner);
      else if (entry.isSymbolicLink() && isFolder(inner)) leftOut.push({ path: inner, reason: { kind: "link" } });
    }
  };
  walk(folder);
  return { folders, leftOut };
}

/** What a person reads about it. @param shown the path as reports show it */
export function leftOutNote({ reason }: LeftOut, shown: string): string {
  if (reason.kind === "skip")
    return `${shown} is left out: ${reason.text} (skip in its ${MANIFEST}; name it to check it).`;
  if (reason.kind === "link")
    return `${shown} is left out: it is a link, and links are not followed (name it to check it).`;
  return `${shown} is left out: it cannot be read (${reason.code}).`;
}

/** A `skip` in a folder without an entry is about the folder's widgets. */
function readFolder(folder: string): { readonly kind: "widget" | "group"; readonly skip?: string } {
  const file = join(folder, MANIFEST);
  if (!isFile(file)) return { kind: "group" };
  const { entry, skip } = manifestFields(file);
  const isWidget =
    typeof skip !== "string" || entry !== undefined || ENTRIES.some((name) => isFile(join(folder, name)));
  return { kind: isWidget ? "widget" : "group", ...(typeof skip === "string" ? { skip } : {}) };
}

/** A manifest that is no JSON is a widget's all the same: loading it says what is wrong. */
function manifestFields(file: string): { readonly entry?: unknown; readonly skip?: unknown } {
  const text = readFileSync(file, "utf8");
  if (isNestedDeeper(text, MOST_LEVELS)) return {};
  const value: unknown = parse(text, [], { allowTrailingComma: true });
  return typeof value === "object" && value !== null ? value : {};
}

/** In name order; the system's code when the folder cannot be read. */
function entriesOf(folder: string): readonly Dirent[] | string {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM" || code === "ENOENT") return code;
    throw error;
  }
}
