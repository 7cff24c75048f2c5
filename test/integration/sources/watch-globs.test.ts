/** What `dev --watch` names. */
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { watchedBy } from "../../../harness/sources/watch-globs.ts";
import { folderOf } from "./kit.ts";

const folder = folderOf({
  "server.py": "",
  "data.db": "",
  "templates/page.jinja": "",
  "templates/deep/part.jinja": "",
  "node_modules/p/x.jinja": "",
});
const watched = (...globs: string[]) =>
  watchedBy([join(folder, "server.py")], globs, folder)
    .map((path) => relative(folder, path).replaceAll("\\", "/"))
    .toSorted();

it.each([
  [[], ["server.py"]],
  [["templates/*.jinja"], ["server.py", "templates/page.jinja"]],
  [["**/*.jinja"], ["server.py", "templates/deep/part.jinja", "templates/page.jinja"]],
  [
    ["templates/**", "!**/part.*"],
    ["server.py", "templates/page.jinja"],
  ],
  [["*", "!*.db"], ["server.py"]],
  [["!server.py", "later.txt"], ["later.txt"]],
  [["nowhere/*"], ["server.py"]],
  [["server.p?"], ["server.py"]],
])("%j", (globs, expected) => expect(watched(...globs)).toEqual(expected));
