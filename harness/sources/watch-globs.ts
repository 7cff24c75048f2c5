/** Files that the user names for `dev --watch`: `*` is any part of a name, `**` any folders, and `!` leaves out. */
import { readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

const SKIPPED = /^(node_modules|\..*)$/;
const MOST_FILES = 2000;

/**
 * What is watched, with the user's words over it.
 * @param found absolute paths of sources that the command line leads to
 * @param globs relative to `folder`
 */
export function watchedBy(found: readonly string[], globs: readonly string[], folder: string): readonly string[] {
  const ignored = globs.filter((glob) => glob.startsWith("!")).map((glob) => patternOf(glob.slice(1)));
  const wanted = globs.filter((glob) => !glob.startsWith("!")).flatMap((glob) => filesOf(glob, folder));
  const nameOf = (path: string): string => relative(folder, path).replaceAll(sep, "/");
  return [...new Set([...found, ...wanted])].filter((path) => !ignored.some((pattern) => pattern.test(nameOf(path))));
}

function filesOf(glob: string, folder: string): readonly string[] {
  const parts = glob.split("/");
  const open = parts.findIndex((part) => /[*?]/.test(part));
  if (open === -1) return [resolve(folder, glob)];
  const fixed = parts.slice(0, open);
  const pattern = patternOf(glob);
  const base = resolve(folder, ...fixed);
  return filesUnder(base).filter((path) =>
    pattern.test([...fixed, relative(base, path).replaceAll(sep, "/")].join("/")),
  );
}

function patternOf(glob: string): RegExp {
  const words: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
  const globbed = glob
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => words[part] ?? part.replace(/[.+^${}()|[\]\\]/g, "\\$&"))
    .join("");
  return new RegExp(`^${globbed}$`);
}

function filesUnder(folder: string): readonly string[] {
  const found: string[] = [];
  const walk = (path: string): void => {
    for (const entry of entriesOf(path)) {
      if (SKIPPED.test(entry.name) || found.length >= MOST_FILES) continue;
      if (entry.isDirectory()) walk(join(path, entry.name));
      else if (entry.isFile()) found.push(join(path, entry.name));
    }
  };
  walk(folder);
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}
