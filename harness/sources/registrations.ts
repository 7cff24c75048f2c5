/** Where a project registers its tools and resources: lines of its own source, found by their names. Nothing is run. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Where } from "../model/evidence.ts";

const SOURCE = /\.(?:[cm]?[jt]sx?|py|go|rs|rb|php|java|kt|cs|swift|exs?)$/;
/** What is installed, built or kept is no source of the project. */
const NOT_SOURCE = /^(?:\..*|node_modules|dist|build|out|target|vendor|coverage|venv|__pycache__)$/;
const ASIDE = /(?:^|[/.])(?:tests?|specs?|__tests__|fixtures|e2e|bench)(?:[/.]|$)/;
/** Bounds of a search, which is for a line to show and worth no wait. */
const MOST_FILES = 3000;
const MOST_BYTES = 1_000_000;
const LONGEST_EXCERPT = 200;

interface SourceFile {
  readonly file: string;
  readonly text: string;
}

export interface Registrations {
  /** Line that registers a tool or a resource; null where none names it. */
  placeOf(name: string): Where | null;
}

/** @param folder absolute; paths of what is found are relative to it. @param commandLine of the server, whose files come first */
export async function registrationsIn(folder: string, commandLine: string): Promise<Registrations> {
  const names = await sourceFiles(folder);
  const files = await Promise.all(names.map((name) => readSource(folder, name)));
  const isNamed = ({ file }: SourceFile): boolean => commandLine.includes(file);
  const known = files.flatMap((file) => (file ? [file] : []));
  const places = new Map<string, Where | null>();
  const find = (name: string): Where | null => {
    const found = known.flatMap((file) => mentionsOf(name, file).map((one) => ({ ...one, named: isNamed(file) })));
    const weight = ({ registers, named, where }: (typeof found)[number]): number =>
      (registers ? 4 : 0) + (named ? 2 : 0) - (ASIDE.test(where.url) ? 8 : 0);
    const [best] = found.toSorted((a, b) => weight(b) - weight(a) || a.where.url.length - b.where.url.length);
    return best?.where ?? null;
  };
  return {
    placeOf(name) {
      const place = places.has(name) ? (places.get(name) ?? null) : find(name);
      places.set(name, place);
      return place;
    },
  };
}

async function sourceFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [""];
  for (let folder = folders.shift(); folder !== undefined && found.length < MOST_FILES; folder = folders.shift()) {
    // A folder that may not be read holds no line to show.
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !NOT_SOURCE.test(entry.name)) folders.push(path);
      else if (entry.isFile() && SOURCE.test(entry.name)) found.push(path);
    }
  }
  return found.slice(0, MOST_FILES);
}

async function readSource(root: string, file: string): Promise<SourceFile | null> {
  const path = join(root, file);
  try {
    const { size } = await stat(path);
    return size > MOST_BYTES
      ? null
      : { file: relative(root, path).replaceAll("\\", "/"), text: await readFile(path, "utf8") };
  } catch {
    // Gone, or not to be read: there is no line of it to show.
    return null;
  }
}

const REGISTERS = /regist|resource|tool|widget/i;

function mentionsOf(
  name: string,
  { file, text }: SourceFile,
): { readonly registers: boolean; readonly where: Where }[] {
  return ['"', "'", "`"].flatMap((quote) => {
    const found: { registers: boolean; where: Where }[] = [];
    const written = `${quote}${name}${quote}`;
    for (let at = text.indexOf(written); at !== -1; at = text.indexOf(written, at + 1)) {
      const before = text.slice(0, at).split("\n");
      const start = at - (before.at(-1)?.length ?? 0);
      const line = text.slice(start, lineEnd(text, at));
      const near = [...before.slice(-2), line].join("\n");
      found.push({
        registers: REGISTERS.test(near.replaceAll(written, "")),
        where: {
          url: file,
          file,
          line: before.length,
          column: at - start + 1,
          excerpt: line.trim().slice(0, LONGEST_EXCERPT),
        },
      });
    }
    return found;
  });
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
};
