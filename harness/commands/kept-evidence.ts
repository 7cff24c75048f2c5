/** What was observed, in a folder: written with `--save-evidence`, read with `--evidence`. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { profileById } from "../../host/profiles/index.ts";
import type { Rendering } from "../gather/types.ts";
import type { JudgeOptions } from "../judge/judge.ts";
import { SandglassError, messageOf } from "../model/errors.ts";
import type { Evidence } from "../model/evidence.ts";
import type { ServerEvidence } from "../model/evidence/server.ts";
import { fileNameFor } from "../model/file-name.ts";
import { writeText } from "./output.ts";

export interface Observed {
  readonly evidence: readonly Evidence[];
  readonly servers: readonly ServerEvidence[];
}

export type RawLogs = Required<Pick<Rendering, "raw" | "trials">>;

/** Evidence, and beside it the raw logs that it was joined from; only evidence is read again. */
export async function saveEvidence(
  folder: string,
  { evidence, servers }: Observed,
  rawLogs: ReadonlyMap<Evidence, RawLogs>,
): Promise<void> {
  for (const server of servers)
    await writeText(
      join(folder, `${fileNameFor([server.server])}.server.json`),
      `${JSON.stringify(server, null, 1)}\n`,
    );
  for (const one of evidence) {
    const name = fileNameFor([one.widget, one.profile, one.scenario]);
    await writeText(join(folder, `${name}.evidence.json`), `${JSON.stringify(one, null, 1)}\n`);
    const kept = rawLogs.get(one);
    if (!kept) continue;
    await writeText(join(folder, `${name}.raw.json`), `${JSON.stringify(kept.raw, null, 1)}\n`);
    for (const { trial, round, raw } of kept.trials)
      await writeText(
        join(folder, `${name}.${trial}${round === 0 ? "" : "-again"}.raw.json`),
        `${JSON.stringify(raw, null, 1)}\n`,
      );
  }
}

export async function readEvidence(folder: string, { profiles = [] }: JudgeOptions): Promise<Observed> {
  const next = "Make it with `sandglass check --save-evidence DIR`.";
  const names = await readdir(folder).catch((error: unknown) => {
    throw new SandglassError("BAD_EVIDENCE", `${folder} cannot be read: ${messageOf(error)}`, next, { cause: error });
  });
  const files = names.filter((name) => name.endsWith(".evidence.json")).sort();
  const serverFiles = names.filter((name) => name.endsWith(".server.json")).sort();
  if (files.length + serverFiles.length === 0)
    throw new SandglassError("BAD_EVIDENCE", `${folder} holds no *.evidence.json.`, next);
  const { readOneEvidence, readServerEvidence } = await import("./saved.ts");
  const servers = await Promise.all(serverFiles.map((name) => readServerEvidence(join(folder, name), name)));
  const evidence = await Promise.all(files.map((name) => readOneEvidence(join(folder, name), name)));
  const unknown = evidence.find(
    ({ profile }) => profileById(profile) === undefined && !profiles.some(({ id }) => id === profile),
  );
  if (unknown)
    throw new SandglassError(
      "UNKNOWN_PROFILE",
      `${unknown.widget} was observed under "${unknown.profile}", which is no host profile here.`,
      "Give the config that names it: --config FILE.",
    );
  return { evidence, servers };
}
