/** Which files a build may reach: the widget's package, and the packages that it imports by name. */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join, relative, sep } from "node:path";
import { isInside } from "../config/paths.ts";
import { isFile } from "./paths.ts";

export type Verdict = "inside" | "outside" | "secret";

export interface Confines {
  /** The widget's package; absolute, without links. */
  readonly root: string;
  /** @param specifier what the import says; a package that is imported by name may lie elsewhere */
  judge(file: string, specifier: string): Verdict;
}

/** Files of a package that no widget is built from: credentials, and the repository itself (as Vite's `server.fs.deny`). */
const SECRET = /(?:^|\/)(?:\.git\/|(?:\.env(?:\.[^/]*)?|\.npmrc|\.netrc|id_[a-z\d]+|[^/]+\.(?:pem|key|crt|p12|pfx))$)/i;
const BARE = /^(?:@[^/\\]+\/)?[^./\\@#:][^/\\:]*(?=\/|$)/;

/**
 * The package root is the nearest folder upward with a `package.json`, else
 * the folder that Sandglass runs in when the widget lies in it, else the
 * widget's folder. A home or temporary folder, and all above, is nobody's package.
 */
export function confinesOf(folder: string, cwd: string): Confines {
  const [start, ran] = [realpathSync(folder), realpathSync(cwd)];
  const around = isInside(ran, start) && !isShared(ran) ? ran : undefined;
  const root = upward(start).find((path) => isFile(join(path, "package.json")) && !isShared(path)) ?? around ?? start;
  const workspace = upward(root).find((path) => isWorkspace(path) && !isShared(path));
  const projects = [workspace, around].filter((path) => path !== undefined);
  const reachable = [root, ...upward(root).map((path) => join(path, "node_modules"))];
  return {
    root,
    judge(file, specifier) {
      const real = realpathSync(file);
      if (isInside(root, real) && SECRET.test(relative(root, real).split(sep).join("/"))) return "secret";
      if (reachable.some((path) => isInside(path, real))) return "inside";
      const name = BARE.exec(specifier)?.[0];
      const found = name === undefined ? undefined : packageFolder(real, name, projects);
      if (found === undefined) return "outside";
      reachable.push(found);
      return "inside";
    },
  };
}

/** The folder and those above it, nearest first. */
function upward(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upward(above)];
}

/** The installed package that a file belongs to, or one of that name linked from the same project. */
function packageFolder(real: string, name: string, projects: readonly string[]): string | undefined {
  const folders = upward(dirname(real));
  const installed = folders.find((path) => {
    const above = dirname(path);
    return basename(above) === "node_modules" ? !basename(path).startsWith("@") : isScope(above);
  });
  if (installed !== undefined) return installed;
  const nearest = folders.find((path) => isFile(join(path, "package.json")));
  const isLinked = nearest !== undefined && projects.some((project) => isInside(project, nearest));
  return isLinked && readPackage(nearest)?.name === name ? nearest : undefined;
}

const isScope = (path: string): boolean => basename(path).startsWith("@") && basename(dirname(path)) === "node_modules";

const isShared = (path: string): boolean =>
  [homedir(), tmpdir()].some((shared) => existsSync(shared) && isInside(path, realpathSync(shared)));

const isWorkspace = (path: string): boolean =>
  ["pnpm-workspace.yaml", "lerna.json"].some((name) => isFile(join(path, name))) ||
  readPackage(path)?.workspaces !== undefined;

interface PackageFile {
  readonly name?: unknown;
  readonly workspaces?: unknown;
  readonly postcss?: unknown;
}

function readPackage(folder: string): PackageFile | undefined {
  const file = join(folder, "package.json");
  if (!isFile(file)) return undefined;
  try {
    return (JSON.parse(readFileSync(file, "utf8")) ?? undefined) as
      { name?: unknown; workspaces?: unknown } | undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const POSTCSS = /^(?:\.postcssrc(?:\.\w+)?|postcss\.config\.\w+)$/;

/** The PostCSS configuration that another build of this folder would run: the nearest, up to the package root. */
export function postcssConfigOf(folder: string, { root }: Confines): string | undefined {
  return upward(realpathSync(folder))
    .filter((path) => isInside(root, path))
    .map((path) => {
      const file = readdirSync(path).find((name) => POSTCSS.test(name));
      const inPackage = readPackage(path)?.postcss === undefined ? undefined : join(path, "package.json");
      return file === undefined ? inPackage : join(path, file);
    })
    .find((file) => file !== undefined);
}
