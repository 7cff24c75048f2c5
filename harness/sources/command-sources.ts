/** The files that a server's command line starts: those it names, and the local files that they name in turn. */
import { readFileSync, statSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { isFile } from "./paths.ts";
import { splitCommand } from "./command-line.ts";

const SCRIPT = new Set([".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"]);
const OTHER_CODE = new Set([".py", ".rb", ".php", ".sh", ".go", ".rs", ".java", ".kt", ".cs", ".lua", ".pl"]);
/** What a server shows rather than runs; it is followed when code names it. */
const DOCUMENT = new Set([".html", ".htm", ".css"]);
/** As TypeScript writes imports: `./a.js` may be `./a.ts`, and none need have an ending. */
const ENDINGS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx"];
const MAX_FILES = 500;
const MAX_BYTES = 1_000_000;

/**
 * Absolute paths of sources that exist, without what lies in `node_modules`.
 * A file of data, such as a log, JSON or a database, is none.
 */
export function sourcesOfCommand(line: string, cwd: string): readonly string[] {
  const waiting = splitCommand(line).flatMap((word) => resolved(resolve(cwd, word)));
  const found = new Set<string>();
  for (let file = waiting.shift(); file !== undefined && found.size < MAX_FILES; file = waiting.shift()) {
    if (found.has(file) || /[\\/]node_modules[\\/]/.test(file)) continue;
    found.add(file);
    waiting.push(...namedIn(file));
  }
  return [...found];
}

function namedIn(file: string): readonly string[] {
  const ending = extname(file).toLowerCase();
  if (ending !== ".py" && !SCRIPT.has(ending)) return [];
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? Infinity) > MAX_BYTES) return [];
  const text = readFileSync(file, "utf8");
  if (ending === ".py") return pythonModules(text, dirname(file)).filter(isFile);
  // Imports, `require`, `new URL("./page.html", import.meta.url)`: all name a file by a relative path.
  return [...text.matchAll(/(["'`])(\.{1,2}\/[^"'`\n]{1,300})\1/g)].flatMap(([, , path = ""]) =>
    resolved(join(dirname(file), path)),
  );
}

/** The source at a path, with the ending it may lack; none when it is data or not there. */
function resolved(path: string): string[] {
  const bare = path.replace(/\.[cm]?jsx?$/i, "");
  const candidates = [...ENDINGS.map((ending) => path + ending), ...ENDINGS.slice(1).map((ending) => bare + ending)];
  const inFolder = ENDINGS.slice(1).map((ending) => join(path, `index${ending}`));
  const file = [...candidates, ...inFolder].find(isFile);
  if (file === undefined) return [];
  const ending = extname(file).toLowerCase();
  return SCRIPT.has(ending) || OTHER_CODE.has(ending) || DOCUMENT.has(ending) ? [file] : [];
}

/** `import a.b`, `from a.b import c`, `from . import c`. */
function pythonModules(text: string, folder: string): string[] {
  return [
    ...text.matchAll(
      /^[ \t]*(?:from[ \t]+(?=[\w.])(\.*)(?!\.)([\w.]*)[ \t]+import[ \t]+([\w, \t]+)|import[ \t]+([\w.]+))/gm,
    ),
  ].flatMap(([, dots = "", from = "", names = "", plain = ""]) => {
    const base = join(folder, ...Array.from({ length: Math.max(0, dots.length - 1) }, () => ".."));
    const path = join(base, ...(plain || from).split("."));
    const inner = names.split(",").map((name) => join(path, name.trim().split(/\s/)[0] ?? ""));
    return [path, ...inner].flatMap((one) => [`${one}.py`, join(one, "__init__.py")]);
  });
}
