/** Keeps a Vite build inside its confines: whatever it resolves is judged before it is read. */
import { existsSync, statSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import type { Alias, Plugin, ResolverFunction, Rolldown } from "vite";
import { SandglassError } from "../model/errors.ts";
import type { Confines } from "./confines.ts";

export interface BuildGuard {
  /** First of all aliases: it stands before every resolver of Vite, those for `@import`, `url()` and workers too. */
  readonly alias: Alias;
  /** Judges `new URL(…, import.meta.url)`, which no resolver sees. For the build and for the builds of its workers. */
  plugin(): Plugin;
  /** The first refusal, if any: Vite swallows or rewords what a plugin throws. */
  readonly refusal: SandglassError | undefined;
}

type ResolveId = (
  this: Rolldown.PluginContext,
  specifier: string,
  importer: string | undefined,
  options: Parameters<ResolverFunction>[2],
) => Promise<Rolldown.ResolvedId | null>;

/** Vite loads their compilers from the widget's own `node_modules` (same expression as Vite's, so on the whole id). */
const NEEDS_COMPILER = /\.(?:less|sass|scss|styl|stylus|sss)(?:$|\?)/;
const AS_TEXT = /[?&]raw(?:&|$)/;
const PAGE = /\.html$/i;
const NEXT_FILE =
  "Keep what a widget is built from in its package, or build it yourself and give `entry` the built page.";
const NEXT_BUILD = "Build the widget yourself, and give `entry` the built page.";

/** @param shown names a file in messages */
export function guardBuild(confines: Confines, shown: (file: string) => string): BuildGuard {
  let refusal: SandglassError | undefined;
  const refuse = (importer: string | undefined, specifier: string, why: string, next: string): never => {
    const by = importer === undefined ? "The entry is" : `${shown(clean(importer))}: imports`;
    const error = new SandglassError("BUILD_FAILED", `${by} ${JSON.stringify(specifier)}, ${why}.`, next);
    refusal ??= error;
    // Not the refusal itself: bundlers write into what plugins throw.
    throw new Error(error.message);
  };
  const judgeFile = (file: string, specifier: string, importer: string | undefined): void => {
    const verdict = confines.judge(file, specifier);
    if (verdict === "outside")
      refuse(importer, specifier, `which lies outside the widget's package (${shown(confines.root)})`, NEXT_FILE);
    if (verdict === "secret") refuse(importer, specifier, "which is no file to build a widget from", NEXT_FILE);
  };
  const judgeId = (id: string, specifier: string, importer: string | undefined): void => {
    if (NEEDS_COMPILER.test(id) && !AS_TEXT.test(id))
      refuse(importer, specifier, "whose compiler would be code of the widget's folder, which is not run", NEXT_BUILD);
    if (PAGE.test(id)) refuse(importer, specifier, "which is a page, not a module", NEXT_BUILD);
    for (const file of filesOf(id)) judgeFile(file, specifier, importer);
  };
  const judged: ResolveId = async function (specifier, importer, options) {
    const resolved = await this.resolve(specifier, importer, { ...options, skipSelf: true });
    if (resolved && !resolved.external) judgeId(resolved.id, specifier, importer);
    // What cannot be resolved, a stylesheet's loader takes for a path from where we run.
    else if (!resolved && !isAbsolute(specifier) && filesOf(resolve(specifier)).length > 0)
      refuse(importer, specifier, "which is not there", "Correct the path.");
    return resolved;
  };
  // Its type leaves out the promise, which Vite awaits.
  const alias = { find: /^/, replacement: "", customResolver: judged as unknown as ResolverFunction };
  const plugin = (): Plugin => ({
    name: "sandglass:confine",
    transform: {
      filter: { code: /\bURL\b[\s\S]*import\.meta/ },
      handler(code, id) {
        if (id.startsWith("\0") || !/\.[cm]?[jt]sx?$/.test(clean(id))) return;
        for (const url of urlArguments(this.parse(code), code))
          for (const file of filesOf(resolve(dirname(clean(id)), url))) judgeFile(file, url, id);
      },
    },
  });
  return {
    alias,
    plugin,
    get refusal() {
      return refusal;
    },
  };
}

const clean = (id: string): string => id.replace(/[?#].*$/s, "");

/** What an id may be read from: with and without what looks like a query, when it is there and is no folder. */
function filesOf(id: string): string[] {
  if (!isAbsolute(id)) return [];
  return [...new Set([id, clean(id)])].filter((path) => existsSync(path) && !statSync(path).isDirectory());
}

/** First arguments of `new URL(…)` as they are written: Vite reads them so, escapes and all. */
function urlArguments(node: unknown, code: string): string[] {
  if (Array.isArray(node)) return node.flatMap((one) => urlArguments(one, code));
  if (!isNode(node)) return [];
  const inner = Object.values(node).flatMap((value) => (typeof value === "object" ? urlArguments(value, code) : []));
  const [first] = node.type === "NewExpression" && node.callee?.name === "URL" ? (node.arguments ?? []) : [];
  return first ? [...inner, code.slice(first.start + 1, first.end - 1)] : inner;
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly callee?: { readonly name?: string };
  readonly arguments?: readonly SyntaxNode[];
}

const isNode = (value: unknown): value is SyntaxNode => typeof value === "object" && value !== null;
