import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let found: string | undefined;

/** Absolute path of the installed package: from sources and from `dist/` alike. */
export function packageRoot(): string {
  if (found) return found;
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (manifestOf(folder)?.name === "sandglass") return (found = folder);
    if (folder === dirname(folder)) throw new Error("Sandglass cannot find its own package folder.");
  }
}

/** Version in `package.json`. */
export function packageVersion(): string {
  return manifestOf(packageRoot())?.version ?? "unknown";
}

function manifestOf(folder: string): { readonly name?: string; readonly version?: string } | null {
  const file = join(folder, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { name?: string; version?: string }) : null;
}
