/** What a command may touch of the process; `cli.ts` hands it over, tests hand over their own. */
import type { Readable } from "node:stream";
import { Laps } from "../lib/laps.ts";

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output is a terminal. */
  readonly outIsTerminal: boolean;
  readonly color: boolean;
  /** Width of the terminal on standard output; absent when it is none. */
  readonly columns?: number;
  /** Standard input. */
  input?(): Readable;
  out(text: string): void;
  err(text: string): void;
  /** Writes a text without breaks over the line of standard error that was written by it before; absent when that is no terminal. */
  status?(text: string): void;
  /** From here on neither `out` nor `err` shows these values. */
  hide?(secrets: readonly string[]): Promise<void>;
  /** Puts a question to the user and resolves to the answer; absent without a terminal. */
  ask?(question: string): Promise<string>;
  /** Resolves when the user ends the command (SIGINT, SIGTERM); for those that run until then. */
  interrupted?(): Promise<void>;
  /** What was seen is being judged and written: a command that was told to end is given the time for it. */
  reporting?(isUnderWay: boolean): void;
}

/** What takes these values out of a text, however they are written. */
export async function hiderOf(secrets: readonly string[]): Promise<(text: string) => string> {
  return secrets.length === 0 ? (text) => text : (await import("../scan/given.ts")).hidingOf(secrets).text;
}

/** Variables by which CI systems are known: Azure Pipelines, TeamCity, Jenkins and AWS CodeBuild set no `CI`. */
const OF_CI = ["CI", "TF_BUILD", "TEAMCITY_VERSION", "JENKINS_URL", "CODEBUILD_BUILD_ID"];

/** Nobody looks at what is written there. `CI=false` is some too: it is set in CI to quieten builds. */
export const isCi = ({ env }: Pick<Io, "env">): boolean => OF_CI.some((name) => env[name]);

/** Exit codes of every command: clean, findings, could not judge. */
export const EXIT = { clean: 0, findings: 1, undecided: 2 } as const;

/** Where the time of a command goes; shown on stderr, one line a phase, with `--timing` or `SANDGLASS_TIMING=1`. */
export interface Timing {
  readonly laps: Laps;
  /** Ends a phase. */
  readonly lap: (phase: string) => void;
}

export function timingOf(io: Io, isShown: boolean): Timing {
  const laps = new Laps(0);
  const lap = (phase: string): void => {
    const ms = Math.round(laps.mark(phase));
    if (isShown || io.env.SANDGLASS_TIMING) io.err(`timing ${phase} ${ms} ms\n`);
  };
  lap("start-up");
  return { laps, lap };
}
