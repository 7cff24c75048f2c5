/** A widget folder (`widget.json` and its entry), or a folder of them at any depth. */
import { readdirSync } from "node:fs";
import { basename, extname, join, relative, resolve, sep } from "node:path";
import { SandglassError } from "../model/errors.ts";
import type { Widget } from "../model/widget.ts";
import { buildDocument, isBuildable, type BuildPlace, type BuiltDocument } from "./build.ts";
import { readHtml } from "./html.ts";
import { MANIFEST, readManifest } from "./manifest.ts";
import { isFile, whyNotOwn } from "./paths.ts";
import { shownPath } from "./types.ts";

const MAX_DEPTH = 5;
const ENTRIES = ["index.html", "index.tsx", "index.jsx"] as const;

/**
 * Folders with a `widget.json`, in name order. `broken` is skipped unless the
 * target is that folder or lies inside it: it holds widgets that fail on purpose.
 */
export function findWidgetFolders(folder: string, cwd: string): string[] {
  if (isFile(join(folder, MANIFEST))) return [folder];
  const withBroken = relative(cwd, folder).split(sep).includes("broken");
  const found: string[] = [];
  const walk = (path: string, depth: number): void => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (
        !entry.isDirectory() ||
        entry.name === "node_modules" ||
        entry.name.startsWith(".") ||
        (entry.name === "broken" && !withBroken)
      )
        continue;
      const inner = join(path, entry.name);
      if (isFile(join(inner, MANIFEST))) found.push(inner);
      else if (depth < MAX_DEPTH) walk(inner, depth + 1);
    }
  };
  walk(folder, 1);
  return found;
}

/** Loads one widget folder; builds its entry when that is code. Throws `BAD_WIDGET`, `NOT_HTML` or `BUILD_FAILED`. */
export async function loadWidgetFolder(
  folder: string,
  cwd: string,
  onProgress?: (text: string) => void,
): Promise<{ readonly widget: Widget; readonly warnings: readonly string[] }> {
  const shown = shownPath(folder, cwd);
  const manifestFile = join(folder, MANIFEST);
  const manifest = await readManifest(manifestFile, shownPath(manifestFile, cwd));
  const entry = manifest.entry ?? ENTRIES.find((name) => isFile(join(folder, name)));
  if (entry === undefined) {
    throw new SandglassError(
      "BAD_WIDGET",
      `${shown}/${MANIFEST}: $.entry: missing, and the folder holds no ${ENTRIES.join(", ")}.`,
      "Name the widget's HTML or TSX file as `entry`.",
    );
  }
  const fault = whyNotOwn(folder, entry);
  if (fault !== undefined) {
    throw new SandglassError(
      "BAD_WIDGET",
      `${shown}/${MANIFEST}: $.entry: ${fault}.`,
      "Build the widget into its folder, or correct `entry`.",
    );
  }
  const file = resolve(folder, entry);
  const name = manifest.name ?? basename(folder);
  const document = await readEntry(file, name, { folder, shownFolder: shown, cwd }, onProgress);
  const widget: Widget = {
    name,
    source: { kind: "folder", path: shown, entry },
    html: document.html,
    meta: manifest.meta,
    mimeType: manifest.mimeType,
    ...(manifest.tool ? { tool: manifest.tool } : {}),
    scenarios: manifest.scenarios,
    serverOrigin: null,
    serverId: `folder:${name}`,
    ...(document.map ? { sourceMaps: { [entry]: document.map } } : {}),
    root: folder,
  };
  return { widget, warnings: document.warnings };
}

async function readEntry(
  file: string,
  name: string,
  place: BuildPlace,
  onProgress?: (text: string) => void,
): Promise<BuiltDocument> {
  const ending = extname(file).toLowerCase();
  if (ending === ".html" || ending === ".htm")
    return { html: readHtml(file, shownPath(file, place.cwd)), map: null, warnings: [] };
  if (!isBuildable(file))
    throw new SandglassError(
      "BAD_WIDGET",
      `${place.shownFolder}/${MANIFEST}: $.entry: ${basename(file)} is neither HTML nor TSX, JSX, TS or JS.`,
      "Name the widget's HTML or TSX file as `entry`.",
    );
  onProgress?.(`Building ${name} with Vite`);
  return buildDocument(file, name, place);
}
