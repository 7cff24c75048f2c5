import { statSync, type Stats } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { isInside, isReallyInside } from "../config/paths.ts";

/** True for a path that exists, can be reached, and is a file. */
export const isFile = (path: string): boolean => statsOf(path)?.isFile() ?? false;

/** True for a path that exists, can be reached, and is a folder. */
export const isFolder = (path: string): boolean => statsOf(path)?.isDirectory() ?? false;

/** Of what cannot be reached nothing is known: a link that nobody may follow, a ring of links, a name that is too long. */
const UNREACHABLE: ReadonlySet<unknown> = new Set(["EACCES", "EPERM", "ELOOP", "ENAMETOOLONG"]);

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (UNREACHABLE.has((error as NodeJS.ErrnoException).code)) return undefined;
    throw error;
  }
}

/** Why a file that a widget's own file names is not one of its folder, or undefined when it is. */
export function whyNotOwn(folder: string, written: string): string | undefined {
  if (written.includes("\0")) return `${written} is no path`;
  const path = resolve(folder, written);
  if (isAbsolute(written)) return `${written} is an absolute path, not one inside the widget's folder`;
  if (!isInside(folder, path)) return `${written} lies outside the widget's folder`;
  if (!isFile(path)) return `${written} does not exist`;
  return isReallyInside(folder, path) ? undefined : `${written} is a link that leads out of the widget's folder`;
}
