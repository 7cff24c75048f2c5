#!/usr/bin/env node
/** argv → options → command → exit code. The only file that touches `process` for its streams and its end. */
import { EXIT, type Io } from "./commands/io.ts";
import { runProgram } from "./commands/program.ts";
import { packageVersion } from "./lib/package-root.ts";
import { safeLines } from "./report/shared/text.ts";
import { SandglassError, errorText, messageOf } from "./model/errors.ts";

const { env, stdout, stderr } = process;
// Undefined, not false, when it is none.
const isTerminal = ({ isTTY }: { readonly isTTY?: boolean }): boolean => isTTY === true;
const outIsTerminal = isTerminal(stdout);

function wantsColor(): boolean {
  if (env.NO_COLOR) return false;
  return env.FORCE_COLOR ? env.FORCE_COLOR !== "0" : outIsTerminal;
}

const io: Io = {
  cwd: process.cwd(),
  env,
  outIsTerminal,
  errIsTerminal: isTerminal(stderr),
  color: wantsColor(),
  ...(outIsTerminal && stdout.columns > 0 ? { columns: stdout.columns } : {}),
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  interrupted: () =>
    new Promise((done) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
    }),
};

/** What happened, the cause, and the next command; a stack only when asked for. */
function report(error: unknown): void {
  const known =
    error instanceof SandglassError
      ? error
      : new SandglassError(
          "INTERNAL",
          messageOf(error),
          "This is a fault of Sandglass: run again with SANDGLASS_DEBUG=1 and report what it prints.",
        );
  // Messages quote what servers and widgets wrote.
  io.err(safeLines(errorText(known)));
  if (env.SANDGLASS_DEBUG && error instanceof Error) io.err(`${safeLines(error.stack ?? "")}\n`);
}

try {
  process.exitCode = await runProgram(process.argv.slice(2), packageVersion(), io);
} catch (error) {
  report(error);
  process.exitCode = EXIT.undecided;
}
