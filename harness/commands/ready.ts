/** `sandglass ready`: the submission's list, with what the checks say of each item, and what the author gave. */
import { resolve } from "node:path";
import { messageOf, SandglassError } from "../model/errors.ts";
import { jsonText } from "../model/json-text.ts";
import type { ServerTool } from "../model/evidence/server.ts";
import type { Given, Readiness } from "../model/readiness.ts";
import type { RunResult } from "../model/result.ts";
import { readinessOf } from "../readiness/assess.ts";
import { readinessItems } from "../readiness/items.ts";
import { givenBy } from "../readiness/submission.ts";
import { markdownReadiness, prettyReadiness } from "../report/ready/index.ts";
import { EXIT, type Io } from "./io.ts";
import type { ReadyOptions } from "./options.ts";
import { lookAtServer, writeDraft, type LookedAt } from "./ready-server.ts";
import { readResult } from "./saved.ts";
import { readSubmission } from "./submission-file.ts";

/** 0 when nothing that a machine tests fails or stayed open, 1 when something fails, else 2. */
export async function ready(options: ReadyOptions, io: Io): Promise<number> {
  const { submission: file, format = "pretty" } = options;
  const submission = file === undefined ? undefined : await readSubmission(resolve(io.cwd, file), file);
  const { results, looked } = await resultsOf(options, io);
  const given = {
    ...(submission ? givenBy(submission, looked?.tools.map(listedTool) ?? null) : {}),
    ...looked?.pictures,
    ...(await challengeOf(options)),
  };
  const readiness = readinessOf(readinessItems, results, given);
  const text = {
    pretty: () => prettyReadiness(readiness, { color: io.color }),
    markdown: () => markdownReadiness(readiness),
    json: () => `${jsonText(readiness)}\n`,
  }[format]();
  io.out(text);
  if (options.result === undefined && readiness.rows.some(({ state }) => state === "not-run"))
    io.err(
      "What the widgets do was not looked at: sandglass check --format json=check.json, with the same server, then sandglass ready --result check.json.\n",
    );
  return exitOf(readiness);
}

function exitOf({ rows }: Readiness): number {
  const states = rows.map(({ state }) => state);
  if (states.includes("failed")) return EXIT.findings;
  return states.includes("open") || states.includes("not-run") ? EXIT.undecided : EXIT.clean;
}

interface Results {
  readonly results: readonly RunResult[];
  /** Undefined when only results of before were read. */
  readonly looked?: LookedAt;
}

/** Of the server, which is asked unless results are given and nothing else is wanted of it. */
async function resultsOf(options: ReadyOptions, io: Io): Promise<Results> {
  const { result: files, draft, screenshots } = options;
  const kept = await Promise.all((files ?? []).map((name) => readResult(resolve(io.cwd, name), name)));
  if (files && draft === undefined && screenshots === undefined) return { results: kept };
  const looked = await lookAtServer(options, io);
  if (draft !== undefined) await writeDraft(draft, looked, io);
  return { results: files ? kept : [looked.result], looked };
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
