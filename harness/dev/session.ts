/** What `sandglass dev` serves: widgets that load, reload and fail each on their own, and the harness behind the page. */
import { profiles as builtIn } from "../../host/profiles/index.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import type { LiveBatch } from "../../host/server/live-records.ts";
import type {
  Arrival,
  CheckInfo,
  CheckRequest,
  DevBackend,
  LiveUpdate,
  OverlayAnswer,
  OverlayRequest,
  PolicyReport,
  Problem,
  ServedWidget,
  StageAnswer,
  StageRequest,
  WidgetView,
} from "../../host/server/types.ts";
import { checks } from "../checks/index.ts";
import { SandglassError } from "../model/errors.ts";
import { serverPortFor } from "../gather/trial/stage-io.ts";
import type { JudgeOptions } from "../judge/judge.ts";
import type { Prose } from "../model/prose.ts";
import type { RunResult } from "../model/result.ts";
import type { Widget } from "../model/widget.ts";
import { hidingOf, type Hiding } from "../scan/index.ts";
import type { Checker } from "./checker.ts";
import { OverlayAnswers } from "./overlay-answers.ts";
import { profileNamed } from "./profile-named.ts";
import { Project, type ProjectOptions } from "./project.ts";
import { readSource, type SourceReading } from "./live/read-source.ts";
import { LiveStages } from "./live/stages.ts";
import { LiveUnit } from "./live-unit.ts";
import type { TargetPlan } from "../sources/plan.ts";
import { serverDesk } from "./server-desk.ts";
import type { ServerLog } from "./server-log.ts";
import { problemOf, viewOf, type Held } from "./views.ts";
import { FileWatch } from "./watch.ts";
import { importedFiles, scenarioOf } from "./widget-parts.ts";

export interface DevSessionOptions {
  readonly version: string;
  /** The target as people named it. */
  readonly target: string;
  /** Cuts the target into units: asked again when folders change. */
  plan(): TargetPlan;
  /** Folders whose new widget folders become units. */
  readonly roots: readonly string[];
  readonly profiles: readonly HostProfile[];
  readonly defaultProfile: string;
  readonly assumptions: Readonly<Record<string, string>>;
  readonly judging: JudgeOptions;
  /** What the user gave to be let in: no panel shows it. Default none. */
  readonly secrets?: readonly string[];
  readonly checker: Checker;
  /** Adds the lines of the project that a result speaks of. Default: none. */
  readonly placed?: (result: RunResult) => Promise<RunResult>;
  readonly project: Omit<ProjectOptions, "widget" | "answers" | "secrets">;
  readonly log: ServerLog;
  script(name: "guest" | "live-probe" | "live-worker"): string;
  explain(id: string): readonly Prose[] | null;
  /** A unit loaded, failed or recovered. */
  onUnit(unit: LiveUnit): void;
  /** Widgets or problems are other than before. */
  onSession(): void;
  /** More is known of a live rendering. */
  onLive(update: LiveUpdate): void;
  onFault(error: unknown): void;
}

export class DevSession implements DevBackend {
  readonly version: string;
  readonly target: string;
  readonly profiles: readonly HostProfile[];
  readonly defaultProfile: string;
  readonly assumptions: Readonly<Record<string, string>>;
  readonly project: Project;
  readonly checks: readonly CheckInfo[] = checks.map(({ id, title, severity }) => ({ id, title, severity }));
  #units: readonly LiveUnit[] = [];
  #planProblem: Problem | null = null;
  #planNotes: readonly string[] = [];
  readonly #sources = new WeakMap<Widget, Promise<SourceReading>>();
  readonly desk = serverDesk({
    server: () => this.#units.find(({ recorder }) => recorder !== null)?.recorder ?? null,
    widgets: () => this.#units.flatMap(({ widgets }) => widgets.map(({ widget }) => widget)),
    log: (after) => this.options.log.page(after),
  });
  readonly #live: LiveStages;
  readonly #answers = new OverlayAnswers();
  readonly #hiding: Hiding;
  readonly #watch = new FileWatch((paths) => this.#changed(paths));

