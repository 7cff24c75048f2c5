/** What a project holds that can be checked: read from its files, nothing of it is run. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { isRecord } from "../../host/csp/record.ts";
import { CONFIG_FILES } from "../config/index.ts";
import { checkoutOf, type Checkout } from "./checkout.ts";

export interface ProjectFacts {
  /** Command line of an MCP server over stdio, run in the project's folder; null when none was found. */
  readonly command: string | null;
  /** Address of a server over HTTP, which has to be running; null when none was found. */
  readonly url: string | null;
  /** What the server is made with, as its package is called. */
  readonly framework: string | null;
  /** Built pages, relative; the folder `widgets` is found without being named. */
  readonly pages: readonly string[];
  readonly hasWidgetFolders: boolean;
  readonly packageScripts: Readonly<Record<string, string>> | null;
  readonly ci: "github" | "gitlab" | null;
  /** Files of ours that are there. */
  readonly present: readonly string[];
  readonly checkout: Checkout;
  /** Packages below that hold a server, where the folder itself holds none; relative. */
  readonly packages: readonly string[];
}

/** Packages that make MCP servers; the first that is named stands for the project. */
const FRAMEWORKS = [
  ...["skybridge", "mcp-use", "xmcp", "fastmcp", "mcp-handler", "@vercel/mcp-adapter", "@mastra/mcp"],
  ...["@modelcontextprotocol/server", "@modelcontextprotocol/sdk", "@modelcontextprotocol/ext-apps"],
];
const SOURCES = new Set([".js", ".mjs", ".cjs", ".ts", ".mts", ".tsx", ".py"]);
/** Where a server's first file stands, in the order of trying. */
const PLACES = ["", "src", "server", "server/src", "dist", "build", "app"];
const NAMES = ["server", "index", "main", "mcp-server", "mcp", "app", "cli", "stdio"];
/** Longest source that is read, bytes. */
const LONGEST = 2_000_000;
export const WORKFLOW = ".github/workflows/sandglass.yml";

/** @param folder absolute */
export function factsOf(folder: string): ProjectFacts {
  const manifest = manifestOf(folder);
  const source = serverSource(folder, manifest);
  const stdio = source !== null && speaksStdio(source.text);
  const checkout = checkoutOf(folder);
  const workflow = join(checkout.root, WORKFLOW);
  return {
    command: source && stdio ? commandFor(folder, source, manifest) : null,
    url: source && !stdio ? urlIn(source.text) : null,
    framework: frameworkOf(folder, manifest),
    pages: pagesIn(folder),
    hasWidgetFolders: existsSync(join(folder, "widgets")) && hasManifest(join(folder, "widgets"), 3),
    packageScripts: manifest ? (manifest.scripts ?? {}) : null,
    ci: ciOf(checkout.root),
    present: [
      ...CONFIG_FILES.filter((file) => existsSync(join(folder, file))),
      ...(existsSync(workflow) ? [WORKFLOW] : []),
    ],
    checkout,
    packages: source === null ? packagesWithServer(folder) : [],
  };
}

interface Manifest {
  readonly main?: string;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest | null {
  const text = textOf(join(folder, "package.json"));
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? readable(value) : null;
  } catch {
    // What cannot be read says nothing; the package manager will tell.
    return null;
  }
}

