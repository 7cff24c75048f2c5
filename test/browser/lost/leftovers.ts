/** What a command must not leave behind. */
import { readdir, readFile } from "node:fs/promises";

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
