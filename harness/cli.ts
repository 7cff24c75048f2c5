#!/usr/bin/env node
/** argv → options → command → exit code. The only file that touches `process` for its streams and its end. */
import { browserAhead } from "./commands/ahead.ts";
import { EXIT, hiderOf, type Io } from "./commands/io.ts";
import { startAhead } from "./gather/browser/head-start.ts";
import { SandglassError, errorText, messageOf } from "./model/errors.ts";
import { inertLines, safeLines } from "./report/shared/text.ts";

const { env, stdout, stderr } = process;
const argv = process.argv.slice(2);
/** How long a command that was told to end may take to tidy up, and to report what it saw where that takes longer, ms. */
const ENDING_MS = 1500;
const REPORTING_MS = 6000;
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
let isListened = false;
let isReporting = false;
let endOnceReported: (() => void) | null = null;
const interruption = new Promise<void>((resolve) => {
  for (const [signal, number] of Object.entries(SIGNALS)) {
    // What must not outlive us is ended by `atEnd`, which a signal's default would pass by.
    const end = () => process.exit(128 + number);
    process.once(signal, () => {
      if (!isListened) end();
      process.once(signal, end);
      setTimeout(() => (isReporting ? (endOnceReported = end) : end()), ENDING_MS).unref();
      setTimeout(end, REPORTING_MS).unref();
      resolve();
    });
  }
});

// Before anything else is loaded: it takes as long to start as the rest of us.
const ahead = browserAhead(argv);
if (ahead) startAhead(ahead.path);

// Undefined, not false, when it is none.
const isTerminal = ({ isTTY }: { readonly isTTY?: boolean }): boolean => isTTY === true;
const outIsTerminal = isTerminal(stdout);

function wantsColor(): boolean {
  if (env.NO_COLOR) return false;
  return env.FORCE_COLOR ? env.FORCE_COLOR !== "0" : outIsTerminal;
}

let shown = (text: string): string => text;

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

const io: Io = {
  cwd: process.cwd(),
  env,
  outIsTerminal,
  color: wantsColor(),
  ...(outIsTerminal && stdout.columns > 0 ? { columns: stdout.columns } : {}),
  input: () => process.stdin,
  out: (text) => void stdout.write(shown(text)),
  // Whoever words it quotes servers, widgets and files: what steers a terminal or a CI system ends here.
  err: (text) => void stderr.write(inertLines(shown(text))),
  ...(isTerminal(stderr)
    ? { status: (text: string) => void stderr.write(`\r\u001b[2K${inertLines(shown(text))}`) }
    : {}),
  async hide(secrets) {
    shown = await hiderOf(secrets);
  },
  ...(outIsTerminal && isTerminal(process.stdin) ? { ask } : {}),
  interrupted() {
    isListened = true;
    return interruption;
  },
  reporting(isUnderWay) {
    isReporting = isUnderWay;
    if (!isUnderWay) endOnceReported?.();
  },
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
  io.err(safeLines(errorText(known)));
  if (env.SANDGLASS_DEBUG && error instanceof Error) io.err(`${safeLines(error.stack ?? "")}\n`);
}

/** What nobody waited for ends the command as any other error does; what is to be put away is, at its end. */
const endWith = (error: unknown): never => {
  report(error);
  return process.exit(EXIT.undecided);
};
process.on("uncaughtException", endWith);
process.on("unhandledRejection", endWith);

try {
  const [{ runProgram }, { packageVersion }] = await Promise.all([
    import("./commands/program.ts"),
    import("./lib/package-root.ts"),
  ]);
  process.exitCode = await runProgram(argv, packageVersion(), io);
} catch (error) {
  report(error);
  process.exitCode = EXIT.undecided;
}
