/** The kinds of target, one row each: how one is recognised, what it is made of, and how it is loaded. */
import { basename, dirname } from "node:path";
import { sourcesOfCommand } from "./command-sources.ts";
import { isFile } from "./paths.ts";
import type { Loaded, LoadSettings, ServerAddress } from "./types.ts";
import { findWidgetFolders, MANIFEST, type LeftOut } from "./widget-folders.ts";

interface Row {
  readonly name: string;
  /** What is loaded by it lives on: it is asked again whether it is as before. */
  readonly isServer: boolean;
  /** We start it ourselves. */
  readonly isCommand: boolean;
}

/** Named by a word of the command line, or by an entry of the config's `targets`. */
export interface PathKind extends Row {
  readonly by: "path";
  /** The first kind that accepts a path takes it. */
  readonly accepts: (path: string) => boolean;
  /** Paths that load, fail and recover each on their own. Default: the path itself. */
  readonly split?: (path: string) => { readonly paths: readonly string[]; readonly leftOut: readonly LeftOut[] };
  /** Files and folders whose change asks for a new load; absolute. */
  readonly watched: (path: string) => readonly string[];
  /** @throws SandglassError when it cannot be loaded */
  readonly load: (path: string, settings: LoadSettings) => Promise<Loaded>;
}

/** Named by an option of the command line, and by the field of that name in the config. */
export interface ServerKind extends Row {
  readonly by: "option";
  readonly option: string;
  /** The option as it is written. */
  readonly flag: string;
  readonly watched: (server: ServerAddress) => readonly string[];
  /** @throws SandglassError when it cannot be loaded; the server is ended then */
  readonly load: (server: ServerAddress, settings: LoadSettings) => Promise<Loaded>;
}

const folderOf = (path: string): string => (isFile(path) ? dirname(path) : path);

export const kinds = [
  {
    name: "html",
    by: "path",
    isServer: false,
    isCommand: false,
    accepts: (path) => isFile(path) && basename(path) !== MANIFEST,
    // Beside a page lies its sidecar.
    watched: (path) => [path, path.replace(/\.html?$/i, `.${MANIFEST}`)],
    load: async (path, settings) => (await import("./html.ts")).loadHtml(path, settings),
  },
  {
    name: "folder",
    by: "path",
    isServer: false,
    isCommand: false,
    // What is not there is taken for a folder, whose loading says what it lacks.
    accepts: () => true,
    split: (path) => {
      const { folders, leftOut } = findWidgetFolders(folderOf(path));
      return { paths: folders.length > 0 ? folders : [path], leftOut };
    },
    // A build replaces its whole folder.
    watched: (path) => [path],
    load: async (path, settings) => (await import("./folder.ts")).loadFolder(folderOf(path), settings),
  },
  {
    name: "mcp-url",
    by: "option",
    option: "mcp",
    flag: "--mcp",
    isServer: true,
    isCommand: false,
    watched: () => [],
    load: async (server, settings) => (await import("./mcp.ts")).loadHttpServer(server, settings),
  },
  {
    name: "mcp-stdio",
    by: "option",
    option: "mcpStdio",
    flag: "--mcp-stdio",
    isServer: true,
    isCommand: true,
    watched: ({ address, root }) => sourcesOfCommand(address, root),
    load: async (server, settings) => (await import("./mcp.ts")).loadStdioServer(server, settings),
  },
] as const satisfies readonly (PathKind | ServerKind)[];

export type KindName = (typeof kinds)[number]["name"];
/** Options of the command line, and fields of the config, that name a server. */
export type ServerOption = Extract<(typeof kinds)[number], { readonly by: "option" }>["option"];
export type ServerAddresses = { readonly [Option in ServerOption]?: string };

export const pathKinds: readonly (PathKind & { readonly name: KindName })[] = kinds.filter(
  (kind) => kind.by === "path",
);
export const serverKinds: readonly (ServerKind & { readonly name: KindName; readonly option: ServerOption })[] =
  kinds.filter((kind) => kind.by === "option");
