/** `sandglass ready`: the submission's list, with what the checks say of each item. */
import { resolve } from "node:path";
import { judge } from "../judge/judge.ts";
import { withServers } from "../judge/servers.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { RunResult } from "../model/result.ts";
import { readinessOf, type Given } from "../readiness/assess.ts";
import { readinessItems } from "../readiness/items.ts";
import { markdownReadiness, prettyReadiness } from "../report/ready/index.ts";
import { safeLines } from "../report/shared/text.ts";
import { chosenOf } from "./chosen.ts";
import { EXIT, type Io } from "./io.ts";
import type { ReadyOptions } from "./options.ts";
import { readResult } from "./saved.ts";
import { gatherServers } from "./server-session.ts";
import { judgeOptionsOf, settingsOf } from "./settings.ts";

/** 0 when nothing that a machine tests fails or stayed open, 1 when something fails, else 2. */
export async function ready(options: ReadyOptions, io: Io): Promise<number> {
  const results = options.result
    ? await Promise.all(options.result.map((file) => readResult(resolve(io.cwd, file), file)))
    : [await resultOfServer(options, io)];
  const readiness = readinessOf(readinessItems, results, await challengeOf(options));
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

/** The server alone: what it says of its widgets, and not how they render. */
async function resultOfServer(options: ReadyOptions, io: Io): Promise<RunResult> {
  const settings = await settingsOf(options, io);
  const chosen = chosenOf({});
  const { value: servers, closed } = await gatherServers({ targets: [], options, settings, io, chosen });
  await closed;
  if (servers.length === 0)
    throw new SandglassError(
      "BAD_USAGE",
      "The list is for an MCP server, and none was given.",
      "Add --mcp URL, or --result FILE that `sandglass check --format json=FILE` wrote.",
    );
  const judging = judgeOptionsOf(settings);
  return withServers(judge([], judging), servers, judging);
}

const CHALLENGE = "/.well-known/openai-apps-challenge";

/** Looked up only when asked. @throws SandglassError `BAD_USAGE` */
async function challengeOf({ domainChallenge, mcp }: ReadyOptions): Promise<Given> {
  if (domainChallenge === undefined) return {};
  if (mcp === undefined || !URL.canParse(mcp))
    throw new SandglassError("BAD_USAGE", "--domain-challenge needs the server's address.", "Add --mcp URL.");
  try {
    const response = await fetch(new URL(CHALLENGE, mcp), { signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    return { "domain/challenge-file": response.ok && text.trim() === domainChallenge ? "passed" : "failed" };
  } catch (error) {
    throw new SandglassError(
      "SERVER_UNREACHABLE",
      `${new URL(CHALLENGE, mcp).href} did not answer: ${messageOf(error)}`,
      "Start the server, or leave out --domain-challenge.",
      { cause: error },
    );
  }
}
