/** Every command of the docs is one that there is, with options that there are. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commands } from "../../harness/commands/index.ts";
import type { Io } from "../../harness/commands/io.ts";
import { SandglassError } from "../../harness/model/errors.ts";
import { readOptions } from "../../harness/commands/option-kinds.ts";
import { runProgram } from "../../harness/commands/program.ts";
import {
  blockCommands,
  inlineCommands,
  ownWords,
  unusedReasons,
  whyNotRun,
  type DocCommand,
} from "../docs/commands.ts";

const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const ignored = (): void => undefined;
const io: Io = {
  cwd: "/",
  env: {},
  outIsTerminal: false,
  color: false,
  out: ignored,
  err: ignored,
};
/** The command line as it is, but that nothing is run once options are read. */
const parsed = commands.map((spec) => ({
  ...spec,
  run: (_args: readonly string[], written: Readonly<Record<string, unknown>>) => {
    readOptions(spec.options, written);
    return Promise.resolve(0);
  },
}));

async function parse(command: DocCommand): Promise<void> {
  const own = ownWords(command);
  if (own) {
    expect(await runProgram(own, "1.2.3", io, parsed)).toBe(0);
    return;
  }
  const [program, verb = "", script = ""] = command.words;
  if (program === "npx") {
    expect(whyNotRun(command), "a program of others has a reason").not.toBeNull();
    return;
  }
  expect(program, "a program that is known here").toBe("npm");
  if (verb === "run" || verb === "start") expect(Object.keys(scripts)).toContain(verb === "run" ? script : verb);
  else expect(["ci", "install"]).toContain(verb);
}

const named = (all: readonly DocCommand[]) =>
  all.map((command) => [`${command.page}: ${command.text}`, command] as const);

it.each(named(blockCommands))("%s", (_, command) => parse(command));
/** A sentence may name a command or an option and leave out what it takes. */
const isLeftOut = (error: unknown): boolean =>
  error instanceof SandglassError && /missing required argument|argument missing/.test(error.message);
it.each(named(inlineCommands))("in a sentence of %s", (_, command) =>
  parse(command).catch((error: unknown) => {
    if (!isLeftOut(error)) throw error;
  }),
);

it("an option that there is not, or a value that it does not take, fails", async () => {
  const bad = [["check", "--formt", "json"], ["check", "--shard", "5/4"], ["chek"]];
  for (const words of bad)
    await expect(runProgram(words, "1.2.3", io, parsed)).rejects.toMatchObject({ code: "BAD_USAGE" });
});

it("most are run, and what is not has a reason that something has", () => {
  expect(blockCommands.filter((command) => whyNotRun(command) === null).length).toBeGreaterThan(10);
  expect(unusedReasons).toEqual([]);
});
