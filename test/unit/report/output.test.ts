/** Where reports go: each to its place, or a clear refusal. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Io } from "../../../harness/commands/io.ts";
import { sinksOf, writeSinks } from "../../../harness/commands/output.ts";

const KNOWN = new Map(["pretty", "json", "junit"].map((name) => [name, `${name} reporter`]));

test("one format to standard output, any number to files", () => {
  expect(sinksOf([], KNOWN)).toEqual([{ name: "pretty", report: "pretty reporter", file: null }]);
  expect(sinksOf(["json", "junit=a=b.xml", "json=c.json"], KNOWN)).toEqual([
    { name: "json", report: "json reporter", file: null },
    { name: "junit", report: "junit reporter", file: "a=b.xml" },
    { name: "json", report: "json reporter", file: "c.json" },
  ]);
});
test.each([
  [["html"], "no format"],
  [["json="], "names no file"],
  [["json", "pretty"], "both go to stdout"],
  [[""], "no format"],
])("%j is refused", (specs, said) => {
  expect(() => sinksOf(specs, KNOWN)).toThrow(
    expect.objectContaining({ code: "BAD_USAGE", message: expect.stringContaining(said) as unknown }),
  );
});

test("colour and width are the terminal's alone; a file that cannot be written is named", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "sandglass-output-"));
  let out = "";
  const io: Io = {
    cwd,
    env: {},
    outIsTerminal: true,
    color: true,
    columns: 132,
    out: (text) => void (out += text),
    err: () => undefined,
  };
  const render = (report: string, look: object) => `${report} ${JSON.stringify(look)}`;
  await writeSinks(sinksOf(["pretty", "json=deep/er/x.json"], KNOWN), render, io);
  expect(out).toBe('pretty reporter {"color":true,"width":132}');
  expect(readFileSync(join(cwd, "deep/er/x.json"), "utf8")).toBe('json reporter {"color":false}');
  await expect(writeSinks(sinksOf(["json=deep"], KNOWN), render, io)).rejects.toMatchObject({
    code: "BAD_USAGE",
    message: expect.stringContaining("deep cannot be written") as unknown,
  });
});
