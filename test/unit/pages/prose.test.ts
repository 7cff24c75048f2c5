/** Check pages as elements: all of their words, and nothing that a page could mistake for its own markup. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checks } from "../../../harness/checks/index.ts";
import type { Prose } from "../../../harness/model/prose.ts";
import { proseOf } from "../../../harness/pages/prose.ts";

const textOf = (nodes: readonly Prose[]): string =>
  nodes.map((node) => (typeof node === "string" ? node : `${textOf(node.children)}\n`)).join("");
const words = (text: string): string => text.replace(/^(```.*|#+ |- |\d+\. )|[`*\\]|\s/gm, "");

test.each(checks.map(({ id }) => id))("%s keeps all its words", (id) => {
  const markdown = readFileSync(join(import.meta.dirname, "../../../harness/checks", `${id}.md`), "utf8");
  expect(words(textOf(proseOf(markdown)))).toBe(words(markdown));
});

test("each kind of block and mark becomes its element", () => {
  expect(proseOf("# a/b\n\nA `c < d` **e** *f* \\*.\n\n## Why\n\n```html\n<b>\n```\n\n1. x `y`\n2. z")).toEqual([
    { tag: "h4", children: ["a/b"] },
    {
      tag: "p",
      children: [
        "A ",
        { tag: "code", children: ["c < d"] },
        " ",
        { tag: "strong", children: ["e"] },
        " ",
        { tag: "em", children: ["f"] },
        " ",
        "*",
        ".",
      ],
    },
    { tag: "h5", children: ["Why"] },
    { tag: "pre", children: [{ tag: "code", children: ["<b>"] }] },
    {
      tag: "ol",
      children: [
        { tag: "li", children: ["x ", { tag: "code", children: ["y"] }] },
        { tag: "li", children: ["z"] },
      ],
    },
  ]);
});

test.each([
  ["HTML in a line", "a <img src=x onerror=alert(1)>"],
  ["a block of HTML", "<script>alert(1)</script>"],
  ["a link", "[a](javascript:alert(1))"],
  ["a picture", "![a](https://a.example/)"],
  ["a table", "| a |\n| - |\n| b |"],
])("%s ends the build", (_, markdown) => {
  expect(() => proseOf(markdown)).toThrow(/A check page holds/);
});
