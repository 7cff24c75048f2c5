/** Where a project registers its tools and resources: lines of its own source, found by their names. Nothing is run. */
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Where } from "../model/evidence.ts";
import { lineAt, lineStarts } from "../model/lines.ts";
import { textsOf, type TextInSource } from "./source-texts.ts";

/** Types alone register nothing. */
const SOURCE = /(?<!\.d)\.(?:[cm]?[jt]sx?|py|go|rs|rb|php|java|kt|cs|swift|exs?)$/;
/** What is installed, built or kept is no source of the project. */
const NOT_SOURCE = /^(?:\..*|node_modules|dist|build|out|target|vendor|coverage|venv|__pycache__)$/;
const ASIDE = /(?:^|[/.])(?:tests?|specs?|__tests__|fixtures|e2e|bench)(?:[/.]|$)/;
/** A folder that holds one of these is a package of its own. */
const MANIFESTS = ["package.json", "pyproject.toml", "go.mod", "Cargo.toml", "composer.json", "Gemfile"];
/** Bounds of a search, which is for a line to show and worth no wait. */
const MOST_FILES = 3000;
const MOST_FOLDERS = 2000;
const MOST_BYTES = 1_000_000;
/** Built files hold their packages, too. */
const MOST_BUILT_BYTES = 4_000_000;
const MOST_BUILT = 300;
/** Of all files together: their texts are kept until the last name was asked for. */
const MOST_IN_ALL = 50_000_000;
/** More than is shown: what is cut within a secret is not known for one. */
const LONGEST_EXCERPT = 1000;
/** Names that each file is searched for. */
const MOST_SEARCHES = 50;

interface SourceFile {
  readonly file: string;
  readonly text: string;
  /** Read once, and, while few names are asked for, only where one of them stands in the file at all. */
  texts?: ReadonlyMap<string, readonly TextInSource[]>;
  /** Offsets of the beginnings of its lines, once one was asked for. */
  lines?: readonly number[];
}

export interface Registrations {
  /** Line that registers a tool or a resource; null where none does, or several might. */
  placeOf(name: string): Where | null;
}

/** The first file within `root` that a command line names, as a path from there. @param cwd that the command runs in; absolute, as `root` is */
export function startedFile(commandLine: string, { root, cwd }: { readonly root: string; readonly cwd: string }) {
  const files = commandLine.split(/[\s"']+/).filter((word) => /\.\w+$/.test(word) && existsSync(resolve(cwd, word)));
  const [file] = files.map((word) => relative(root, resolve(cwd, word)).split(sep).join("/"));
  return file === undefined || file.startsWith("..") ? undefined : file;
}

/**
 * @param folder absolute; paths of what is found are relative to it
 * @param entry file that the server's command starts, absolute: its package alone is searched. Default: all of `folder`
 */
export async function registrationsIn(folder: string, entry?: string): Promise<Registrations> {
  const own = entry === undefined ? undefined : relative(folder, entry).split(sep).join("/");
  const names = await sourcesIn(folder, own === undefined ? "" : packageOf(own, folder), own !== undefined);
  // What is built alone has its source nowhere else.
  const isBuilt = own !== undefined && names.length === 0;
  const named = isBuilt ? await builtBeside(folder, own) : names;
  const known = await readSources(folder, named, isBuilt ? MOST_BUILT_BYTES : MOST_BYTES);
  const places = new Map<string, Where | null>();
  let mentions: ReadonlyMap<string, readonly Mention[]> | undefined;
  /** A server may have thousands of names: past some, no file is searched again for each. */
  const mentionsOf = (name: string): readonly Mention[] => {
    if (name === "" || places.size < MOST_SEARCHES) return known.flatMap((source) => mentionsIn(source, name));
    mentions ??= allMentions(known);
    return mentions.get(name) ?? [];
  };
  return {
    placeOf(name) {
      const place = places.has(name) ? (places.get(name) ?? null) : theOne(mentionsOf(name), own);
      places.set(name, place);
      return place;
    },
  };
}

/** The only text that registers it; where none is seen to, the only text that names it. Tests register what they try. */
function theOne(mentions: readonly Mention[], entry: string | undefined): Where | null {
  const found = mentions.filter(({ source: { file } }) => file === entry || !ASIDE.test(file));
  const registering = found.filter(({ source, text }) => registers(source.text, text));
  const [first, ...more] = registering.length > 0 ? registering : found;
  return first && more.length === 0 ? placeAt(first.source, first.text) : null;
}

/** Folder of the package that a file belongs to, within `root`; of one that belongs to none its own folder. */
function packageOf(file: string, root: string): string {
  const own = dirname(file) === "." ? "" : dirname(file);
  for (let folder = own; ; folder = dirname(folder)) {
    if (folder === ".") folder = "";
    if (MANIFESTS.some((name) => existsSync(join(root, folder, name)))) return folder;
    if (folder === "") return own;
  }
}

/** @param own packages within are those of others */
async function sourcesIn(root: string, start: string, own: boolean): Promise<string[]> {
  const sources: string[] = [];
  const folders = [start];
  for (let at = 0; at < folders.length && at < MOST_FOLDERS && sources.length < MOST_FILES; at += 1) {
    const folder = folders[at] ?? "";
    // A folder that may not be read holds no line to show.
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    if (own && at > 0 && entries.some(({ name }) => MANIFESTS.includes(name))) continue;
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !NOT_SOURCE.test(entry.name)) folders.push(path);
      else if (entry.isFile() && SOURCE.test(entry.name)) sources.push(path);
    }
  }
  return sources.slice(0, MOST_FILES);
}

