/** A widget folder: `widget.json` and its entry. */
import { basename, dirname, extname, join, resolve } from "node:path";
import { isInside } from "../config/paths.ts";
import { defined } from "../model/defined.ts";
import { SandglassError } from "../model/errors.ts";
import type { Widget } from "../model/widget.ts";
import { DEFAULTS } from "../model/defaults.ts";
import { isBuildable, type BuildPlace, type BuiltDocument } from "./build.ts";
import { buildApart } from "./builder.ts";
import { readHtml } from "./html.ts";
import { Builds } from "./builds.ts";
import { readManifest, type Manifest } from "./manifest.ts";
import { isFile, isFolder, whyNotOwn } from "./paths.ts";
import { fromFiles, shownPath, type Loaded, type LoadSettings } from "./types.ts";
import { ENTRIES, findWidgetFolders, leftOutNote, MANIFEST } from "./widget-folders.ts";

/**
 * The widgets of a folder, which is itself one or holds them at any depth.
 * @throws SandglassError `NO_WIDGETS`, and what `loadWidgetFolder` throws
 */
export async function loadFolder(folder: string, settings: LoadSettings): Promise<Loaded> {
  const { cwd } = settings;
  const shown = shownPath(folder, cwd);
  if (!isFolder(folder))
    throw new SandglassError(
      "NO_WIDGETS",
      `${shown} does not exist.`,
      "Give a widget folder, a built .html file, or an MCP server with --mcp or --mcp-stdio.",
    );
  const { folders, leftOut } = findWidgetFolders(folder);
  if (folders.length === 0) {
    const notes = leftOut.map((one) => leftOutNote(one, shownPath(one.path, cwd)));
    throw withoutWidgets(folder, shown, notes, cwd);
  }
  const widgets: Widget[] = [];
  const warnings: string[] = [];
  for (const one of folders) {
    const loaded = await loadWidgetFolder(one, settings);
    widgets.push(loaded.widget);
    warnings.push(...loaded.warnings);
  }
  return fromFiles(widgets, warnings);
}

function withoutWidgets(folder: string, shown: string, notes: readonly string[], cwd: string): SandglassError {
  if (notes.length > 0)
    return new SandglassError(
      "NO_WIDGETS",
      `${shown} holds no widget that is not left out. ${notes.join(" ")}`,
      "Name the widget's folder itself, or take `skip` out of its widget.json.",
    );
  const page = join(folder, "index.html");
  return new SandglassError(
    "NO_WIDGETS",
    `${shown} holds no widget.json, at any depth.`,
    isFile(page)
      ? `Check the page itself, ${shownPath(page, cwd)}, or add a widget.json beside it.`
      : "Add a widget.json beside the widget's HTML; docs/widgets.md shows one.",
  );
}

/** Loads one widget folder; builds its entry when that is code. Throws `BAD_WIDGET`, `NOT_HTML` or `BUILD_FAILED`. */
async function loadWidgetFolder(
  folder: string,
  settings: LoadSettings,
): Promise<{ readonly widget: Widget; readonly warnings: readonly string[] }> {
  const { cwd, onProgress } = settings;
  const shown = shownPath(folder, cwd);
  const manifestFile = join(folder, MANIFEST);
  const manifest = await readManifest(manifestFile, shownPath(manifestFile, cwd));
  const notes = manifest.build ? [await buildWidget(folder, manifest, settings)] : [];
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
      [...notes, "Build the widget into its folder, or correct `entry`."].join(" "),
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
  return { widget, warnings: [...notes, ...document.warnings] };
}

/**
 * Runs the build that a `widget.json` names, when the user allowed that.
 * @returns what was run, or why nothing was
 */
async function buildWidget(
  folder: string,
  { build = {}, entry = "" }: Manifest,
  {
    cwd,
    config,
    env,
    onProgress,
    builds = new Builds(),
    allowBuild = config?.allowBuild ?? DEFAULTS.allowBuild,
  }: LoadSettings,
): Promise<string> {
  const by = `${shownPath(folder, cwd)}/${MANIFEST}`;
  const output = dirname(resolve(folder, entry));
  if (!/\.html?$/i.test(entry) || !isInside(folder, output) || output === resolve(folder))
    throw new SandglassError(
      "BAD_WIDGET",
      `${by}: $.entry: with a build it names the page that is built, in a folder of its own within the widget's.`,
      "Name it, e.g. `dist/index.html`.",
    );
  if (!allowBuild)
    return `The build of ${by} was not run, as checking a folder must not execute its code: --allow-build runs it.`;
  return builds.run({ build, root: folder, by, output, ...defined({ env, onProgress }) });
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
  return buildApart(file, name, place);
}
