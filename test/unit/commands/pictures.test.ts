/** What pictures are compared with. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { picturesAsked } from "../../../harness/commands/pictures.ts";
import type { Io } from "../../../harness/commands/io.ts";

const cwd = mkdtempSync(join(tmpdir(), "sandglass-compare-"));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
writeFileSync(join(cwd, "kept.png"), "");
const asked = (compare: string) => picturesAsked({ compare }, [], { cwd, env: {} } as Io);

test("a file is no folder of pictures", () =>
  expect(() => asked("kept.png")).toThrow(expect.objectContaining({ code: "BAD_USAGE" })));
test("a folder that is not there yet will hold them", () => {
  const pictures = asked("new");
  pictures.dispose();
  expect(pictures.kept).toBe(join(cwd, "new"));
});
