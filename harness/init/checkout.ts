/** Where a project stands in its checkout, and how what it needs is installed: read from its files. */
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export interface Checkout {
  /** Absolute. */
  readonly root: string;
  /** From the root to the project, with `/`; empty: it is the root. */
  readonly folder: string;
  /** By its lock file; null: there is no package.json. */
  readonly manager: "npm" | "pnpm" | "yarn" | "bun" | null;
  /** From the root, with `/`; null: there is none. */
  readonly lock: string | null;
}

const LOCKS = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
] as const;

/** @param folder absolute */
export function checkoutOf(folder: string): Checkout {
  const root = rootOf(folder);
  const places = above(folder).slice(0, above(folder).indexOf(root) + 1);
  const own = relative(root, folder).replaceAll("\\", "/");
  const locks = places.flatMap((place) =>
    LOCKS.filter(([name]) => existsSync(join(place, name))).map(([name, manager]) => ({
      lock: relative(root, join(place, name)).replaceAll("\\", "/"),
      manager,
    })),
  );
  const [first] = locks;
  if (!existsSync(join(folder, "package.json"))) return { root, folder: own, manager: null, lock: null };
  return { root, folder: own, manager: first?.manager ?? "npm", lock: first?.lock ?? null };
}

/** The folder, and those above it. */
function above(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...above(parent)];
}

/** Where Git is; the folder itself, where it is nowhere. */
const rootOf = (folder: string): string => above(folder).find((place) => existsSync(join(place, ".git"))) ?? folder;
