/** Where reports go: each to its place, or a clear refusal. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Io } from "../../../harness/commands/io.ts";
import { sinksOf, writeSinks } from "../../../harness/commands/output.ts";

const KNOWN = ["pretty", "json", "junit"] as const;

test("one format to standard output, any number to files", () => {
  expect(sinksOf([], KNOWN)).toEqual([{ format: "pretty", file: null }]);
  expect(sinksOf(["json", "junit=a=b.xml", "json=c.json"], KNOWN)).toEqual([
    { format: "json", file: null },
    { format: "junit", file: "a=b.xml" },
    { format: "json", file: "c.json" },
  ]);
});
test.each([
  [["html"], "no format"],
  [["json="], "names no file"],
  [["json", "pretty"], "both go to stdout"],
  [[""], "no format"],
])("%j is refused", (specs, said) => {
  expect(() => sinksOf(specs, KNOWN)).toThrow(
    expect.objectContaining({ code: "BAD_USAGE", message: expect.stringContaining(said) }),
  );
});

test("colour and width are the terminal's alone; a file that cannot be written is named", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "sandglass-output-"));
  let out = "";
  const io: Io = {
    cwd,
    env: {},
    outIsTerminal: true,
    errIsTerminal: false,
    color: true,
    columns: 132,
    out: (text) => void (out += text),
    err: () => undefined,
  };
  const render = (format: string, look: object) => `${format} ${JSON.stringify(look)}`;
  await writeSinks(sinksOf(["pretty", "json=deep/er/x.json"], KNOWN), render, io);
  expect(out).toBe('pretty {"color":true,"width":132}');
  expect(readFileSync(join(cwd, "deep/er/x.json"), "utf8")).toBe('json {"color":false}');
  await expect(writeSinks(sinksOf(["json=deep"], KNOWN), render, io)).rejects.toMatchObject({
    code: "BAD_USAGE",
    message: expect.stringContaining("deep cannot be written"),
  });
});
