/** `sandglass record`: one live call, kept as a scenario with mocks. Only with the network asked for; never over another. */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { recordedScenario, type RecordedScenario, type SeenAnswer } from "../config/recorded.ts";
import { hasScenario, scenarioPlaceOf, withScenario, type ScenarioPlace } from "../config/scenario-write.ts";
import type { LoadedConfig } from "../config/types.ts";
import type { Evidence } from "../model/evidence.ts";
import { temporaryFolder } from "../lib/temporary-folder.ts";
import { jsonText } from "../model/json-text.ts";
import { defined } from "../model/defined.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { Scenario, Widget } from "../model/widget.ts";
import { safeLines } from "../report/shared/text.ts";
import { jobsOf } from "../runner/jobs.ts";
import { Masking } from "../scan/index.ts";
import { runCheck } from "./check.ts";
import { EXIT, timingOf, type Io } from "./io.ts";
import type { RecordOptions } from "./options.ts";
import { writeText } from "./output.ts";
import { withSession } from "./session.ts";
import { jobsOptionsOf, settingsOf, type Settings } from "./settings.ts";

/** @throws SandglassError `BAD_USAGE`, `NO_WIDGETS`, and what loading and rendering throw */
export async function record(targets: readonly string[], options: RecordOptions, io: Io): Promise<number> {
  const name = nameIn(options);
  const settings = await settingsOf(options, io);
  const live = { ...settings, ...defined({ config: await withInput(options, name, settings, io) }) };
  const folder = temporaryFolder("sandglass-record-");
  try {
    const har = join(folder.path, "answers.har");
    const { value, closed } = await withSession(
      { targets, options: { ...options, record: har }, settings: live, io, coverage: false },
      async ({ widgets, gatherer, progress }) => {
        const widget = oneOf(widgets, options);
        const place = await placeOf(widget, options, settings, io);
        await refuseOverwriting(place, name, options, io);
        progress.show(`Recording ${widget.name}`);
        const base = baseOf(widget, name);
        const [job] = jobsOf([{ ...widget, scenarios: [base] }], jobsOptionsOf({}, live));
        if (!job) throw new SandglassError("NO_WIDGETS", "There is nothing to record.", "Name a host: --profile.");
        return { widget, place, base, evidence: await gatherer.gather(job) };
      },
    );
    await closed;
    return await keep({ ...value, name, answers: await answersIn(har) }, { targets, options, settings, io });
  } finally {
    folder.remove();
  }
}

function nameIn({ scenario, network, replay, record: har }: RecordOptions): string {
  if (scenario === undefined)
    throw new SandglassError("BAD_USAGE", "The scenario has no name.", "Give it one: --scenario NAME.");
  if (network !== "live")
    throw new SandglassError(
      "BAD_USAGE",
      "A live call is recorded, and the network was not asked for.",
      "Add --network live: the widget's allowed requests are then made.",
    );
  if (replay !== undefined || har !== undefined)
    throw new SandglassError("BAD_USAGE", "record asks the network itself.", "Leave out --replay and --record.");
  return scenario;
}

/** The config with the input as the tool's only scenario, so that the tool is called with it; undefined: as it is. */
async function withInput(
  { tool, input, mcp, mcpStdio }: RecordOptions,
  name: string,
  { config }: Settings,
  io: Io,
): Promise<LoadedConfig | undefined> {
  if (input === undefined) return undefined;
  if (tool === undefined)
    throw new SandglassError("BAD_USAGE", "--input is for a tool, and none was named.", "Add --tool NAME.");
  if ((mcp ?? mcpStdio ?? config?.mcp ?? config?.mcpStdio) === undefined)
    throw new SandglassError("BAD_USAGE", "--input needs an MCP server.", 'Add --mcp URL or --mcp-stdio "COMMAND".');
  const { configOfValue } = await import("../config/load.ts");
  const known = config ?? (await configOfValue({}, io.cwd));
  return { ...known, scenarios: { ...known.scenarios, [tool]: [{ name, toolInput: inputIn(input) }] } };
}

function inputIn(written: string): unknown {
  try {
    return JSON.parse(written) as unknown;
  } catch (error) {
    throw new SandglassError(
      "BAD_USAGE",
      `--input is not JSON: ${messageOf(error)}`,
      `Write it as --input '{"city":"Lisbon"}'.`,
    );
  }
}

function oneOf(widgets: readonly Widget[], { tool }: RecordOptions): Widget {
  const chosen = tool === undefined ? widgets : widgets.filter((widget) => widget.name === tool);
  const [widget, another] = chosen;
  const names = widgets.map((one) => one.name).join(", ");
  if (!widget)
    throw new SandglassError("NO_WIDGETS", `There is no widget of the tool ${tool ?? ""}.`, `There is ${names}.`);
  if (another)
    throw new SandglassError(
      "BAD_USAGE",
      `One scenario is of one widget, and there are ${chosen.length}: ${names}.`,
      "Name one: its folder, its file, its ui:// name, or --tool NAME.",
    );
  return widget;
}

/** What is given again is the scenario of that name, else the first; what answered it before does not answer now. */
function baseOf({ scenarios }: Widget, name: string): Scenario {
  const found = scenarios.find((one) => one.name === name) ?? scenarios[0];
  const { mocks: _mocks, expect: _expect, writtenAt: _writtenAt, ...base } = found ?? { name };
  return { ...base, name };
}

