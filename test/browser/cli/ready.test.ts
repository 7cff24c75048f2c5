/** Pictures for the submission, by the built command line, of a server over stdio. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root, sandglass } from "./run.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandglass-ready-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("ready --screenshots makes one of each scenario, of the size that is asked for", async () => {
  const server = `"${process.execPath}" "${join(root, "test/fixtures/reviewed-server.mjs")}" sound`;
  const { out } = await sandglass(["ready", "--mcp-stdio", server, "--screenshots", "pictures", "--format", "json"], {
    cwd: folder,
  });
  const { rows } = JSON.parse(out) as { rows: { id: string; state: string; detail?: string }[] };
  expect(rows.find(({ id }) => id === "ui/screenshots")).toMatchObject({
    state: "passed",
    detail: expect.stringContaining("1 made") as string,
  });
  const [name = "", ...others] = await readdir(join(folder, "pictures"));
  expect(others).toEqual([]);
  const picture = await readFile(join(folder, "pictures", name));
  const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
  expect(width).toBe(706);
  expect(height).toBeGreaterThanOrEqual(400);
  expect(height).toBeLessThanOrEqual(860);
});
