import { expect, test } from "vitest";
import { splitCommand } from "../../../harness/sources/command-line.ts";

test.each([
  ["npx -y @modelcontextprotocol/server-map --stdio", ["npx", "-y", "@modelcontextprotocol/server-map", "--stdio"]],
  ['  node  "my server.js" ', ["node", "my server.js"]],
  ["node -e 'a \"b\" \\n'", ["node", "-e", 'a "b" \\n']],
  ['node --name="a \\"b\\"" \\ x ""', ["node", '--name=a "b"', " x", ""]],
  ['"C:\\Program Files\\node.exe" a', ["C:\\Program Files\\node.exe", "a"]],
  ["echo $HOME | cat *", ["echo", "$HOME", "|", "cat", "*"]],
])("%s", (line, words) => {
  expect(splitCommand(line)).toEqual(words);
});

test.each(["", "   ", 'node "open', "node 'open"])("%j is refused", (line) => {
  expect(() => splitCommand(line)).toThrow(expect.objectContaining({ code: "BAD_USAGE" }));
});
