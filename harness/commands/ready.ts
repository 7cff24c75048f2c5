/** `sandglass ready`: the submission's list, with what the checks say of each item, and what the author gave. */
import { resolve } from "node:path";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { ServerTool } from "../model/evidence/server.ts";
import type { Given } from "../model/readiness.ts";
import { readinessOf } from "../readiness/assess.ts";
import { readinessItems } from "../readiness/items.ts";
import { givenBy } from "../readiness/submission.ts";
import { markdownReadiness, prettyReadiness } from "../report/ready/index.ts";
import { safeLines } from "../report/shared/text.ts";
import { EXIT, type Io } from "./io.ts";
import type { ReadyOptions } from "./options.ts";
import { lookAtServer, writeDraft } from "./ready-server.ts";
import { readResult } from "./saved.ts";
import { readSubmission } from "./submission-file.ts";

/** 0 when nothing that a machine tests fails or stayed open, 1 when something fails, else 2. */
export async function ready(options: ReadyOptions, io: Io): Promise<number> {
  const { result: files, submission: file } = options;
  const asksServer = !files || options.draft !== undefined || options.screenshots !== undefined;
  const submission = file === undefined ? undefined : await readSubmission(resolve(io.cwd, file), file);
  const looked = asksServer ? await lookAtServer(options, io) : undefined;
  const results = files
    ? await Promise.all(files.map((name) => readResult(resolve(io.cwd, name), name)))
    : [looked?.result].filter((one) => one !== undefined);
  const given = {
    ...(submission ? givenBy(submission, looked?.tools.map(listedTool) ?? null) : {}),
    ...looked?.pictures,
    ...(await challengeOf(options)),
  };
  if (options.draft !== undefined && looked) await writeDraft(options.draft, looked, io);
  const readiness = readinessOf(readinessItems, results, given);
  const format = options.format ?? "pretty";
  const text = {
    pretty: () => safeLines(prettyReadiness(readiness, { color: io.color })),
    markdown: () => markdownReadiness(readiness),
    json: () => `${JSON.stringify(readiness, null, 2)}\n`,
  }[format]();
  io.out(text);
  const states = readiness.rows.map(({ state }) => state);
  if (states.includes("failed")) return EXIT.findings;
  return states.includes("open") || states.includes("not-run") ? EXIT.undecided : EXIT.clean;
}

const listedTool = ({ name, entry }: ServerTool) => ({
  name,
  annotations: (entry.annotations ?? {}) as Readonly<Record<string, unknown>>,
});

const CHALLENGE = "/.well-known/openai-apps-challenge";

/** Looked up only when asked. @throws SandglassError `BAD_USAGE` */
async function challengeOf({ domainChallenge, mcp }: ReadyOptions): Promise<Readonly<Record<string, Given>>> {
  if (domainChallenge === undefined) return {};
  if (mcp === undefined || !URL.canParse(mcp))
    throw new SandglassError("BAD_USAGE", "--domain-challenge needs the server's address.", "Add --mcp URL.");
  try {
    const response = await fetch(new URL(CHALLENGE, mcp), { signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    const isServed = response.ok && text.trim() === domainChallenge;
    return { "domain/challenge-file": { state: isServed ? "passed" : "failed" } };
  } catch (error) {
    throw new SandglassError(
      "SERVER_UNREACHABLE",
      `${new URL(CHALLENGE, mcp).href} did not answer: ${messageOf(error)}`,
      "Start the server, or leave out --domain-challenge.",
      { cause: error },
    );
  }
}
