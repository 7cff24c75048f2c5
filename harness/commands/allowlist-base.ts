/** What `allowlist --diff` compares with: a kept file, or that of a commit. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { promisify } from "node:util";
import type { BaseFile } from "../allowlist/index.ts";
import { SandglassError } from "../model/errors.ts";
import type { Io } from "./io.ts";

/** Name that a kept list has where none is given. */
const KEPT_FILE = "sandglass.allowlist.json";

/** @param base file, or what names a commit, e.g. `origin/main`. @throws SandglassError `BAD_USAGE` */
export async function baseOf(base: string, kept: string | undefined, { cwd }: Pick<Io, "cwd">): Promise<BaseFile> {
  const path = resolve(cwd, base);
  if (existsSync(path)) return { name: base, text: readFileSync(path, "utf8") };
  const file = relative(cwd, resolve(cwd, kept ?? KEPT_FILE))
    .split(sep)
    .join("/");
  const commit = await git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`]);
  if (commit === null)
    throw new SandglassError(
      "BAD_USAGE",
      `--diff ${base} is neither a file nor a commit that is here.`,
      "Name a kept file, or fetch the branch first: git fetch origin main (actions/checkout: fetch-depth: 0).",
    );
  const text = await git(cwd, ["show", `${commit.trim()}:./${file}`]);
  return { name: `${base}:${file}`, text };
}

/** What git answers; null where it refuses, or is not there. */
async function git(cwd: string, words: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)("git", [...words], { cwd, maxBuffer: 50_000_000 });
    return stdout;
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
