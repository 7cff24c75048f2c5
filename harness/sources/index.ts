/** Target → widgets: the one door to every kind of source. */
import { basename, dirname, join, resolve } from "node:path";
import { SandglassError } from "../model/errors.ts";
import type { LoadedTarget, Widget } from "../model/widget.ts";
import { isFile, isFolder } from "./paths.ts";
import { shownPath, withConfigScenarios, type LoadOptions } from "./types.ts";

export type { LoadOptions } from "./types.ts";

/** What is looked for when neither targets nor a config say anything. */
const DEFAULT_FOLDER = "widgets";
const HELP = "Give a widget folder, a built .html file, or an MCP server with --mcp or --mcp-stdio.";

/**
 * Loads what was asked for; with no target and no server, what the config
 * names; else the folder `widgets`. Servers are started here and ended by
 * `close()`; when this throws, they are ended already.
 * @throws SandglassError with the code of whatever could not be loaded; `NO_WIDGETS` when nothing was found
 */
export async function loadTarget(options: LoadOptions): Promise<LoadedTarget> {
  const { paths, uris, mcp, mcpStdio, root } = plan(options);
  const server = mcp ?? mcpStdio;
  if (uris.length > 0 && server === undefined)
    throw new SandglassError(
      "BAD_USAGE",
      `${uris[0]} needs the server that has it.`,
      'Add --mcp URL or --mcp-stdio "COMMAND".',
    );
  const files = await loadPaths(paths, options);
  if (server === undefined) return { ...files, close: async () => undefined };
  const { openHttp, openStdio } = await import("./mcp-session.ts");
  const { loadServer } = await import("./mcp.ts");
  const headers = options.config?.mcpHeaders;
  const connected =
    mcp !== undefined
      ? await openHttp(mcp, { ...options, ...(headers && mcp === options.config?.mcp ? { headers } : {}) })
      : await openStdio(server, { ...options, cwd: root });
  const loaded = await loadServer(connected, uris, options);
  return {
    widgets: [...files.widgets, ...loaded.widgets],
    warnings: [...files.warnings, ...loaded.warnings],
    close: loaded.close,
  };
}

interface Plan {
  readonly paths: readonly string[];
  readonly uris: readonly string[];
  readonly mcp?: string;
  readonly mcpStdio?: string;
  /** Folder that a stdio server runs in. */ readonly root: string;
}

/** What is given on the command line replaces what the config says; a `ui://` name may use the config's server. */
function plan({ targets, mcp, mcpStdio, config, cwd }: LoadOptions): Plan {
  const given = split(targets.map((target) => (isUri(target) ? target : resolve(cwd, target))));
  if (mcp !== undefined || mcpStdio !== undefined) return { ...given, ...serverOf(mcp, mcpStdio), root: cwd };
  if (targets.length > 0)
    return {
      ...given,
      ...(given.uris.length > 0 ? serverOf(config?.mcp, config?.mcpStdio) : {}),
      root: config?.root ?? cwd,
    };
  if (config && (config.targets.length > 0 || config.mcp !== undefined || config.mcpStdio !== undefined)) {
    return { ...split(config.targets), ...serverOf(config.mcp, config.mcpStdio), root: config.root };
  }
  const folder = join(cwd, DEFAULT_FOLDER);
  if (!isFolder(folder))
    throw new SandglassError(
      "NO_WIDGETS",
      `No target was given, and ${cwd} has neither a sandglass.config file that names one nor a folder "${DEFAULT_FOLDER}".`,
      HELP,
    );
  return { paths: [folder], uris: [], root: cwd };
}

function serverOf(mcp: string | undefined, mcpStdio: string | undefined): { mcp?: string; mcpStdio?: string } {
  return { ...(mcp === undefined ? {} : { mcp }), ...(mcpStdio === undefined ? {} : { mcpStdio }) };
}

const isUri = (target: string): boolean => target.startsWith("ui://");

function split(targets: readonly string[]): { paths: string[]; uris: string[] } {
  return { paths: targets.filter((target) => !isUri(target)), uris: targets.filter(isUri) };
}

async function loadPaths(
  paths: readonly string[],
  options: LoadOptions,
): Promise<{ widgets: Widget[]; warnings: string[] }> {
  const widgets: Widget[] = [];
  const warnings: string[] = [];
  for (const path of paths) {
    const loaded = await loadPath(path, options);
    widgets.push(...loaded.widgets.map((widget) => withConfigScenarios(widget, options.config)));
    warnings.push(...loaded.warnings);
  }
  return { widgets, warnings };
}

async function loadPath(
  path: string,
  { cwd, onProgress }: LoadOptions,
): Promise<{ widgets: readonly Widget[]; warnings: readonly string[] }> {
  const shown = shownPath(path, cwd);
  if (isFile(path) && basename(path) !== "widget.json") {
    const { loadHtmlFile } = await import("./html.ts");
    const { widget, warnings } = await loadHtmlFile(path, cwd);
    return { widgets: [widget], warnings };
  }
  const folder = isFile(path) ? dirname(path) : path;
  if (!isFolder(folder)) throw new SandglassError("NO_WIDGETS", `${shown} does not exist.`, HELP);
  const { loadWidgetFolder } = await import("./folder.ts");
  const { findWidgetFolders, leftOutNote } = await import("./widget-folders.ts");
  const { folders, leftOut } = findWidgetFolders(folder);
  const notes = leftOut.map((one) => leftOutNote(one, shownPath(one.path, cwd)));
  if (folders.length === 0) throw withoutWidgets(folder, shown, notes, cwd);
  const widgets: Widget[] = [];
  const warnings: string[] = [...notes];
  for (const one of folders) {
    const loaded = await loadWidgetFolder(one, cwd, onProgress);
    widgets.push(loaded.widget);
    warnings.push(...loaded.warnings);
  }
  return { widgets, warnings };
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
      : "Add a widget.json beside the widget's HTML; the README shows one.",
  );
}
