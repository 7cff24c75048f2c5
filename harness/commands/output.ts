/** Where reports go: one to stdout, any number to files. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { SandglassError, messageOf } from "../model/errors.ts";
import type { Io } from "./io.ts";

export interface Sink<F extends string> {
  readonly format: F;
  /** null: stdout. */
  readonly file: string | null;
}

/** `pretty`, `json=out.json`. @throws SandglassError `BAD_USAGE` */
export function sinksOf<F extends string>(specs: readonly string[], known: readonly F[]): Sink<F>[] {
  const sinks = (specs.length > 0 ? specs : ["pretty"]).map((spec) => {
    const [name = "", ...rest] = spec.split("=");
    const format = known.find((candidate) => candidate === name);
    if (!format)
      throw new SandglassError(
        "BAD_USAGE",
        `There is no format "${name}".`,
        `Choose of ${known.join(", ")}; FORMAT=FILE writes to a file.`,
      );
    const file = rest.length > 0 ? rest.join("=") : null;
    if (file === "")
      throw new SandglassError(
        "BAD_USAGE",
        `--format ${spec} names no file.`,
        `Write --format ${name}=FILE, or --format ${name} for standard output.`,
      );
    return { format, file };
  });
  const toStdout = sinks.filter(({ file }) => file === null);
  if (toStdout.length > 1)
    throw new SandglassError(
      "BAD_USAGE",
      `${toStdout.map(({ format }) => format).join(" and ")} both go to stdout.`,
      "Write all but one to files: --format junit=report.xml.",
    );
  return sinks;
}

export async function writeSinks<F extends string>(
  sinks: readonly Sink<F>[],
  render: (format: F, look: { readonly color: boolean; readonly width?: number }) => string | Promise<string>,
  io: Io,
): Promise<void> {
  for (const { format, file } of sinks) {
    const text = await render(format, {
      color: file === null && io.color,
      ...(file === null && io.columns ? { width: io.columns } : {}),
    });
    if (file === null) io.out(text);
    else await writeText(resolve(io.cwd, file), text);
  }
}

/** @throws SandglassError `BAD_USAGE` when it cannot be written there */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new SandglassError(
      "BAD_USAGE",
      `${path} cannot be written: ${messageOf(error)}`,
      "Name a file in a folder that you may write to.",
      { cause: error },
    );
  }
}
