/** A target cut into parts that load, fail and recover each on their own. */
import { join, resolve } from "node:path";
import { isFile, isFolder } from "../sources/paths.ts";
import { shownPath } from "../sources/types.ts";
import { findWidgetFolders, leftOutNote } from "../sources/widget-folders.ts";
import type { LoadedTarget } from "../model/widget.ts";
import { sourcesOfCommand } from "./command-sources.ts";

export interface UnitsInput {
  readonly targets: readonly string[];
  readonly mcp?: string;
  readonly mcpStdio?: string;
  readonly config?: {
    readonly targets: readonly string[];
    readonly mcp?: string;
    readonly mcpStdio?: string;
    readonly root: string;
  };
  readonly cwd: string;
  /** Folder of the bundled widgets, shown when nothing is named and nothing is there. */
  readonly bundled: string;
  load(part: {
    readonly targets: readonly string[];
    readonly mcp?: string;
    readonly mcpStdio?: string;
  }): Promise<LoadedTarget>;
}

/** One thing to load. */
export interface Unit {
  /** Stable name: a path, a URL or a command line. */
  readonly key: string;
  readonly isServer: boolean;
  /** True for a server that we start ourselves. */
  readonly isCommand: boolean;
  /** Files and folders whose change asks for a new load, as things are now; absolute. */
  watched(): readonly string[];
  load(): Promise<LoadedTarget>;
}

export interface UnitPlan {
  readonly units: readonly Unit[];
  /** What was left out of the target, for people. */
  readonly notes: readonly string[];
}

/** What is to be loaded, as the command line and the config say; folders of widgets are cut into widgets. */
export function unitsOf({ targets, mcp, mcpStdio, config, cwd, bundled, load }: UnitsInput): UnitPlan {
  const isUri = (target: string) => target.startsWith("ui://");
  const given = targets.length > 0 || mcp !== undefined || mcpStdio !== undefined;
  const named = given
    ? targets.map((target) => (isUri(target) ? target : resolve(cwd, target)))
    : (config?.targets ?? []);
  const uris = named.filter(isUri);
  const fromConfig = !given || uris.length > 0 ? config : undefined;
  const server = {
    mcp: mcp ?? (mcpStdio === undefined ? fromConfig?.mcp : undefined),
    mcpStdio: mcpStdio ?? (mcp === undefined ? fromConfig?.mcpStdio : undefined),
  };
  const paths = named.filter((target) => !isUri(target));
  const own = join(cwd, "widgets");
  if (paths.length === 0 && uris.length === 0 && server.mcp === undefined && server.mcpStdio === undefined)
    paths.push(isFolder(own) ? own : bundled);
  const notes: string[] = [];
  const units = paths.flatMap((path) =>
    isFolder(path) ? folderUnits(path, cwd, load, notes) : [pathUnit(path, load)],
  );
  if (server.mcp !== undefined) units.push(serverUnit(server.mcp, { targets: uris, mcp: server.mcp }, load));
  else if (server.mcpStdio !== undefined)
    units.push(commandUnit(server.mcpStdio, uris, given ? cwd : (config?.root ?? cwd), load));
  else if (uris.length > 0) units.push(serverUnit(uris[0]!, { targets: uris }, load));
  return { units, notes: [...new Set(notes)] };
}

type Load = UnitsInput["load"];

/** An empty folder is a unit as well, which says what it lacks until a widget is there. */
function folderUnits(folder: string, cwd: string, load: Load, notes: string[]): Unit[] {
  const { folders, leftOut } = findWidgetFolders(folder);
  notes.push(...leftOut.map((one) => leftOutNote(one, shownPath(one.path, cwd))));
  return folders.length === 0 ? [pathUnit(folder, load)] : folders.map((path) => pathUnit(path, load));
}

function pathUnit(path: string, load: Load): Unit {
  // Beside a page lies its sidecar, and a build replaces its whole folder.
  const watched = isFile(path) ? [path, path.replace(/\.html?$/i, ".widget.json")] : [path];
  return {
    key: path,
    isServer: false,
    isCommand: false,
    watched: () => watched,
    load: () => load({ targets: [path] }),
  };
}

function serverUnit(key: string, part: Parameters<Load>[0], load: Load): Unit {
  return { key, isServer: true, isCommand: false, watched: () => [], load: () => load(part) };
}

function commandUnit(mcpStdio: string, targets: readonly string[], cwd: string, load: Load): Unit {
  return {
    ...serverUnit(mcpStdio, { targets, mcpStdio }, load),
    isCommand: true,
    watched: () => sourcesOfCommand(mcpStdio, cwd),
  };
}
