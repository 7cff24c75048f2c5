/** The command line as a whole: words in, exit code or one clear error out. */
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "vitest";
import { runProgram } from "../../../harness/commands/program.ts";
import type { Io } from "../../../harness/commands/io.ts";
import { containing } from "../../expecting.ts";

function ioOf(): Io & { readonly written: { out: string; err: string } } {
  const written = { out: "", err: "" };
  return {
    written,
    cwd: "/nowhere",
    env: {},
    outIsTerminal: false,
    color: false,
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
  };
}

it.each([
  [["check", "--no-such-flag"], "unknown option '--no-such-flag'", "sandglass check --help"],
  [["check", "--worker", "2"], "--workers", "sandglass check --help"],
  [["check", "--mcp"], "--mcp", "sandglass check --help"],
  [["chekc"], "chekc", "sandglass --help"],
  [["merge"], "file", "sandglass merge --help"],
  [["doctor", "extra"], "too many arguments", "sandglass doctor --help"],
  [["check", "--network", "on"], "--network takes off or live", "Leave it out"],
])("%j is bad usage that names it, with the next step", async (argv, message, next) => {
  const io = ioOf();
  await expect(runProgram(argv, "1.2.3", io)).rejects.toMatchObject({
    code: "BAD_USAGE",
    message: containing(message),
    next: containing(next),
  });
  expect(io.written).toEqual({ out: "", err: "" });
});

it("help and version go to standard output and are clean", async () => {
  const io = ioOf();
  expect(await runProgram(["check", "--help"], "1.2.3", io)).toBe(0);
  expect(io.written.out).toContain("--timeout <ms>");
  expect(io.written.out).toMatch(/limit of one rendering \(default:\s+10000\)/);
  expect(await runProgram(["--version"], "1.2.3", io)).toBe(0);
  expect(io.written.out).toMatch(/1\.2\.3\n$/);
  expect(io.written.err).toBe("");
});

it("no command at all shows the help and is no success", async () => {
  const io = ioOf();
  expect(await runProgram([], "1.2.3", io)).toBe(2);
  expect(io.written.err).toContain("Usage: sandglass");
});

it.each([
  // What stands between the start of the process and the start of the browser.
  ["harness/cli.ts", [], 15],
  ["harness/commands/program.ts", ["commander"], 20],
] as const)("%s loads %j and at most %i of our files", (entry, expected, most) => {
  const root = join(import.meta.dirname, "../../..");
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, specifier = ""] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)"/gm))
      if (specifier.startsWith(".")) visit(resolve(dirname(file), specifier));
      else if (!specifier.startsWith("node:")) packages.add(specifier);
  };
  visit(join(root, entry));
  expect([...packages]).toEqual(expected);
  expect(seen.size, [...seen].map((file) => relative(root, file)).join(" ")).toBeLessThan(most);
});
