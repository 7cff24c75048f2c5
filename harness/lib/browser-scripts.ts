/** Scripts for the browser, built from `host/` into `dist/browser`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root.ts";

const loaded = new Map<string, string>();

export function browserScript(
  name: "guest" | "stage" | "recorder" | "measure" | "screen" | "targets" | "probe",
): string {
  let text = loaded.get(name);
  if (text === undefined)
    loaded.set(name, (text = readFileSync(join(packageRoot(), "dist", "browser", `${name}.js`), "utf8")));
  return text;
}
