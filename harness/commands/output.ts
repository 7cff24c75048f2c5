/** Where reports go: one to stdout, any number to files. */
import { writeFileSync } from "node:fs";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { SandglassError, messageOf } from "../model/errors.ts";
import type { Io } from "./io.ts";

/** A format and where its report goes. */
export interface Sink<R> {
  /** Name of the format. */
  readonly name: string;
  readonly report: R;
  /** null: stdout. */
  readonly file: string | null;
}

/** How the terminal wants a report; a file gets neither. */
export interface Look {
  readonly color: boolean;
  readonly width?: number;
}

/** `pretty`, `json=out.json`. @throws SandglassError `BAD_USAGE` */
export function sinksOf<R>(specs: readonly string[], reporters: ReadonlyMap<string, R>): Sink<R>[] {
  const sinks = (specs.length > 0 ? specs : ["pretty"]).map((spec) => sinkOf(spec, reporters));
  const toStdout = sinks.filter(({ file }) => file === null);
  if (toStdout.length > 1)
    throw new SandglassError(
      "BAD_USAGE",
      `${toStdout.map(({ name }) => name).join(" and ")} both go to stdout.`,
      "Write all but one to files: --format junit=report.xml.",
    );
  return sinks;
}

function sinkOf<R>(spec: string, reporters: ReadonlyMap<string, R>): Sink<R> {
  const [name = "", ...rest] = spec.split("=");
  const report = reporters.get(name);
  if (!report)
    throw new SandglassError(
      "BAD_USAGE",
      `There is no format "${name}".`,
      `Choose of ${[...reporters.keys()].join(", ")}; FORMAT=FILE writes to a file.`,
    );
  const file = rest.length > 0 ? rest.join("=") : null;
  if (file === "")
    throw new SandglassError(
      "BAD_USAGE",
      `--format ${spec} names no file.`,
      `Write --format ${name}=FILE, or --format ${name} for standard output.`,
    );
  return { name, report, file };
}

export async function writeSinks<R>(
  sinks: readonly Sink<R>[],
  render: (report: R, look: Look) => string | Promise<string>,
  io: Io,
): Promise<void> {
  for (const { report, file } of sinks) {
    const toTerminal = file === null && io.columns ? { width: io.columns } : {};
    const text = await render(report, { color: file === null && io.color, ...toTerminal });
    if (file === null) io.out(text);
    else await writeText(resolve(io.cwd, file), text);
  }
}

/** @throws SandglassError `BAD_USAGE` when it cannot be written there */
export async function writeText(path: string, text: string): Promise<void> {
  await write(path, text, "w");
}

/** Writes over nothing. @returns whether nothing was there @throws SandglassError as `writeText` */
export function writeNew(path: string, text: string): Promise<boolean> {
  return write(path, text, "wx");
}

async function write(path: string, text: string, flag: "w" | "wx"): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    // In one go: who is ended meanwhile leaves no half of a report.
    if (await isPlain(path)) writeFileSync(path, text, { flag });
    else await writeFile(path, text, { flag });
    return true;
  } catch (error) {
    if (flag === "wx" && (error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new SandglassError(
      "BAD_USAGE",
      `${path} cannot be written: ${messageOf(error)}`,
      "Name a file in a folder that you may write to.",
      { cause: error },
    );
  }
}

/** A file, or nothing yet: no device and no pipe, which may keep who writes to them waiting. */
async function isPlain(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
    throw error;
  }
}
