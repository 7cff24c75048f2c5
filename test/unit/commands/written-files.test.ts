/** Files that a command writes by names of its own: none of an earlier run is lost, and none passes for a new one. */
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Job } from "../../../harness/gather/types.ts";
import { probe } from "../../../harness/commands/probe.ts";
import { pictureGiven, removePictures } from "../../../harness/commands/ready-server.ts";
import { ioOf } from "../../../harness/library/options.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { measured } from "../measurement/make.ts";

const folderOf = (): string => mkdtempSync(join(tmpdir(), "sandglass-written-"));

it("a second measurement of a day is kept beside the first", async () => {
  const cwd = folderOf();
  const measurement = measured(profiles.claude);
  writeFileSync(join(cwd, "pasted.json"), JSON.stringify(measurement));
  for (let time = 0; time < 2; time += 1) expect(await probe(["read", "pasted.json"], {}, ioOf({ cwd }))).toBe(0);
  const kept = readdirSync(cwd).filter((name) => name.endsWith(".measurement.json"));
  expect(kept.map((name) => name.replace(/^.*\d{4}-\d\d-\d\d/, ""))).toEqual([
    "-2.measurement.json",
    ".measurement.json",
  ]);
});

/** The first chunk of a picture of the size that is asked for. */
function pictureBytes(): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32BE(706, 16);
  bytes.writeUInt32BE(500, 20);
  return bytes;
}

it("a picture of an earlier run is gone before this one's are made, and no other file is", async () => {
  const folder = folderOf();
  const widget = { name: "board", source: { kind: "html", path: "board.html" }, html: "", meta: {}, scenarios: [] };
  const job = { widget, scenario: { name: "default" }, profile: profiles.chatgpt } as unknown as Job;
  const file = join(folder, "board--chatgpt--default.png");
  writeFileSync(join(folder, "mine.png"), pictureBytes());
  await pictureGiven(folder, [job]).then(({ detail }) => expect(detail).toContain("not made"));
  writeFileSync(file, pictureBytes());
  expect(await pictureGiven(folder, [job])).toMatchObject({ state: "passed" });
  await removePictures(folder, [job]);
  expect(readdirSync(folder)).toEqual(["mine.png"]);
  expect(existsSync(file)).toBe(false);
  expect(await pictureGiven(folder, [job])).toMatchObject({ state: "failed" });
});
