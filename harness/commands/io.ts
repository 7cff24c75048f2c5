/** What a command may touch of the process; `cli.ts` hands it over, tests hand over their own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output and error are terminals. */
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly color: boolean;
  /** Width of the terminal on standard output; absent when it is none. */
  readonly columns?: number;
  out(text: string): void;
  err(text: string): void;
  /** Resolves when the user ends the command (SIGINT, SIGTERM); for those that run until then. */
  interrupted?(): Promise<void>;
}

/** Exit codes of every command: clean, findings, could not judge. */
export const EXIT = { clean: 0, findings: 1, undecided: 2 } as const;

/** `SANDGLASS_TIMING=1`: where the time goes, one line per stage on stderr. */
export function stopwatch(io: Io): (stage: string) => void {
  if (!io.env.SANDGLASS_TIMING) return () => undefined;
  let last = performance.now();
  io.err(`timing start-up ${Math.round(last)} ms\n`);
  return (stage) => {
    const now = performance.now();
    io.err(`timing ${stage} ${Math.round(now - last)} ms\n`);
    last = now;
  };
}
