/** What one worker of Playwright Test shares among its tests: the config, and a browser once a widget is opened. */
import { dirname } from "node:path";
import type { HostProfile } from "../../host/profiles/types.ts";
import {
  EXPLORE_BY_DEFAULT,
  gathererOptionsOf,
  judgeOptionsOf,
  loadOptionsOf,
  settingsOf,
  type Settings,
} from "../commands/settings.ts";
import type { RenderOptions } from "../commands/options.ts";
import { configOfValue } from "../config/load.ts";
import type { Gatherer, Job, OpenWidget } from "../gather/types.ts";
import { openGatherer } from "../gather/index.ts";
import { judge } from "../judge/judge.ts";
import { defined } from "../model/defined.ts";
import { SandglassError } from "../model/errors.ts";
import { TRIALS } from "../model/evidence.ts";
import type { WidgetRun } from "../model/result.ts";
import type { LoadedTarget, Scenario, SecondResult, Widget } from "../model/widget.ts";
import { jobsOf, profilesNamed } from "../runner/jobs.ts";
import { loadTarget } from "../sources/index.ts";
import { configOf, ioOf, maskingErrors, renderOptionsOf, type LibraryIo } from "./options.ts";
import type { RenderRequest } from "./requests.ts";
import type { OpenRequest, Stage } from "./widget.ts";

/** `use: { sandglass: { mcpStdio: "node server.js" } }`; paths belong to the folder of Playwright's config. */
export type SandglassOptions = Omit<RenderRequest, "targets" | "scenario" | "signal" | "workers" | "explore">;

export interface WorkerStage {
  forTest(connect: Stage["connect"]): Stage;
  close(): Promise<void>;
}

interface Ready {
  readonly io: LibraryIo;
  readonly options: RenderOptions;
  readonly settings: Settings;
  readonly gatherer: Gatherer;
}

/** Nothing is started before a widget is opened. @param configFile that of Playwright Test */
export function openWorker(asked: SandglassOptions, configFile: string | undefined): WorkerStage {
  const request = { cwd: configFile === undefined ? process.cwd() : dirname(configFile), ...asked };
  const io = ioOf(request);
  let starting: Promise<Ready> | undefined;
  const ready = (): Promise<Ready> => (starting ??= start(request, io));
  return {
    forTest: (connect) => masked(new TestStage(ready, connect), io),
    close: () => maskingErrors(io, async () => (await starting?.catch(() => null))?.gatherer.close()),
  };
}

/** No error of it shows what the user gave to be let in. */
function masked(stage: Stage, io: LibraryIo): Stage {
  return {
    connect: stage.connect,
    open: (request) => maskingErrors(io, async () => maskedWidget(await stage.open(request), io)),
    runsIn: (profile, delivered) => maskingErrors(io, () => stage.runsIn(profile, delivered)),
  };
}

const maskedWidget = (widget: OpenWidget, io: LibraryIo): OpenWidget => ({
  transport: widget.transport,
  evidence: () => maskingErrors(io, () => widget.evidence()),
  rest: (ms) => maskingErrors(io, () => widget.rest(ms)),
  deliver: (result) => maskingErrors(io, () => widget.deliver(result)),
  travel: (ms) => maskingErrors(io, () => widget.travel(ms)),
  close: () => maskingErrors(io, () => widget.close()),
});

async function start(request: RenderRequest, io: LibraryIo): Promise<Ready> {
  const options = renderOptionsOf(request);
  const written = await settingsOf(options, io, await configOf(request, io));
  const settings = { ...written, config: written.config ?? (await configOfValue({}, io.cwd)) };
  return { io, options, settings, gatherer: await openGatherer(gathererOptionsOf(options, settings)) };
}

interface Held {
  readonly job: Job;
  readonly evidence: () => ReturnType<Gatherer["gather"]>;
}

class TestStage implements Stage {
  #held: Held | null = null;

  constructor(
    private readonly ready: () => Promise<Ready>,
    readonly connect: Stage["connect"],
  ) {}

  async open(request: OpenRequest): Promise<OpenWidget> {
    const ready = await this.ready();
    const target = await load(ready, request);
    try {
      const widget = widgetIn(target.widgets, request);
      const [profile] = profilesOf(request.profile, ready.settings);
      if (!profile) throw new SandglassError("BAD_USAGE", "No host profile was named.", "Name one, e.g. chatgpt.");
      const job = jobOf(widget, scenarioFor(widget, request), profile, ready.settings);
      const opened = await ready.gatherer.open(job);
      const evidence = () => opened.evidence();
      this.#held = { job, evidence };
      return {
        transport: opened.transport,
        evidence,
        rest: (ms) => opened.rest(ms),
        deliver: (result) => opened.deliver(result),
        travel: (ms) => opened.travel(ms),
        close: async () => {
          this.#held = null;
          await opened.close().finally(() => target.close());
        },
      };
    } catch (error) {
      await target.close();
      throw error;
    }
  }

