/** Builds a TSX, JSX, TS or JS entry with Vite into one self-contained HTML document. */
import { realpathSync } from "node:fs";
import { dirname, extname, isAbsolute, relative, resolve, sep } from "node:path";
import type { InlineConfig } from "vite";
import { messageOf, SandglassError } from "../model/errors.ts";
import { guardBuild, type BuildGuard } from "./confine-build.ts";
import { confinesOf, postcssConfigOf } from "./confines.ts";
import { shownPath } from "./types.ts";

export interface BuiltDocument {
  readonly html: string;
  /** Source map of the whole document, JSON; null when there was no script. */
  readonly map: string | null;
  readonly warnings: readonly string[];
}

const BUILT_ENDINGS = new Set([".tsx", ".jsx", ".ts", ".js", ".mts", ".mjs"]);

export function isBuildable(entry: string): boolean {
  return BUILT_ENDINGS.has(extname(entry).toLowerCase());
}

/** Where a build is done, and how it is named. */
export interface BuildPlace {
  /** The widget's folder; absolute. */
  readonly folder: string;
  readonly shownFolder: string;
  readonly cwd: string;
}

/**
 * A production build, as an author would ship it: scripts and styles inlined,
 * assets as data URLs, source map kept apart. The page holds one
 * `<div id="root">`. Checking a folder must not execute its build code nor
 * reach files outside its package: neither `vite.config`, PostCSS
 * configuration nor a preprocessor is run, `.env` files are not read, and an
 * import that leaves the package (`confines.ts`) is refused.
 * Throws `BUILD_FAILED` with file and line.
 */
export async function buildDocument(entry: string, title: string, place: BuildPlace): Promise<BuiltDocument> {
  const root = dirname(entry);
  const confines = confinesOf(place.folder, place.cwd);
  const cwd = realpathSync(place.cwd);
  const guard = guardBuild(confines, (file) => shownPath(file, cwd));
  try {
    const output = await buildWithVite(entry, guard);
    if (guard.refusal) throw guard.refusal;
    const files = outputFiles(output);
    const config = hasStyles(files) ? postcssConfigOf(root, confines) : undefined;
    return {
      ...assemble(files, title, root, place.shownFolder),
      warnings: config === undefined ? [] : [NOT_RUN(shownPath(config, cwd))],
    };
  } catch (error) {
    if (guard.refusal) throw guard.refusal;
    if (error instanceof SandglassError) throw error;
    throw new SandglassError(
      "BUILD_FAILED",
      describeBuildError(error, root, place.shownFolder),
      "Correct the source, or give `entry` a page that you built yourself.",
      { cause: error },
    );
  }
}

const NOT_RUN = (config: string): string =>
  `${config} is not run, as checking a folder must not execute its code: if the styles need PostCSS plugins, build the widget yourself and give \`entry\` the built page.`;

const NODE_ENV = JSON.stringify("production");

async function buildWithVite(entry: string, guard: BuildGuard): Promise<unknown> {
  const [vite, react] = await Promise.all([import("vite"), import("@vitejs/plugin-react")]);
  const config: InlineConfig = {
    root: dirname(entry),
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: "silent",
    mode: "production",
    define: {
      "process.env.NODE_ENV": NODE_ENV,
      "global.process.env.NODE_ENV": NODE_ENV,
      "globalThis.process.env.NODE_ENV": NODE_ENV,
    },
    resolve: { alias: [guard.alias] },
    plugins: [react.default(), guard.plugin()],
    worker: { plugins: () => [guard.plugin()] },
    // An object, even an empty one, keeps Vite from looking for a configuration.
    css: { postcss: { plugins: [] } },
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
  };
  const builder = await vite.createBuilder(config, true);
  const [environment] = Object.values(builder.environments);
  if (!environment) throw new Error("Vite has no environment to build in.");
  return builder.build(environment);
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

const isStyle = (file: OutputFile): boolean => file.fileName.endsWith(".css");
const hasStyles = (files: readonly OutputFile[]): boolean => files.some(isStyle);

function assemble(
  files: readonly OutputFile[],
  title: string,
  root: string,
  shownFolder: string,
): Pick<BuiltDocument, "html" | "map"> {
  const chunk = files.find((file) => file.type === "chunk");
  const css = files
    .filter(isStyle)
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
  const [, framed, line, column] = /╭─\[\s?(\S.{0,2000}?):(\d{1,9}):(\d{1,9})\s?\]/.exec(text) ?? [];
  if (framed) return { file: resolve(framed), line: Number(line), column: Number(column) };
  return file ? { file: resolve(root, file) } : null;
}

/** Without terminal colours. */
function plain(text: string): string {
  return text.replace(/\u001B\[[0-9;]*m/g, "");
}
