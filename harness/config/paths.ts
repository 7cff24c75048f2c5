import { realpathSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";

/** Whether `path` is `folder` or lies under it. Both absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The same for what the paths lead to, links followed. Both must exist. */
export function isReallyInside(folder: string, path: string): boolean {
  return isInside(realpathSync(folder), realpathSync(path));
}
