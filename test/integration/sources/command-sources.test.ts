/** What is followed of a server that we start: the sources that its command line leads to, and no data. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sourcesOfCommand } from "../../../harness/sources/command-sources.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandglass-sources-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
const sources = (line: string) =>
  sourcesOfCommand(line, folder)
    .map((file) => relative(folder, file).replaceAll("\\", "/"))
    .sort();

it("are the files named, and the local ones that they import, in a circle too", () => {
  write({
    "server.mjs":
      'import { a } from "./lib/a.js";\nconst page = new URL("./page.html", import.meta.url);\nimport "zod";',
    "lib/a.ts": "export * from '../server.mjs'; await import(`./b`); require('./c');",
    "lib/b.mts": "",
    "lib/c/index.cjs": "",
    "page.html": "<p>",
    "other.mjs": "",
  });
  expect(sources("node server.mjs --port 3")).toEqual([
    "lib/a.ts",
    "lib/b.mts",
    "lib/c/index.cjs",
    "page.html",
    "server.mjs",
  ]);
  expect(sources("node server")).toContain("server.mjs");
});

it("are no data and nothing of node_modules, named or not", () => {
  write({
    "server.mjs": 'open("./cache.json"); append("./server.log"); import "./node_modules/x/index.js";',
    "cache.json": "{}",
    "server.log": "",
    "data.sqlite": "",
    "node_modules/x/index.js": "",
  });
  expect(sources("node server.mjs --db data.sqlite --cache cache.json")).toEqual(["server.mjs"]);
});

it("are Python modules beside the script", () => {
  write({
    "server.py": "import os, json\nfrom tools.search import find\nfrom . import shared\nimport pages\n",
    "tools/search.py": "from .deep import x\n",
    "tools/deep.py": "",
    "shared.py": "",
    "pages/__init__.py": "",
    "unused.py": "",
  });
  expect(sources("uv run server.py")).toEqual([
    "pages/__init__.py",
    "server.py",
    "shared.py",
    "tools/deep.py",
    "tools/search.py",
  ]);
});
