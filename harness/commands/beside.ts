/** What reports show beside the result: pages of checks, and where paths start. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../lib/package-root.ts";
import type { RunResult } from "../model/result.ts";
import { showsPages } from "../report/index.ts";
import type { ReportOptions } from "../report/types.ts";
import type { Io } from "./io.ts";
import { folderInRepository } from "./places.ts";

const CHECK_ID = /^[a-z-]+\/[a-z-]+$/;

export function besideResult(
  result: RunResult,
  sinks: readonly { readonly name: string }[],
  { cwd }: Pick<Io, "cwd">,
): Pick<ReportOptions, "pages" | "folder"> {
  const folder = folderInRepository(cwd);
  return sinks.some(({ name }) => showsPages(name)) ? { folder, pages: pagesOf(result) } : { folder };
}

/** Of a result from elsewhere, a check may be unknown here. */
function pagesOf({ runs, servers = [] }: RunResult): Readonly<Record<string, string>> {
  const ids = new Set([...runs, ...servers].flatMap(({ checks }) => checks.map(({ id }) => id)));
  const pages = [...ids].flatMap((id) => {
    const path = join(packageRoot(), "harness", "checks", `${id}.md`);
    return CHECK_ID.test(id) && existsSync(path) ? [[id, readFileSync(path, "utf8")] as const] : [];
  });
  return Object.fromEntries(pages);
}
