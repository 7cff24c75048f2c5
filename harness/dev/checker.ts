/** The real, headless check of what the page shows. The browser starts with the first one and stays. */
import { readDeclaration } from "../../host/csp/declaration.ts";
import type { CheckRequest } from "../../host/server/types.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import { allowlistOf } from "../allowlist/index.ts";
import type { Gatherer, GathererOptions, Job } from "../gather/types.ts";
import { judge, type JudgeOptions } from "../judge/judge.ts";
import type { RunResult } from "../model/result.ts";
import type { Scenario, Widget } from "../model/widget.ts";
import { LIMIT_RANGES } from "../model/limits.ts";
import { scenarioShown } from "./scenario-shown.ts";

export class Checker {
  #opening: Promise<Gatherer> | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: GathererOptions,
    private readonly judging: () => JudgeOptions,
  ) {}

  /** One check at a time. @throws SandglassError `BROWSER_NOT_FOUND`, `BROWSER_FAILED`, `BROWSER_LOST` */
  check(
    widget: Widget,
    scenario: Scenario,
    profile: HostProfile,
    assumptions: Readonly<Record<string, string>>,
    request: CheckRequest,
  ): Promise<RunResult> {
    const turn = this.#turn.then(() => this.#run(widget, scenario, profile, assumptions, request));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Ends a check that is under way with the browser. */
  async close(): Promise<void> {
    const gatherer = await this.#opening?.catch(() => null);
    await gatherer?.close();
  }

  async #run(
    widget: Widget,
    scenario: Scenario,
    profile: HostProfile,
    assumptions: Readonly<Record<string, string>>,
    request: CheckRequest,
  ): Promise<RunResult> {
    const gatherer = await this.#gatherer();
    const shown = request.meta ? { ...widget, meta: request.meta } : widget;
    const job: Job = {
      widget: shown,
      scenario: scenarioShown(scenario, request),
      profile,
      ...lifeOf(request),
      ...(Object.keys(assumptions).length > 0 ? { assumptions } : {}),
    };
    const evidence = await gatherer.gather(job).catch(async (error: unknown) => {
      // The browser is lost for good: the next check starts another.
      this.#opening = null;
      await gatherer.close();
      throw error;
    });
    const { declaration } = readDeclaration(shown.meta, profile.cspKeys.value);
    const allowlist = await allowlistOf({
      widget: { name: widget.name, declaration, serverOrigin: widget.serverOrigin },
      observed: [evidence],
    });
    return { ...judge([evidence], this.judging()), allowlist: [allowlist] };
  }

  #gatherer(): Promise<Gatherer> {
    this.#opening ??= import("../gather/index.ts").then(({ openGatherer }) => openGatherer(this.options));
    const opening = this.#opening;
    // A browser that could not start is tried again with the next check.
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    return opening;
  }
}

/** The page may ask for anything. */
function lifeOf({ lifeMs }: CheckRequest): Pick<Job, "lifeMs"> {
  if (typeof lifeMs !== "number" || !Number.isFinite(lifeMs)) return {};
  const { least, most } = LIMIT_RANGES.lifeMs;
  return { lifeMs: Math.min(most, Math.max(least, Math.round(lifeMs))) };
}
