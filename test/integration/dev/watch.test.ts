/** No save is lost: not one made while something else is taken up, nor one in a folder that was replaced. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
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

describe("time and again", () => {
  const rounds = [1, 2, 3, 4];
  /** Saves a file by `save`, and hears of it. */
  async function eachIsHeard(name: string, save: (text: string) => void): Promise<void> {
    for (const round of rounds) {
      told.length = 0;
      save("x".repeat(round * 10));
      await heard(name);
    }
  }
  it("a folder is replaced by a build, and one of its files saved after", async () => {
    write("dist/index.html", "one");
    watch.set([at("dist")]);
    for (const round of rounds) {
      told.length = 0;
      rmSync(at("dist"), { recursive: true });
      write("dist/index.html", "x".repeat(round * 10));
      await heard("dist/index.html");
      told.length = 0;
      write("dist/index.html", "x".repeat(round * 10 + 1));
      await heard("dist/index.html");
    }
  });
  it("the folder that holds the watched one is replaced", async () => {
    write("a/b/dist/index.html", "one");
    watch.set([at("a/b/dist")]);
    await eachIsHeard("a/b/dist/index.html", (text) => {
      renameSync(at("a/b"), at(`old-${text.length}`));
      write("a/b/dist/index.html", text);
    });
  });
  it("an editor saves by renaming over the file", async () => {
    write("w/index.ts", "one");
    watch.set([at("w/index.ts")]);
    await eachIsHeard("w/index.ts", (text) => {
      write("w/.index.ts.swp", text);
      renameSync(at("w/.index.ts.swp"), at("w/index.ts"));
    });
  });
  it("new folders are followed from the first file on", async () => {
    write("w/index.ts", "one");
    watch.set([at("w")]);
    for (const round of rounds) {
      write(`w/new-${round}/deep/a.ts`, "one");
      await heard(`w/new-${round}/deep/a.ts`);
      told.length = 0;
      write(`w/new-${round}/deep/a.ts`, "two, longer");
      await heard(`w/new-${round}/deep/a.ts`);
      write(`w/new-${round}/deep/b.ts`, "one");
      await heard(`w/new-${round}/deep/b.ts`);
    }
  });
});

it("waits for a file whose folders are not there yet", async () => {
  watch.set([at("a/b/c.ts")]);
  write("a/b/c.ts", "one");
  await heard("a/b/c.ts");
  told.length = 0;
  rmSync(at("a"), { recursive: true });
  await heard("a/b/c.ts");
  told.length = 0;
  write("a/b/c.ts", "two");
  await heard("a/b/c.ts");
});

it("does not tell of folders, of what stands beside, nor of packages", async () => {
  write("w/index.ts", "one");
  watch.set([at("w")]);
  write("w/node_modules/p/index.js", "one");
  write("w/.cache/x", "one");
  write("beside.ts", "one");
  mkdirSync(at("w/empty"));
  write("w/last.ts", "one");
  await heard("w/last.ts");
  expect(new Set(told)).toEqual(new Set([at("w/last.ts")]));
});