/** What is as a package manager writes it; of anything else it says nothing. */
function readable(value: Readonly<Record<string, unknown>>): Manifest {
  const texts = (name: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(isRecord(value[name]) ? value[name] : {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      ),
    );
  return {
    ...(typeof value.main === "string" ? { main: value.main } : {}),
    bin: typeof value.bin === "string" ? value.bin : texts("bin"),
    scripts: texts("scripts"),
    dependencies: texts("dependencies"),
    devDependencies: texts("devDependencies"),
  };
}

interface Source {
  /** Relative. */
  readonly file: string;
  readonly text: string;
}

/** The file that starts a server: named by the package, by a script, or by its place. */
function serverSource(folder: string, manifest: Manifest | null): Source | null {
  const bins = typeof manifest?.bin === "string" ? [manifest.bin] : Object.values(manifest?.bin ?? {});
  const scripts = Object.values(manifest?.scripts ?? {}).flatMap((line) => line.split(/\s+/).filter(isSource));
  const placed = PLACES.flatMap((place) =>
    NAMES.flatMap((name) => [...SOURCES].map((ending) => join(place, `${name}${ending}`))),
  );
  const files = [...new Set([...scripts, ...bins, ...(manifest?.main ? [manifest.main] : []), ...placed])];
  const sources = files.flatMap((file): Source[] => {
    const text = textOf(join(folder, file));
    return text !== null && isServer(text) ? [{ file: file.replace(/^\.\//, ""), text }] : [];
  });
  return sources.find(({ text }) => speaksStdio(text)) ?? sources[0] ?? null;
}

/** Where the packages of a repository stand. */
const PACKAGES = ["packages", "apps", "servers", "examples"];

const packagesWithServer = (folder: string): string[] =>
  PACKAGES.flatMap((place) => filesIn(join(folder, place)).map((name) => `${place}/${name}`))
    .filter((path) => isFolder(join(folder, path)))
    .filter((path) => serverSource(join(folder, path), manifestOf(join(folder, path))) !== null);

const isSource = (word: string): boolean => SOURCES.has(extname(word));
const isServer = (text: string): boolean => speaksStdio(text) || urlIn(text) !== null;
const speaksStdio = (text: string): boolean =>
  /\bStdioServerTransport\b|\btransportType\s*:\s*["']stdio["']/.test(text) ||
  /\bmcp\.run\(\s*\)|\bmcp\.run\(\s*transport\s*=\s*["']stdio["']/.test(text);

/** Where it listens, as far as its text says: a port that is written out, beside an endpoint. */
function urlIn(text: string): string | null {
  if (!/StreamableHTTP|\bcreateMcpHandler\b|\bMCPServer\b|\bFastMCP\b/.test(text)) return null;
  const port = /\bPORT\b[^\n\d]{0,30}(\d{4,5})\b|\blisten\(\s*(\d{4,5})\b|\bport\s*[:=]\s*(\d{4,5})\b/.exec(text);
  const number = port?.[1] ?? port?.[2] ?? port?.[3];
  const path = /["'`](\/(?:api\/)?mcp)["'`]/.exec(text)?.[1] ?? "/mcp";
  return number === undefined ? null : `http://localhost:${number}${path}`;
}

/** How it is started: by what the package names, else by the file's own kind. */
function commandFor(folder: string, { file, text }: Source, manifest: Manifest | null): string {
  const more = /["'`]--stdio["'`]/.test(text) ? " --stdio" : "";
  if (file.endsWith(".py"))
    return `${existsSync(join(folder, "uv.lock")) ? "uv run " : ""}python ${quoted(file)}${more}`;
  if (/\.[cm]?js$/.test(file)) return `node ${quoted(file)}${more}`;
  const all = { ...manifest?.dependencies, ...manifest?.devDependencies };
  const runner = ["tsx", "bun", "ts-node"].find((name) => Object.hasOwn(all, name)) ?? "tsx";
  return `npx ${runner} ${quoted(file)}${more}`;
}

const quoted = (file: string): string => (/^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`);

function frameworkOf(folder: string, manifest: Manifest | null): string | null {
  const named = { ...manifest?.dependencies, ...manifest?.devDependencies };
  const found = FRAMEWORKS.find((name) => Object.hasOwn(named, name));
  if (found) return found;
  const python = `${textOf(join(folder, "pyproject.toml")) ?? ""}\n${textOf(join(folder, "requirements.txt")) ?? ""}`;
  return /["'\s](fastmcp|mcp)\b/.exec(python)?.[1] ?? null;
}

/** Built pages in the folders that builds write to; a page that loads its source is not built. */
function pagesIn(folder: string): string[] {
  return ["dist", "build", "out", ""].flatMap((place) =>
    filesIn(join(folder, place))
      .filter((name) => extname(name) === ".html")
      .map((name) => (place === "" ? name : `${place}/${name}`))
      .filter(
        (file) => !/<script[^>]{0,200}\bsrc="[^"]{0,200}\.(?:[jt]sx?|mts)"/.test(textOf(join(folder, file)) ?? ""),
      ),
  );
}

function hasManifest(folder: string, depth: number): boolean {
  if (existsSync(join(folder, "widget.json"))) return true;
  return (
    depth > 0 &&
    filesIn(folder).some((name) => isFolder(join(folder, name)) && hasManifest(join(folder, name), depth - 1))
  );
}

function ciOf(folder: string): ProjectFacts["ci"] {
  if (existsSync(join(folder, ".gitlab-ci.yml"))) return "gitlab";
  if (existsSync(join(folder, ".github"))) return "github";
  const remote = textOf(join(folder, ".git", "config")) ?? "";
  if (/github\.com/.test(remote)) return "github";
  return /gitlab/.test(remote) ? "gitlab" : null;
}

const filesIn = (folder: string): string[] => (isFolder(folder) ? readdirSync(folder).toSorted() : []);
const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

function textOf(path: string): string | null {
  if (!existsSync(path) || !existsSync(dirname(path))) return null;
  const stats = statSync(path);
  return stats.isFile() && stats.size <= LONGEST ? readFileSync(path, "utf8") : null;
}
