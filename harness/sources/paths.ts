import { statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { isInside, isReallyInside } from "../config/paths.ts";

/** True for a path that exists and is a file. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** True for a path that exists and is a folder. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Why a file that a widget's own file names is not one of its folder, or undefined when it is. */
export function whyNotOwn(folder: string, written: string): string | undefined {
  const path = resolve(folder, written);
  if (isAbsolute(written)) return `${written} is an absolute path, not one inside the widget's folder`;
  if (!isInside(folder, path)) return `${written} lies outside the widget's folder`;
  if (!isFile(path)) return `${written} does not exist`;
  return isReallyInside(folder, path) ? undefined : `${written} is a link that leads out of the widget's folder`;
}