const placeOf = (
  widget: Widget,
  { mcp, mcpStdio }: RecordOptions,
  { config }: Settings,
  { cwd }: Io,
): Promise<ScenarioPlace> => scenarioPlaceOf({ widget, config, cwd, server: defined({ mcp, mcpStdio }) });

async function refuseOverwriting(
  place: ScenarioPlace,
  name: string,
  { write, overwrite }: RecordOptions,
  { cwd }: Io,
): Promise<void> {
  if (!write || overwrite || !existsSync(place.file)) return;
  if (await hasScenario(await readFile(place.file, "utf8"), place, name))
    throw new SandglassError(
      "BAD_USAGE",
      `${relative(cwd, place.file)} has a scenario "${name}" already.`,
      "Give another name, or say --overwrite.",
    );
}

interface Made {
  readonly widget: Widget;
  readonly place: ScenarioPlace;
  readonly name: string;
  readonly base: Scenario;
  readonly evidence: Evidence;
  readonly answers: readonly SeenAnswer[];
}

interface Asked {
  readonly targets: readonly string[];
  readonly options: RecordOptions;
  readonly settings: Settings;
  readonly io: Io;
}

async function keep({ place, name, base, evidence, answers }: Made, asked: Asked): Promise<number> {
  const { options, settings, io } = asked;
  const masks = new Masking(settings.secrets);
  const { document } = evidence.artifacts;
  const { name: _name, inventedArguments, inventedResult, noResult, ...given } = base;
  const made = recordedScenario(
    {
      name,
      given,
      answers,
      sandbox: document.status === "ok" ? document.value.origin : "",
      folder: "mocks",
    },
    masks,
  );
  for (const line of notesOf(made, masks, { answers: answers.length, inventedArguments }))
    io.err(`${safeLines(line)}\n`);
  if (inventedResult ?? noResult)
    io.err(
      "The tool was not called, or gave no result: the scenario holds none. Give its arguments: --tool NAME --input '{…}'.\n",
    );
  if (!options.write) {
    io.out(`${jsonText({ [name]: made.scenario })}\n`);
    return EXIT.clean;
  }
  await writeScenario(made, place, name);
  const shown = relative(io.cwd, place.file);
  io.out(`${safeLines(`wrote scenario "${name}" to ${shown}`)}\n`);
  if (place.toAdd !== undefined) {
    io.out(`${safeLines(`It is read once the config names it: ${place.toAdd}`)}\n`);
    return EXIT.clean;
  }
  return verify(name, asked);
}

async function writeScenario({ scenario, files }: RecordedScenario, place: ScenarioPlace, name: string): Promise<void> {
  const text = existsSync(place.file) ? await readFile(place.file, "utf8") : null;
  await writeText(place.file, await withScenario(text, place, name, scenario));
  for (const [path, bytes] of files) {
    const file = resolve(dirname(place.file), path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

/** What was kept, judged as anybody will judge it: without the network. */
async function verify(name: string, { targets, options, io }: Asked): Promise<number> {
  const { network: _network, allowLocal: _local, tool: _tool, input: _input, write: _write, ...same } = options;
  const { overwrite: _overwrite, ...render } = same;
  const { result, closed } = await runCheck({
    targets,
    options: { ...render, scenario: name },
    io: { ...io, err: () => undefined },
    timing: timingOf(io, false),
    withAllowlist: false,
  });
  await closed;
  const open = result.runs.flatMap(({ checks }) =>
    checks.flatMap(({ id, outcome, open: isOpen, reason, findings, severity }) => [
      ...findings
        .filter((finding) => outcome === "fail" && (finding.severity ?? severity) === "error")
        .map(({ message }) => `  ${id}: ${message}`),
      ...(isOpen ? [`  ${id}: ${reason?.message ?? "could not be decided"}`] : []),
    ]),
  );
  io.out(
    `${[`check --scenario "${name}", without the network: ${result.verdict}`, ...open].map(safeLines).join("\n")}\n`,
  );
  return EXIT.clean;
}

function notesOf(
  { scenario, files, leftOut }: RecordedScenario,
  masks: Masking,
  { answers, inventedArguments }: { readonly answers: number; readonly inventedArguments: boolean | undefined },
): string[] {
  const kinds = masks.kinds;
  return [
    `${answers} answer(s) of the network were seen; ${scenario.mocks?.length ?? 0} mock(s), ${files.size} of them files.`,
    ...leftOut.map((one) => `left out: ${one}`),
    ...(kinds.length > 0 ? [`masked: ${kinds.join(", ")}; what the widget shows of it is the mask.`] : []),
    ...(inventedArguments
      ? ["The tool's arguments were invented from its schema: --tool NAME --input '{…}' gives better ones."]
      : []),
  ];
}

interface HarEntry {
  readonly request: { readonly method: string; readonly url: string };
  readonly response: {
    readonly status: number;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
    readonly content: { readonly text?: string };
  };
}

async function answersIn(har: string): Promise<SeenAnswer[]> {
  const { log } = JSON.parse(await readFile(har, "utf8")) as {
    readonly log: { readonly entries: readonly HarEntry[] };
  };
  return log.entries.map(({ request, response }) => ({
    method: request.method,
    url: request.url,
    status: response.status,
    headers: Object.fromEntries(response.headers.map(({ name, value }) => [name.toLowerCase(), value])),
    body: Buffer.from(response.content.text ?? "", "base64"),
  }));
}
