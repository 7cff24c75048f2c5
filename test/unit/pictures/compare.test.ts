/** Pictures against kept ones: what counts, and what is written. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { comparePicture, type CompareRequest } from "../../../harness/pictures/compare.ts";

let request: CompareRequest;
beforeEach(async () => {
  const taken = await mkdtemp(join(tmpdir(), "sandglass-taken-"));
  request = { taken, kept: join(taken, "kept"), writes: true };
});
afterEach(() => rm(request.taken, { recursive: true }));

/** White, with a black square from the corner. */
function square(side: number, width = 40, height = 20): Buffer {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      png.data.writeUInt32BE(x < side && y < side ? 0x000000ff : 0xffffffff, (y * width + x) * 4);
  return PNG.sync.write(png);
}
const compare = (more: Partial<CompareRequest> = {}) => comparePicture("main", "a.png", { ...request, ...more });
const taken = (picture: Buffer) => writeFile(join(request.taken, "a.png"), picture);

test("a picture that is new is kept; the same one is the same; another one is drawn beside it", async () => {
  await taken(square(4));
  expect(await compare()).toEqual({ trial: "main", file: "a.png", outcome: "kept" });
  expect(await readFile(join(request.kept, "a.png"))).toEqual(square(4));
  expect(await compare()).toEqual({ trial: "main", file: "a.png", outcome: "same", share: 0 });

  await taken(square(8));
  const size = "40 × 20";
  expect(await compare()).toEqual({
    trial: "main",
    file: "a.png",
    outcome: "differs",
    share: (8 * 8 - 4 * 4) / (40 * 20),
    size,
    keptSize: size,
  });
  expect(await readdir(request.taken)).toContain("a.difference.png");
  expect(await readFile(join(request.kept, "a.png")), "the kept one stays").toEqual(square(4));

  await taken(square(4));
  expect((await compare()).outcome).toBe("same");
  expect(await readdir(request.taken), "what no longer differs is not shown").not.toContain("a.difference.png");
});

test("a ground that is a little darker differs everywhere; shades that nobody sees do not", async () => {
  const ground = (grey: number): Buffer => {
    const png = new PNG({ width: 40, height: 20 });
    png.data.fill(grey).forEach((_, at) => at % 4 === 3 && (png.data[at] = 255));
    return PNG.sync.write(png);
  };
  await taken(ground(255));
  await compare();
  await taken(ground(238));
  expect(await compare()).toMatchObject({ outcome: "differs", share: 1 });
  await taken(ground(251));
  expect(await compare()).toMatchObject({ outcome: "same", share: 0 });
});

test("another size differs where one of them has nothing", async () => {
  await taken(square(4));
  await compare();
  await taken(square(4, 40, 25));
  expect(await compare()).toMatchObject({ outcome: "differs", share: 0.2, size: "40 × 25", keptSize: "40 × 20" });
});

test.for([
  ["a pointer of Git LFS", Buffer.from("version https://git-lfs.github.com/spec/v1\nsize 1\n")],
  ["one that was cut off", square(8).subarray(0, 60)],
] as const)("a kept file that is no picture is named: %s", async ([, kept]) => {
  await taken(square(4));
  await compare();
  const path = join(request.kept, "a.png");
  await writeFile(path, kept);
  await expect(compare()).rejects.toMatchObject({
    code: "BAD_CONFIG",
    message: expect.stringContaining(path) as string,
  });
});

test("in CI nothing is written, and no picture is no match", async () => {
  await taken(square(4));
  expect(await compare({ writes: false })).toEqual({ trial: "main", file: "a.png", outcome: "missing" });
  expect(await readdir(request.taken)).toEqual(["a.png"]);
  await rm(join(request.taken, "a.png"));
  expect(await compare()).toEqual({ trial: "main", file: "a.png", outcome: "not-taken" });
});
