/** What `sandglass ready` takes from the server itself: results, tools, a first submission file, pictures. */
import { access, mkdir, open, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { judge } from "../judge/judge.ts";
import { withServers } from "../judge/servers.ts";
import type { Job } from "../gather/types.ts";
import { SandglassError } from "../model/errors.ts";
import { jsonText } from "../model/json-text.ts";
import type { ServerCall, ServerEvidence, ServerTool } from "../model/evidence/server.ts";
import { fileNameFor } from "../model/file-name.ts";
import type { Given } from "../model/readiness.ts";
import type { RunResult } from "../model/result.ts";
import { draftOf, type PlayedScenario } from "../readiness/draft.ts";
import { gatherAll, jobsOf } from "../runner/jobs.ts";
import { chosenOf } from "./chosen.ts";
import type { Io } from "./io.ts";
import type { ReadyOptions } from "./options.ts";
import { writeText } from "./output.ts";
import { probedEvidence } from "./probing.ts";
import { gatherServers } from "./server-session.ts";
import { withSession } from "./session.ts";
import { judgeOptionsOf, settingsOf, type Settings } from "./settings.ts";

export interface LookedAt {
  /** Of the server alone: what it says of its widgets, and not how they render. */
  readonly result: RunResult;
  readonly name: string;
  readonly tools: readonly ServerTool[];
  readonly scenarios: readonly PlayedScenario[];
  /** Given by pictures that were made; empty when none were asked for. */
  readonly pictures: Readonly<Record<string, Given>>;
}

/** @throws SandglassError `BAD_USAGE` when no server was given */
export async function lookAtServer(options: ReadyOptions, io: Io): Promise<LookedAt> {
  if (options.draft !== undefined) await refuseToOverwrite(options.draft, io);
  const settings = await settingsOf(options, io);
  const { servers, pictures } =
    options.screenshots === undefined
      ? { servers: await serversAlone(options, settings, io), pictures: {} }
      : await withPictures(options.screenshots, options, settings, io);
  const [server] = servers;
  if (!server)
    throw new SandglassError(
      "BAD_USAGE",
      "The list is for an MCP server, and none was given.",
      "Add --mcp URL, or --result FILE that `sandglass check --format json=FILE` wrote.",
    );
  const { tools, identity, calls } = server.artifacts;
  const judging = judgeOptionsOf(settings);
  const entries = tools.status === "ok" ? tools.value.entries : [];
  return {
    result: withServers(judge([], judging), servers, judging),
    name: identity.status === "ok" ? (identity.value.title ?? identity.value.name) : "",
    tools: entries,
    scenarios: playedOf(entries, calls.status === "ok" ? calls.value : [], settings),
    pictures,
  };
}

async function serversAlone(options: ReadyOptions, settings: Settings, io: Io): Promise<readonly ServerEvidence[]> {
  const chosen = chosenOf({});
  const { value, closed } = await gatherServers({ targets: [], options, settings, io, chosen });
  await closed;
  return value;
}

/** Of the portal, September 2026: CSS pixels. */
const WIDTH = 706;
const HEIGHTS = [400, 860] as const;

interface Pictured {
  readonly servers: readonly ServerEvidence[];
  readonly pictures: LookedAt["pictures"];
}

/** Renders each scenario once, inline and in the light theme unless it says otherwise. */
async function withPictures(folder: string, options: ReadyOptions, settings: Settings, io: Io): Promise<Pictured> {
  const screenshots = resolve(io.cwd, folder);
  await mkdir(screenshots, { recursive: true });
  const request = { targets: [], options, settings, io, screenshots, screenshotHeights: HEIGHTS };
  const { value, closed } = await withSession(request, async ({ gatherer, widgets, servers, progress }) => {
    const jobs = jobsOf(widgets, { profiles: settings.profiles.slice(0, 1) }).map(inFrame);
    await removePictures(screenshots, jobs);
    await gatherAll(gatherer, jobs, settings.workers, (done, { widget }) =>
      progress.show(`${done}/${jobs.length} ${widget.name}`),
    );
    const probing = { options, settings, io, chosen: chosenOf({}) };
    return { jobs, servers: await probedEvidence(servers, probing) };
  });
  await closed;
  return { servers: value.servers, pictures: { "ui/screenshots": await pictureGiven(screenshots, value.jobs) } };
}

const inFrame = (job: Job): Job => ({
  ...job,
  scenario: { ...job.scenario, context: { ...job.scenario.context, displayMode: "inline", width: WIDTH } },
});

const pictureName = ({ widget, profile, scenario }: Job): string =>
  `${fileNameFor([widget.name, profile.id, scenario.name])}.png`;

/** One of an earlier run says nothing of this one. */
export async function removePictures(folder: string, jobs: readonly Job[]): Promise<void> {
  await Promise.all(jobs.map((job) => rm(join(folder, pictureName(job)), { force: true })));
}

/** What stands in the files, whatever was asked for. */
export async function pictureGiven(folder: string, jobs: readonly Job[]): Promise<Given> {
  const sizes = await Promise.all(
    jobs.map(async (job) => {
      const name = pictureName(job);
      return { name, size: await pngSize(join(folder, name)) };
    }),
  );
  const wrong = sizes.filter(({ size }) => !size || size[0] !== WIDTH || size[1] < HEIGHTS[0] || size[1] > HEIGHTS[1]);
  if (sizes.length === 0) return { state: "failed", detail: "no widget was rendered" };
  return wrong.length === 0
    ? { state: "passed", detail: `${sizes.length} made, of the right size: look at them, and take one for each prompt` }
    : { state: "failed", detail: `not made, or of another size: ${wrong.map(({ name }) => name).join(", ")}` };
}

/** Width and height in a PNG's first chunk; null when there is no such file. */
async function pngSize(path: string): Promise<readonly [number, number] | null> {
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(24), 0, 24, 0);
    return bytesRead === 24 ? [buffer.readUInt32BE(16), buffer.readUInt32BE(20)] : null;
  } finally {
    await file.close();
  }
}