/** The file that is started, and those of its folder and below that it may load. */
async function builtBeside(root: string, own: string): Promise<string[]> {
  const start = dirname(own) === "." ? "" : dirname(own);
  return [...new Set([own, ...(await sourcesIn(root, start, true))])].slice(0, MOST_BUILT);
}

/** @param most bytes of one file */
async function readSources(root: string, names: readonly string[], most: number): Promise<SourceFile[]> {
  const sizes = await Promise.all(names.map((name) => unlessGone(stat(resolve(root, name)))));
  let room = MOST_IN_ALL;
  const read = names.filter((_, index) => {
    const size = sizes[index]?.size ?? Infinity;
    if (size > most || size > room) return false;
    room -= size;
    return true;
  });
  const texts = await Promise.all(read.map((name) => unlessGone(readFile(resolve(root, name), "utf8"))));
  return read.flatMap((file, index) => {
    const text = texts[index];
    return text === null || text === undefined ? [] : [{ file, text }];
  });
}

/** Of what is gone, or not to be read, there is no line to show. */
const unlessGone = <T>(read: Promise<T>): Promise<T | null> => read.catch(() => null);

/** A text of a source file. */
interface Mention {
  readonly source: SourceFile;
  readonly text: TextInSource;
}

function mentionsIn(source: SourceFile, name: string): readonly Mention[] {
  if (name === "" || !source.text.includes(name)) return [];
  return (textsIn(source).get(name) ?? []).map((text) => ({ source, text }));
}

function allMentions(files: readonly SourceFile[]): ReadonlyMap<string, readonly Mention[]> {
  const all = new Map<string, Mention[]>();
  for (const source of files)
    for (const [name, texts] of textsIn(source)) {
      const known = all.get(name) ?? [];
      for (const text of texts) known.push({ source, text });
      all.set(name, known);
    }
  return all;
}

const textsIn = (source: SourceFile): ReadonlyMap<string, readonly TextInSource[]> =>
  (source.texts ??= byValue(textsOf(source.text, source.file)));

function byValue(texts: readonly TextInSource[]): ReadonlyMap<string, readonly TextInSource[]> {
  const found = new Map<string, TextInSource[]>();
  for (const text of texts) {
    const same = found.get(text.value);
    if (same) same.push(text);
    else found.set(text.value, [text]);
  }
  return found;
}

/** What stands before the name where it is given one: `registerTool("`, `addTool({ name: "`, `Tool(name="`, `@mcp.tool("`. */
const REGISTERS =
  /(?:regist\w{0,20}|tool|resource)(?:<[^<>()]{0,60}>)?\(\s{0,80}(?:(?:[\w.]{1,60}|"[^"\n]{0,80}"|'[^'\n]{0,80}')\s{0,9},\s{0,80}){0,2}\{?\s{0,80}(?:(?:name|uri)\s{0,9}[:=]\s{0,9})?$/i;
const NAMES = /(?:^|[\s,{(])(?:["']?(?:[Nn]ame|[Uu]ri|URI)["']?\s{0,9}:\s{0,9}|(?:name|uri)=)$/;
/** Who calls a tool, reads a resource or compares a name registers nothing. */
const USES =
  /(?:call_?tool|read_?resource|invoke|get_?tool)\w{0,20}\(\s{0,80}\{?\s{0,80}(?:(?:name|uri)\s{0,9}[:=]\s{0,9})?$/i;
const LOOKED_AT = 160;

function registers(text: string, { start }: TextInSource): boolean {
  const before = text.slice(Math.max(0, start - LOOKED_AT), start);
  return !USES.test(before) && (REGISTERS.test(before) || NAMES.test(before));
}

function placeAt(source: SourceFile, { start }: TextInSource): Where {
  const { file, text } = source;
  const starts = (source.lines ??= lineStarts(text));
  const line = lineAt(starts, start);
  const from = starts[line] ?? 0;
  const end = text.indexOf("\n", start);
  const excerpt = text.slice(from, end === -1 ? undefined : end).trim();
  return { url: file, file, line: line + 1, column: start - from + 1, excerpt: excerpt.slice(0, LONGEST_EXCERPT) };
}
