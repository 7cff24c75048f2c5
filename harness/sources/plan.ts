/** What is to be loaded: who wins between the command line, the config and the defaults, the same for every command. */
import { isAbsolute, join, resolve } from "node:path";
import { defined } from "../model/defined.ts";
import { SandglassError } from "../model/errors.ts";
import { filesOfBuild, sourcesOfBuild, type BuildOrder } from "./builds.ts";
import { pathKinds, serverKinds, type KindName, type PathKind, type ServerAddresses } from "./kinds.ts";
import { isFolder } from "./paths.ts";
import { shownPath, withConfigScenarios, type Loaded, type LoadSettings, type ServerAddress } from "./types.ts";
import { watchedBy } from "./watch-globs.ts";
import { leftOutNote } from "./widget-folders.ts";

export interface TargetRequest extends ServerAddresses {
  /** As the command line names them: files, folders, folders of folders, or `ui://` names of the server. */
  readonly targets: readonly string[];
  /** Shown when nothing is named and there is no folder `widgets`. Default: that is an error. */
  readonly bundled?: string;
}

export type LoadOptions = TargetRequest & LoadSettings;

/** One thing that loads, fails and recovers on its own. */
export interface Part {
  /** Stable name: a path, a URL or a command line. */
  readonly key: string;
  /** As things are now: a path that was not there may have become a file. */
  readonly kind: KindName | "resource";
  readonly isServer: boolean;
  /** True for a server that we start ourselves. */
  readonly isCommand: boolean;
  /** Files and folders whose change asks for a new load, as things are now; absolute. */
  readonly watched: () => readonly string[];
  /** @throws SandglassError when it cannot be loaded */
  readonly load: () => Promise<Loaded>;
}

export interface TargetPlan {
  readonly parts: readonly Part[];
  /** What was left out of the target, for people. */
  readonly notes: readonly string[];
}

/** What is looked for when neither targets nor a config say anything. */
const DEFAULT_FOLDER = "widgets";

type Server = ServerAddress & { readonly kind: (typeof serverKinds)[number] };

export interface Choice {
  /** Absolute; empty when nothing is named. */
  readonly paths: readonly string[];
  readonly uris: readonly string[];
  readonly server?: Server;
  /** False when the default folder is to be looked for. */
  readonly isNamed: boolean;
  /** The target as people named it. */
  readonly shown: string;
}

/**
 * What is given on the command line replaces what the config names; a `ui://` name may use the config's server.
 * @throws SandglassError `BAD_USAGE` when two servers are given
 */
export function chooseTargets(options: LoadOptions): Choice {
  const { targets, config, cwd } = options;
  const given = serverKinds.filter(({ option }) => options[option] !== undefined);
  if (given.length > 1)
    throw new SandglassError(
      "BAD_USAGE",
      `${given.map(({ flag }) => flag).join(" and ")} were both given.`,
      "Give one server.",
    );
  if (given.length > 0) return choiceOf(targets, cwd, (uris) => serverOf(options, uris, options.serverCwd ?? cwd));
  const root = config?.root ?? cwd;
  const ofConfig = (uris: readonly string[]): Server | undefined => serverOf(config ?? {}, uris, root);
  if (targets.length > 0) return choiceOf(targets, cwd, (uris) => (uris.length > 0 ? ofConfig(uris) : undefined));
  return choiceOf(config?.targets ?? [], root, ofConfig);
}

/** @param server the one that serves these `ui://` names */
function choiceOf(
  named: readonly string[],
  folder: string,
  server: (uris: readonly string[]) => Server | undefined,
): Choice {
  const uris = named.filter(isUri);
  const chosen = server(uris);
  const words = [
    ...named.map((target) => (isAbsolute(target) ? shownPath(target, folder) : target)),
    ...(chosen ? [chosen.address] : []),
  ];
  return {
    paths: named.filter((target) => !isUri(target)).map((path) => resolve(folder, path)),
    uris,
    ...defined({ server: chosen }),
    isNamed: words.length > 0,
    shown: words.length > 0 ? words.join(" ") : DEFAULT_FOLDER,
  };
}

const isUri = (target: string): boolean => target.startsWith("ui://");

function serverOf(addresses: ServerAddresses, uris: readonly string[], root: string): Server | undefined {
  const kind = serverKinds.find(({ option }) => addresses[option] !== undefined);
  const address = kind === undefined ? undefined : addresses[kind.option];
  return kind === undefined || address === undefined ? undefined : { kind, address, uris, root };
}

