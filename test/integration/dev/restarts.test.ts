/** A save restarts a server; what the server writes itself does not, however it is spread over time. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Restarts } from "../../../harness/dev/restarts.ts";

let folder: string;
let clock = 0;
let count = 0;
let restarts: Restarts;
const at = (name: string) => join(folder, name);
const change = (name: string) => writeFileSync(at(name), `version ${count++}`);
/** A start that takes a second; `during` runs half way. */
function start(during: () => void = () => undefined): void {
  restarts.starting([at("a.mjs"), at("b.mjs")]);
  clock += 500;
  during();
  clock += 500;
  restarts.answered();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandglass-restarts-"));
  clock = 1_000_000;
  restarts = new Restarts(() => clock);
  change("a.mjs");
  change("b.mjs");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a save", () => {
  it("is followed, at rest and soon after a start", () => {
    start();
    clock += 60_000;
    change("a.mjs");
    expect(restarts.isDue([at("a.mjs")])).toBe(true);
    start();
    clock += 2000;
    change("a.mjs");
    expect(restarts.isDue([at("a.mjs")])).toBe(true);
    expect(restarts.ignored).toEqual([]);
  });
  it("that falls into a start is followed once, and again after a start in which the file rested", () => {
    for (let round = 0; round < 3; round += 1) {
      start(() => {
        change("a.mjs");
        expect(restarts.isDue([at("a.mjs")])).toBe(true);
      });
      start();
    }
  });
  it("that leaves the contents as they were is none", () => {
    writeFileSync(at("a.mjs"), "same");
    start();
    writeFileSync(at("a.mjs"), "same");
    expect(restarts.isDue([at("a.mjs")])).toBe(false);
    expect(restarts.ignored).toEqual([]);
  });
  it("of another file than the one that the server writes is followed", () => {
    const write = () => {
      change("b.mjs");
      restarts.isDue([at("b.mjs")]);
    };
    start(write);
    start(write);
    expect(restarts.ignored).toEqual([at("b.mjs")]);
    change("a.mjs");
    expect(restarts.isDue([at("a.mjs")])).toBe(true);
  });
});

describe("a server that changes its own file", () => {
  it("with each start is found out in the second, and in each after that", () => {
    const answers: boolean[] = [];
    for (let round = 0; round < 4; round += 1)
      start(() => {
        change("b.mjs");
        answers.push(restarts.isDue([at("b.mjs")]));
      });
    expect(answers).toEqual([true, false, false, false]);
    expect(restarts.ignored).toEqual([at("b.mjs")]);
  });
  it("again and again while it runs is followed a few times only", () => {
    let starts = 0;
    start();
    for (let round = 0; round < 100; round += 1) {
      clock += 3000;
      change("b.mjs");
      if (!restarts.isDue([at("b.mjs")])) continue;
      starts += 1;
      start();
    }
    expect(starts).toBeLessThanOrEqual(5);
    expect(restarts.ignored).toEqual([at("b.mjs")]);
  });
  it("may be edited there by a person later", () => {
    const write = () => {
      change("b.mjs");
      restarts.isDue([at("b.mjs")]);
    };
    start(write);
    start(write);
    clock += 60_000;
    change("b.mjs");
    expect(restarts.isDue([at("b.mjs")])).toBe(true);
  });
});

describe("the brake", () => {
  /** Writes one of two files by turns; true when that leads to a start, which follows. */
  const save = (round: number): boolean => {
    const file = round % 2 === 0 ? "a.mjs" : "b.mjs";
    change(file);
    const isDue = restarts.isDue([at(file)]);
    if (isDue) start();
    return isDue;
  };
  it("lets three restarts through in ten seconds, and names what waits", () => {
    start();
    const answers = [0, 1, 2, 3, 4].map((round) => {
      clock += 1000;
      return save(round);
    });
    expect(answers).toEqual([true, true, true, false, false]);
    expect(restarts.braked.toSorted()).toEqual([at("a.mjs"), at("b.mjs")]);
    expect(restarts.ignored).toEqual([]);
  });
  it("is off again ten seconds after the first of them, and with a start that somebody asks for", () => {
    start();
    for (let round = 0; round < 4; round += 1) {
      clock += 1000;
      save(round);
    }
    expect(restarts.braked).toEqual([at("b.mjs")]);
    clock += 10_000;
    expect(save(4)).toBe(true);
    expect(restarts.braked).toEqual([]);
    start();
    expect(restarts.braked).toEqual([]);
  });
  it("lets what waits be saved once more as it is", () => {
    start();
    for (let round = 0; round < 4; round += 1) {
      clock += 1000;
      save(round);
    }
    expect(restarts.braked).toEqual([at("b.mjs")]);
    clock += 10_000;
    expect(restarts.isDue([at("b.mjs")])).toBe(true);
    start();
    expect(restarts.isDue([at("b.mjs")])).toBe(false);
  });
  it("counts many files of one build as one restart", () => {
    start();
    clock += 1000;
    for (let round = 0; round < 4; round += 1) {
      change("a.mjs");
      change("b.mjs");
      expect(restarts.isDue([at("a.mjs"), at("b.mjs")])).toBe(true);
    }
    start();
    expect(restarts.braked).toEqual([]);
  });
});
