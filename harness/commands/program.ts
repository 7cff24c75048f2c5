/** Commander, set up from the tables of commands and options. */
import { Command, CommanderError, Option } from "commander";
import { SandglassError } from "../model/errors.ts";
import { commands, type CommandSpec } from "./index.ts";
import { EXIT, type Io } from "./io.ts";
import { describeOption } from "./option-kinds.ts";

/** Runs what the words ask for; the exit code. @param specs what there is to run. @throws SandglassError */
export async function runProgram(
  argv: readonly string[],
  version: string,
  io: Io,
  specs: readonly CommandSpec[] = commands,
): Promise<number> {
  let code: number = EXIT.clean;
  const root = new Command("sandglass")
    .description("Shows a ChatGPT app widget as ChatGPT's sandbox will treat it, before it is published.")
    .version(version)
    .exitOverride()
    // What is wrong is reported as every other error is.
    .configureOutput({
      writeErr: (text) => io.err(text),
      writeOut: (text) => io.out(text),
      outputError: () => undefined,
    });
  for (const spec of specs)
    addCommand(root, spec, async (args, written) => {
      code = await spec.run(args, written, io);
    });
  try {
    await root.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.clean;
    // `sandglass` alone has printed the help.
    if (error.code === "commander.help") return EXIT.undecided;
    throw usageError(error, argv, root);
  }
}

function addCommand(
  root: Command,
  { name, summary, argument, options }: CommandSpec,
  run: (args: readonly string[], written: Readonly<Record<string, unknown>>) => Promise<void>,
): void {
  const command = root.command(name).description(summary);
  if (argument) command.argument(argument.name, argument.help);
  for (const [key, option] of Object.entries(options)) {
    const { flags, help } = describeOption(key, option);
    const declared = new Option(flags, help);
    command.addOption(option.arity === "many" ? declared.argParser(appended) : declared);
  }
  command.action(() => run(command.args, command.opts()));
}

const appended = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

function usageError(error: CommanderError, [name]: readonly string[], root: Command): SandglassError {
  const command = root.commands.some((one) => one.name() === name) ? `sandglass ${name ?? ""}` : "sandglass";
  const message = error.message.replace(/^error: /, "").replace(/\s+/g, " ");
  return new SandglassError("BAD_USAGE", `${message}.`, `\`${command} --help\` lists what there is.`, { cause: error });
}
