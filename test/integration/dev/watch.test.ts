/** No save is lost: not one made while something else is taken up, nor one in a folder that was replaced. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FileWatch } from "../../../harness/dev/watch.ts";

let folder: string;
let watch: FileWatch;
const told: string[] = [];
const at = (name: string) => join(folder, name);
const write = (name: string, text: string) => {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
};
const heard = (name: string) => vi.waitFor(() => expect(told).toContain(at(name)), { timeout: 3000 });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandglass-watch-"));
  told.length = 0;
  watch = new FileWatch((paths) => void told.push(...paths));
});
afterEach(() => {
  watch.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a save while the roots are set anew", () => {
  it("is told, of a file that was watched", async () => {
    write("w/index.ts", "one");
    watch.set([at("w")]);
    write("w/index.ts", "two, longer");
    watch.set([at("w"), at("shared.ts")]);
    await heard("w/index.ts");
  });
  it("is told, of a file that is new in a watched folder", async () => {
    write("w/index.ts", "one");
    watch.set([at("w")]);
    write("w/b/widget.json", "{}");
    watch.set([at("w")]);
    await heard("w/b/widget.json");
  });
  it("is told, of a file that went", async () => {
    write("w/index.ts", "one");
    watch.set([at("w")]);
    rmSync(at("w/index.ts"));
    watch.set([at("w")]);
    await heard("w/index.ts");
  });
  it("is told, of a file followed from now on that changed since it was read", async () => {
    write("shared.ts", "one");
    watch.set([at("w")]);
    const readAt = Date.now() - 5000;
    watch.set([at("shared.ts")], readAt);
    await heard("shared.ts");
  });
  it("is not told of files that are followed from now on and as they were", async () => {
    write("shared.ts", "one");
    utimesSync(at("shared.ts"), new Date(2020, 1), new Date(2020, 1));
    write("w/index.ts", "one");
    watch.set([at("w")]);
    watch.set([at("w"), at("shared.ts")], Date.now());
    write("w/index.ts", "two, longer");
    await heard("w/index.ts");
    expect(told).not.toContain(at("shared.ts"));
  });
  it("is not told of files that nobody follows any more", async () => {
    write("a.ts", "one");
    write("b.ts", "one");
    watch.set([at("a.ts"), at("b.ts")]);
    write("a.ts", "two, longer");
    watch.set([at("b.ts")]);
    write("b.ts", "two, longer");
    await heard("b.ts");
    expect(told).not.toContain(at("a.ts"));
  });
});

it("goes on in a folder that a build replaced at once", async () => {
  write("dist/index.html", "one");
  watch.set([at("dist")]);
  rmSync(at("dist"), { recursive: true });
  write("dist/index.html", "two, longer");
  await heard("dist/index.html");
  told.length = 0;
  write("dist/index.html", "three, longer still");
  await heard("dist/index.html");
});

it("tells of a save in a folder where something else is written without rest", async () => {
  write("a.ts", "one");
  watch.set([at("a.ts")]);
  const log = setInterval(() => write("server.log", `${Math.random()}`), 5);
  try {
    write("a.ts", "two, longer");
    await heard("a.ts");
  } finally {
    clearInterval(log);
  }
});
