/** A folder to run a command in, and what the command must not leave behind. */
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";

export const API = "https://api.example.com";
export const META = {
  ui: { csp: { connectDomains: [API], resourceDomains: [] } },
  "openai/widgetCSP": { connect_domains: [API], resource_domains: [] },
  "openai/widgetDomain": "https://widget.example.com",
};

export interface Place {
  path: string;
  /** The command's own `TMPDIR`. */
  scratch: string;
}

/** New for each test of the file, and gone after it. */
export function freshPlace(name: string): Place {
  const place: Place = { path: "", scratch: "" };
  beforeEach(async () => {
    place.path = await mkdtemp(join(tmpdir(), `sandglass-${name}-`));
    place.scratch = join(place.path, "scratch");
    await mkdir(place.scratch);
  });
  afterEach(() => rm(place.path, { recursive: true, force: true }));
  return place;
}

/** Temporary folders that were not taken away, and processes that know of the command's own `TMPDIR`. */
export async function leftovers(scratch: string): Promise<string[]> {
  const pids = process.platform === "linux" ? (await readdir("/proc")).filter((name) => /^\d+$/.test(name)) : [];
  const running = await Promise.all(
    pids.map(async (pid) => {
      // Gone meanwhile, a zombie, or another user's.
      const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
      return environment.includes(`TMPDIR=${scratch}`) ? [`process ${pid}`] : [];
    }),
  );
  return [...(await readdir(scratch)), ...running.flat()];
}