  constructor(private readonly options: DevSessionOptions) {
    this.#hiding = hidingOf(options.secrets ?? []);
    this.version = options.version;
    this.target = this.#hiding.text(options.target);
    this.profiles = [...options.profiles.filter(({ id }) => !Object.hasOwn(builtIn, id)), ...Object.values(builtIn)];
    this.defaultProfile = options.defaultProfile;
    this.assumptions = options.assumptions;
    this.project = new Project({
      ...options.project,
      secrets: options.secrets ?? [],
      widget: (name) => this.#known(name),
      answers: (stage) => this.#answers.seenIn(stage),
    });
    this.#live = new LiveStages({
      onUpdate: (update) => this.options.onLive(update),
      onFault: (error) => this.options.onFault(error),
    });
  }

  get loading(): boolean {
    return this.#units.some(({ tried }) => !tried);
  }

  /** Resolves when everything has been tried once. */
  async start(): Promise<void> {
    await this.#plan();
  }

  async reload(): Promise<void> {
    await Promise.all(this.#units.map((unit) => unit.reload()));
  }

  async close(): Promise<void> {
    this.#watch.close();
    this.#live.close();
    this.options.log.close();
    await Promise.all([this.options.checker.close(), ...this.#units.map((unit) => unit.close())]);
  }

  warnings(): readonly string[] {
    return this.#hiding.every([...this.#planNotes, ...this.#units.flatMap(({ warnings }) => warnings)]);
  }

  /** What keeps a unit without any widget from being shown; a widget's own problem stands with it. */
  problem(): Problem | null {
    const empty = this.#units.find(({ widgets, problem }) => widgets.length === 0 && problem !== null);
    return this.#hiding.every(this.#planProblem ?? empty?.problem ?? null);
  }

  widgets(): readonly WidgetView[] {
    return this.#units.flatMap(({ widgets, problem }) => widgets.map((one) => viewOf(one, problem, this.#hiding)));
  }

  widget(name: string, scenarioName: string): ServedWidget | null {
    const found = this.#find(name);
    if (!found) return null;
    const { widget } = found.held;
    return {
      view: viewOf(found.held, found.problem, this.#hiding),
      html: widget.html,
      serverId: widget.serverId,
      port: serverPortFor(widget, scenarioOf(widget, scenarioName)),
    };
  }

  guestSource(): string {
    return this.options.script("guest");
  }

  script(name: "live-probe" | "live-worker"): string {
    return this.options.script(name);
  }

  answer(name: string, scenario: string, request: OverlayRequest, stage: number): Promise<OverlayAnswer> {
    return this.#answers.answer(this.#known(name), scenario, request, stage);
  }

  openStage(answer: StageAnswer, request: StageRequest): void {
    const widget = this.#known(request.widget);
    if (request.live) this.#answers.open(answer);
    this.#live.open({
      answer,
      request,
      widget,
      scenario: scenarioOf(widget, request.scenario),
      profile: profileNamed(this.profiles, request.profile),
      reading: this.#read(widget),
      judging: this.options.judging,
      hiding: this.#hiding,
    });
  }

  record(batch: LiveBatch, userAgent: string): void {
    this.#live.record(batch, userAgent);
  }

  arrived(arrival: Arrival): void {
    this.#live.arrived(arrival);
  }

  reported(report: PolicyReport): void {
    this.#live.reported(report);
  }

  async check(request: CheckRequest): Promise<RunResult> {
    const widget = this.#known(request.widget);
    const profile = profileNamed(this.profiles, request.profile);
    const scenario = scenarioOf(widget, request.scenario);
    const result = await this.options.checker.check(widget, scenario, profile, this.assumptions, request);
    return this.options.placed?.(result) ?? result;
  }

  explain(id: string): readonly Prose[] | null {
    return this.options.explain(id);
  }

  #find(name: string): { readonly held: Held; readonly problem: Problem | null } | null {
    for (const { widgets, problem } of this.#units) {
      const found = widgets.find(({ widget }) => widget.name === name);
      if (found) return { held: found, problem };
    }
    return null;
  }

  #known(name: string): Widget {
    const found = this.#find(name);
    if (!found)
      throw new SandglassError(
        "NO_WIDGETS",
        `${name} is not loaded.`,
        "Correct its source; the page updates by itself.",
      );
    return found.held.widget;
  }

  #read(widget: Widget): Promise<SourceReading> {
    let reading = this.#sources.get(widget);
    if (!reading) this.#sources.set(widget, (reading = readSource(widget)));
    return reading;
  }

  /** Units that are still named keep what they hold; new ones are loaded. */
  async #plan(): Promise<void> {
    // Watched before it is read: a folder that comes in between is not missed.
    this.#follow();
    let plan: TargetPlan;
    try {
      plan = this.options.plan();
      this.#planProblem = null;
    } catch (error) {
      // A folder may go while it is read: the next change asks again.
      this.#planProblem = problemOf(error);
      this.options.onSession();
      return;
    }
    this.#planNotes = plan.notes;
    const before = this.#units;
    this.#units = plan.parts.map(
      (unit) =>
        before.find((one) => one.unit.key === unit.key) ??
        new LiveUnit(unit, { onChange: (changed) => this.#settled(changed) }),
    );
    const gone = before.filter((one) => !this.#units.includes(one));
    const fresh = this.#units.filter((one) => !before.includes(one));
    this.#follow();
    await Promise.all([...gone.map((one) => one.close()), ...fresh.map((one) => one.reload())]);
    if (gone.length > 0) this.options.onSession();
  }

  #settled(unit: LiveUnit): void {
    this.#follow(unit.readAt);
    this.options.onUnit(unit);
    this.options.onSession();
  }

  #follow(readAt?: number): void {
    this.#watch.set(
      [
        ...this.options.roots,
        ...this.#units.flatMap(({ watched, widgets }) => [
          ...watched,
          ...widgets.flatMap(({ widget }) => importedFiles(widget)),
        ]),
      ],
      readAt,
    );
  }

  #changed(paths: readonly string[]): void {
    const touches = (root: string) =>
      paths.some((path) => path === root || path.startsWith(`${root}/`) || path.startsWith(`${root}\\`));
    if (this.#planProblem !== null || paths.some((path) => /(^|[\\/])widget\.json$/.test(path))) void this.#plan();
    for (const live of this.#units) {
      const watched = [...live.watched, ...live.widgets.flatMap(({ widget }) => importedFiles(widget))];
      if (watched.some(touches)) live.changed(paths);
    }
  }
}
