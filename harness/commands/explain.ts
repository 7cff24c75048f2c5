/** `sandglass explain CHECK-ID`: the check's page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checks } from "../checks/index.ts";
import { SandglassError } from "../errors.ts";
import { packageRoot } from "../package-root.ts";
import { EXIT, type Io } from "./io.ts";

export function explain(id: string | undefined, io: Io): number {
  if (id === undefined) {
    const width = Math.max(...checks.map((check) => check.id.length));
    io.out(`${checks.map((check) => `${check.id.padEnd(width)}  ${check.severity.padEnd(7)}  ${check.title}`).join("\n")}\n`);
    return EXIT.clean;
  }
  io.out(pageOf(id));
  return EXIT.clean;
}

/** Markdown page of a check. @throws SandglassError `UNKNOWN_CHECK` */
export function pageOf(id: string): string {
  if (!checks.some((check) => check.id === id)) {
    const near = checks.filter((check) => check.id.includes(id) || id.includes(check.id.split("/")[1] ?? "")).map((check) => check.id);
    throw new SandglassError("UNKNOWN_CHECK", `There is no check "${id}".`, near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "`sandglass explain` lists them.");
  }
  return readFileSync(join(packageRoot(), "harness", "checks", `${id}.md`), "utf8");
}
