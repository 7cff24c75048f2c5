/** Builds a TSX, JSX, TS or JS entry with Vite into one self-contained HTML document. */
import { dirname, extname, isAbsolute, relative, resolve, sep } from "node:path";
import { messageOf, SandglassError } from "../model/errors.ts";

export interface BuiltDocument {
  readonly html: string;
  /** Source map of the whole document, JSON; null when there was no script. */
  readonly map: string | null;
}

const BUILT_ENDINGS = new Set([".tsx", ".jsx", ".ts", ".js", ".mts", ".mjs"]);

export function isBuildable(entry: string): boolean {
  return BUILT_ENDINGS.has(extname(entry).toLowerCase());
}

/**
 * A production build, as an author would ship it: scripts and styles inlined,
 * assets as data URLs, source map kept apart. The page holds one
 * `<div id="root">`. A `vite.config` beside the entry is not run and `.env`
 * files are not read: checking a folder must not execute its build code.
 * Throws `BUILD_FAILED` with file and line.
 */
export async function buildDocument(entry: string, title: string, shownFolder: string): Promise<BuiltDocument> {
  const root = dirname(entry);
  const [vite, react] = await Promise.all([import("vite"), import("@vitejs/plugin-react")]);
  // Vite takes NODE_ENV over `mode`; a widget ships its production build whatever runs us.
  const nodeEnv = process.env.NODE_ENV;
  process.env.NODE_ENV = "production";
  try {
    const output = await vite.build({
      root,
      configFile: false,
      envDir: false,
      publicDir: false,
      logLevel: "silent",
      mode: "production",
      plugins: [react.default()],
      build: {
        write: false,
        target: "es2022",
        sourcemap: "hidden",
        assetsInlineLimit: Number.MAX_SAFE_INTEGER,
        cssCodeSplit: false,
        modulePreload: false,
        reportCompressedSize: false,
        rolldownOptions: { input: entry, output: { codeSplitting: false, entryFileNames: "widget.js" } },
      },
    });
    return assemble(outputFiles(output), title, root, shownFolder);
  } catch (error) {
    if (error instanceof SandglassError) throw error;
    throw new SandglassError(
      "BUILD_FAILED",
      describeBuildError(error, root, shownFolder),
      "Correct the source, or give `entry` a page that you built yourself.",
      { cause: error },
    );
  } finally {
    if (nodeEnv === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = nodeEnv;
  }
}

interface OutputFile {
  readonly type: "chunk" | "asset";
  readonly fileName: string;
  readonly code?: string;
  readonly source?: string | Uint8Array;
  readonly map?: unknown;
}

function outputFiles(output: unknown): readonly OutputFile[] {
  const outputs = (Array.isArray(output) ? output : [output]) as { output: readonly OutputFile[] }[];
  return outputs.flatMap((one) => one.output);
}

function assemble(files: readonly OutputFile[], title: string, root: string, shownFolder: string): BuiltDocument {
  const chunk = files.find((file) => file.type === "chunk");
  const css = files
    .filter((file) => file.fileName.endsWith(".css"))
    .map((file) => textOf(file.source))
    .join("\n");
  const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${css ? `<style>\n${css.replaceAll(/<\/(?=style)/gi, "<\\/")}\n</style>\n` : ""}</head>
<body>
<div id="root"></div>
<script type="module">
`;
  // A script element ends at `</script` wherever it stands; the escape keeps a string's value.
  const code = (chunk?.code ?? "").replaceAll(/<\/(?=script)/gi, "<\\/").replaceAll("<!--", "<\\!--");
  const html = `${head}${code}\n</script>\n</body>\n</html>\n`;
  const map = chunk?.map ? shiftMap(chunk.map, head.split("\n").length - 1, root, shownFolder) : null;
  return { html, map };
}

/**
 * The chunk's map, moved down to where the chunk stands in the page. Sources
 * become paths as reports show them; text of packages is left out.
 */
function shiftMap(chunkMap: unknown, lines: number, root: string, shownFolder: string): string {
  const map = JSON.parse(String(chunkMap)) as {
    mappings: string;
    sources: string[];
    sourcesContent?: (string | null)[];
    file?: string;
  };
  // Vite names sources relative to where the file would have been written.
  const outDir = resolve(root, "dist");
  const absolute = map.sources.map((source) =>
    source.startsWith("\0") || isAbsolute(source) ? source : resolve(outDir, source),
  );
  return JSON.stringify({
    ...map,
    file: "widget.html",
    mappings: ";".repeat(lines) + map.mappings,
    sources: absolute.map((source) => shownSource(source, root, shownFolder)),
    sourcesContent: map.sourcesContent?.map((text, index) =>
      /[\\/]node_modules[\\/]/.test(absolute[index] ?? "") ? null : text,
    ),
  });
}

function shownSource(source: string, root: string, shownFolder: string): string {
  const inner = relative(root, source).split(sep).join("/");
  const packages = inner.lastIndexOf("node_modules/");
  if (packages >= 0) return inner.slice(packages);
  return inner.startsWith("..") ? inner : `${shownFolder}/${inner}`;
}

function textOf(source: string | Uint8Array | undefined): string {
  return typeof source === "string" ? source : new TextDecoder().decode(source);
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

interface BuildFault {
  readonly message?: string;
  readonly id?: string;
  readonly loc?: { readonly file?: string; readonly line?: number; readonly column?: number };
}

/** `widgets/chart/index.tsx:3:7: Unexpected token`, from Rolldown's or a plugin's error. */
function describeBuildError(error: unknown, root: string, shownFolder: string): string {
  const faults = ((error as { errors?: readonly BuildFault[] }).errors ?? [error as BuildFault]).slice(0, 5);
  return faults
    .map((fault) => {
      const text = plain(fault.message ?? messageOf(error));
      const place = placeOf(fault, text, root);
      const where = place
        ? `${shownSource(place.file, root, shownFolder)}${place.line ? `:${place.line}:${place.column}` : ""}`
        : shownFolder;
      return `${where}: ${
        text
          .split("\n")
          .find((line) => line.trim() !== "")
          ?.trim() ?? "the build failed"
      }`;
    })
    .join("\n");
}

function placeOf(
  fault: BuildFault,
  text: string,
  root: string,
): { readonly file: string; readonly line?: number; readonly column?: number } | null {
  const file = fault.loc?.file ?? fault.id;
  if (file && fault.loc?.line)
    return { file: resolve(root, file), line: fault.loc.line, column: (fault.loc.column ?? 0) + 1 };
  // Without a place of its own the message carries a code frame that names it, relative to where we run.
  const [, framed, line, column] = /╭─\[\s*(.+?):(\d+):(\d+)\s*\]/.exec(text) ?? [];
  if (framed) return { file: resolve(framed), line: Number(line), column: Number(column) };
  return file ? { file: resolve(root, file) } : null;
}

/** Without terminal colours. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001B\[[0-9;]*m/g, "");
}
