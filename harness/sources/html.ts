/** A built `.html` file, with `NAME.widget.json` beside it if there is one. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { SandglassError } from "../model/errors.ts";
import type { Widget } from "../model/widget.ts";
import { EMPTY_MANIFEST, readManifest } from "./manifest.ts";
import { fromFiles, shownPath, type Loaded, type LoadSettings } from "./types.ts";

/** Throws `NOT_HTML` when the file is empty, binary or another kind of text. */
export async function loadHtml(file: string, { cwd }: LoadSettings): Promise<Loaded> {
  const shown = shownPath(file, cwd);
  const html = readHtml(file, shown);
  const sidecar = join(dirname(file), `${basename(file, extname(file))}.widget.json`);
  const manifest = existsSync(sidecar) ? await readManifest(sidecar, shownPath(sidecar, cwd)) : EMPTY_MANIFEST;
  const name = manifest.name ?? nameOf(file);
  const widget: Widget = {
    name,
    source: { kind: "html", path: shown },
    html,
    meta: manifest.meta,
    mimeType: manifest.mimeType,
    ...(manifest.tool ? { tool: manifest.tool } : {}),
    scenarios: manifest.scenarios,
    serverOrigin: null,
    serverId: `file:${name}`,
    root: dirname(file),
  };
  return fromFiles([widget], warningsOf(html, shown));
}

/** Reads an HTML document; refuses what a host could not render as one. */
export function readHtml(file: string, shown: string): string {
  const bytes = readFileSync(file);
  const next = "Give a built .html file, a widget folder, or an MCP server with --mcp or --mcp-stdio.";
  if (bytes.length === 0)
    throw new SandglassError("NOT_HTML", `${shown} is empty.`, "Build the widget first, then check the built file.");
  if (bytes.includes(0)) throw new SandglassError("NOT_HTML", `${shown} is a binary file, not HTML.`, next);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new SandglassError(
      "NOT_HTML",
      `${shown} is not UTF-8 text, which an MCP resource must be.`,
      "Save the file as UTF-8.",
      { cause: error },
    );
  }
  const problem = notHtml(text);
  if (problem) throw new SandglassError("NOT_HTML", `${shown} is not HTML: ${problem}.`, next);
  return text;
}

/** Why a text is not an HTML document, or null when it may be one. */
export function notHtml(text: string): string | null {
  const start = text.replace(/^\uFEFF/, "").replace(/^(?:\s|<!--[\s\S]*?-->)+/, "");
  if (start === "") return "it holds nothing but space and comments";
  if (/^<\?xml|^<svg[\s>]/i.test(start)) return "it is XML or SVG";
  if (/^(?:[{[]|\/[/*]|#!|import\s|export\s|"use )/.test(start)) return "it reads like JSON or code";
  if (!/<(?:!doctype\s+html|[a-z][a-z0-9-]*[\s/>])/i.test(start)) return "it holds no element";
  return null;
}

/** `dist/weather.html` → `weather`; an `index.html` takes its folder's name. */
function nameOf(file: string): string {
  const name = basename(file, extname(file));
  return name === "index" ? basename(dirname(file)) || name : name;
}

function warningsOf(html: string, shown: string): string[] {
  const source = /<script[^<>]{1,500}?src\s{0,9}=\s{0,9}["']?([^"'\s<>]{1,500}\.[jt]sx?)["'\s>]/i.exec(html)?.[1];
  if (!source || !/\.(?:tsx?|jsx)$/i.test(source)) return [];
  return [`${shown} loads the source file ${source}, which no host can run: check the built page instead.`];
}