  async runsIn(name: string, delivered: SecondResult | undefined): Promise<readonly WidgetRun[]> {
    const held = this.#held;
    if (!held) throw new SandglassError("BAD_USAGE", "No widget is open.", "await widget.open({ target }) first.");
    const { settings, gatherer } = await this.ready();
    const { widget, scenario, profile } = held.job;
    const given = delivered === undefined ? scenario : { ...scenario, ...delivered };
    const jobs = profilesOf(name, settings).flatMap((host) =>
      jobsOf([{ ...widget, scenarios: [given] }], {
        profiles: [host],
        assumptions: settings.assumptions,
        trials: settings.config?.trials ?? TRIALS,
        trialsByScenario: true,
        explore: EXPLORE_BY_DEFAULT,
      }),
    );
    const own = profile.id === name ? [await held.evidence()] : [];
    const rendered = await Promise.all(jobs.map((job) => gatherer.gather(job)));
    return judge([...own, ...rendered], judgeOptionsOf(settings)).runs;
  }
}

const profilesOf = (name: string | undefined, { profiles, config }: Settings): readonly HostProfile[] =>
  name === undefined ? profiles : profilesNamed([name], config?.profiles);

function jobOf(widget: Widget, scenario: Scenario, profile: HostProfile, { assumptions }: Settings): Job {
  const [job] = jobsOf([{ ...widget, scenarios: [scenario] }], { profiles: [profile], assumptions });
  if (!job) throw new Error("a widget, a scenario and a host make one job");
  return job;
}

/** A tool of a server is asked with what the test gives, in place of the config's scenarios of it. */
async function load({ io, options, settings }: Ready, request: OpenRequest): Promise<LoadedTarget> {
  const { target, tool } = request;
  const { config } = settings;
  const hasServer = (options.mcp ?? options.mcpStdio ?? config?.mcp ?? config?.mcpStdio) !== undefined;
  const isCalled = hasServer && (target === undefined || target.startsWith("ui://")) && givesAnything(request);
  const loaded =
    config && tool !== undefined && isCalled
      ? {
          ...config,
          scenarios: { ...config.scenarios, [tool]: [scenarioOf(config.scenarios[tool] ?? [], request, true)] },
        }
      : config;
  return loadTarget(loadOptionsOf(target === undefined ? [] : [target], options, { ...settings, config: loaded }, io));
}

const givesResult = ({ output, content, _meta }: OpenRequest): boolean =>
  output !== undefined || content !== undefined || _meta !== undefined;

/** A tool is called as the test says, and not as the config does. */
const givesAnything = (request: OpenRequest): boolean =>
  request.input !== undefined || request.scenario !== undefined || givesResult(request);

/** @throws SandglassError `BAD_USAGE`, `UNKNOWN_SCENARIO` */
function scenarioFor({ source, scenarios }: Widget, request: OpenRequest): Scenario {
  const { tool, input, output } = request;
  if (source.kind !== "mcp") return scenarioOf(scenarios, request);
  if (tool === undefined && input !== undefined && !givesResult(request))
    throw new SandglassError(
      "BAD_USAGE",
      "input is for a tool, and none was named.",
      "await widget.open({ tool, input }), or give its output, too.",
    );
  const [played] = scenarios;
  if (tool === undefined || !played || !givesAnything(request)) return scenarioOf(scenarios, request);
  // It was called with what the test gives; that it has no result yet is the test's to say.
  const { toolOutput: _output, content: _content, _meta: _hidden, noResult: _none, ...waiting } = played;
  return output === null ? waiting : played;
}

/** @throws SandglassError `BAD_USAGE` when it is none, or several */
function widgetIn(widgets: readonly Widget[], { tool, target = tool ?? "the target" }: OpenRequest): Widget {
  const wanted = tool === undefined ? widgets : widgets.filter((one) => one.tool?.name === tool || one.name === tool);
  const [widget, ...others] = wanted;
  if (widget && others.length === 0) return widget;
  const names = widgets.map((one) => one.tool?.name ?? one.name).join(", ");
  throw new SandglassError(
    "BAD_USAGE",
    widget ? `${target} has ${wanted.length} widgets.` : `${target} has no widget of the tool ${tool ?? ""}.`,
    `Name one by its tool: ${names || "there is none"}.`,
  );
}

/** @throws SandglassError `UNKNOWN_SCENARIO` */
function named(scenarios: readonly Scenario[], name: string | undefined): Scenario {
  const found = name === undefined ? scenarios[0] : scenarios.find((one) => one.name === name);
  if (found || name === undefined) return found ?? { name: "test" };
  throw new SandglassError(
    "UNKNOWN_SCENARIO",
    `The widget has no scenario "${name}".`,
    `There is ${scenarios.map((one) => one.name).join(", ") || "none"}.`,
  );
}

/**
 * The scenario that is named, else the first, with what the test gives in its place.
 * @param isCalled the tool answers to another input; else the scenario's result stays beside it
 * @throws SandglassError `UNKNOWN_SCENARIO`
 */
function scenarioOf(scenarios: readonly Scenario[], request: OpenRequest, isCalled = false): Scenario {
  const { input, output, widgetState, context, mocks = [], tools = {} } = request;
  const written = named(scenarios, request.scenario);
  const { toolOutput, content, _meta, isError, inventedResult, noResult, ...base } = written;
  const first = defined({ toolOutput, content, _meta, isError, inventedResult, noResult });
  const asksAnew = givesResult(request) || (isCalled && input !== undefined);
  return {
    ...base,
    ...(asksAnew
      ? defined({ toolOutput: output ?? undefined, content: request.content, _meta: request._meta })
      : first),
    ...defined({ toolInput: input ?? base.toolInput, widgetState: widgetState ?? base.widgetState }),
    context: { ...base.context, ...context },
    mocks: [...mocks, ...(base.mocks ?? [])],
    tools: { ...base.tools, ...tools },
  };
}