/** Scenarios of the config, each with the call that it was, and of tools without any the call that was made unasked. */
function playedOf(
  tools: readonly ServerTool[],
  calls: readonly ServerCall[],
  { config }: Settings,
): readonly PlayedScenario[] {
  return tools.flatMap(({ name: tool }): readonly PlayedScenario[] => {
    const own = calls.filter((call) => call.tool === tool);
    const written = config?.scenarios[tool] ?? [];
    if (written.length === 0) return own.slice(0, 1).map((call) => ({ name: "default", tool, call }));
    return written.map(({ name, prompt, toolInput, toolOutput, content, isError }): PlayedScenario => {
      const asked = own.find((call) => isDeepStrictEqual(call.arguments, toolInput));
      const isWritten = toolOutput !== undefined || content !== undefined || isError !== undefined;
      const stated = { content: content ?? [], isError: isError === true, error: null };
      return { name, tool, ...(prompt === undefined ? {} : { prompt }), call: isWritten ? stated : asked };
    });
  });
}

/** What an author wrote is not written over. */
async function refuseToOverwrite(file: string, io: Io): Promise<void> {
  const isThere = await access(resolve(io.cwd, file)).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new SandglassError(
      "BAD_USAGE",
      `${file} is there already, and --draft writes nothing over.`,
      `Look it through with --submission ${file}, or give another name.`,
    );
}

export async function writeDraft(file: string, { name, tools, scenarios }: LookedAt, io: Io): Promise<void> {
  const draft = draftOf({ name, tools, scenarios });
  await writeText(resolve(io.cwd, file), `${jsonText(draft)}\n`);
  io.err(`${file}: begun; write what is marked TODO, then give it to --submission.\n`);
}