/** Files and folders in which new widgets may turn up; absolute. */
export const rootsOf = ({ paths, isNamed }: Choice, cwd: string): readonly string[] =>
  isNamed ? paths : [join(cwd, DEFAULT_FOLDER)];

/**
 * Cuts what was chosen into parts; files first, so that no server is started for a target that cannot be loaded.
 * @throws SandglassError `NO_WIDGETS` when nothing is named and nothing is there
 */
export function planTargets(choice: Choice, options: LoadOptions): TargetPlan {
  const { cwd } = options;
  const paths = choice.isNamed ? choice.paths : [defaultFolder(options)];
  const files = paths.map((path) => splitPath(path, cwd));
  const parts = files.flatMap(({ parts: own }) => own).map((path) => pathPart(path, options));
  const servers = choice.server ? [serverPart(choice.server, options)] : [];
  // It cannot be loaded: what can is not built in vain.
  const resources = choice.server ? [] : choice.uris.slice(0, 1).map(resourcePart);
  return {
    parts: [...resources, ...parts, ...servers].map((part) => afterBuild(part, options)),
    notes: [...new Set(files.flatMap(({ notes }) => notes))],
  };
}

function defaultFolder({ cwd, bundled }: LoadOptions): string {
  const own = join(cwd, DEFAULT_FOLDER);
  if (isFolder(own)) return own;
  if (bundled !== undefined) return bundled;
  throw new SandglassError(
    "NO_WIDGETS",
    `No target was given, and ${cwd} has neither a sandglass.config file that names one nor a folder "${DEFAULT_FOLDER}".`,
    `Give a widget folder, a built .html file, or an MCP server with ${serverKinds.map(({ flag }) => flag).join(" or ")}.`,
  );
}

function kindOf(path: string): (typeof pathKinds)[number] {
  const kind = pathKinds.find(({ accepts }) => accepts(path));
  if (!kind) throw new Error(`no kind of target accepts ${path}`);
  return kind;
}

function splitPath(
  path: string,
  cwd: string,
): { readonly parts: readonly string[]; readonly notes: readonly string[] } {
  const { split }: PathKind = kindOf(path);
  const { paths, leftOut } = split?.(path) ?? { paths: [path], leftOut: [] };
  return { parts: paths, notes: leftOut.map((one) => leftOutNote(one, shownPath(one.path, cwd))) };
}

function pathPart(path: string, settings: LoadSettings): Part {
  return {
    key: path,
    get kind() {
      return kindOf(path).name;
    },
    isServer: false,
    isCommand: false,
    watched: () => kindOf(path).watched(path),
    load: async () => {
      const { widgets, ...rest } = await kindOf(path).load(path, settings);
      return { ...rest, widgets: widgets.map((widget) => withConfigScenarios(widget, settings.config)) };
    },
  };
}

/** The build that the config names, if it names one. */
export function buildOrderOf({ config, cwd, env, onProgress }: LoadSettings): BuildOrder | null {
  if (!config?.build) return null;
  const { build, root, file } = config;
  return { build, root, by: shownPath(file, cwd), ...defined({ env, onProgress }) };
}

/** The part, loaded once the build that the config names has ended. */
function afterBuild(part: Part, settings: LoadSettings): Part {
  const order = buildOrderOf(settings);
  const { builds } = settings;
  if (!order || !builds) return part;
  return {
    ...part,
    get kind() {
      return part.kind;
    },
    // Of a command each file is followed by its contents, and a folder has none.
    watched: () => [...part.watched(), ...(part.isCommand ? filesOfBuild(order) : sourcesOfBuild(order))],
    load: async () => {
      const note = await builds.run(order);
      const loaded = await part.load();
      return { ...loaded, warnings: [note, ...loaded.warnings] };
    },
  };
}

function serverPart(server: Server, settings: LoadSettings): Part {
  const { kind, address } = server;
  return {
    key: address,
    kind: kind.name,
    isServer: kind.isServer,
    isCommand: kind.isCommand,
    watched: () => {
      const found = kind.watched(server);
      return kind.isCommand ? watchedBy(found, settings.watch ?? [], server.root) : found;
    },
    load: () => kind.load(server, settings),
  };
}

/** A `ui://` name without a server. */
function resourcePart(uri: string): Part {
  return {
    key: uri,
    kind: "resource",
    isServer: true,
    isCommand: false,
    watched: () => [],
    load: () =>
      Promise.reject(
        new SandglassError(
          "BAD_USAGE",
          `${uri} needs the server that has it.`,
          'Add --mcp URL or --mcp-stdio "COMMAND".',
        ),
      ),
  };
}
