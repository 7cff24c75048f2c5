/** One rendering, from documents to evidence. The order of events is here; the details are beside it. */
import type { HostState, StageCommand } from "../../../host/emulator/bridge/types.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import { Laps } from "../../lib/laps.ts";
import { defined } from "../../model/defined.ts";
import type { Job, Rendering } from "../types.ts";
import { emulateMedia, type Preferences } from "../witness/emulation.ts";
import { hasSteps, takeSteps, type ActReport } from "./act.ts";
import { commandOf } from "./commands.ts";
import { Expecting } from "./expecting.ts";
import { joiner } from "./joiner.ts";
import type { Giving } from "./life.ts";
import { joinSeen, readingOf, type Seen } from "./joining.ts";
import { lookAt, lookUntil, stageSession, type Looking } from "./look.ts";
import { preferencesOf, withOpening, type Opening, type RenderContext } from "./opening.ts";
import { changedState, planJob, screenshotNamed, type JobPlan } from "./plan.ts";
import { loadPlaywright, withPlaywright } from "./player.ts";
import { countTargets, explore } from "./press.ts";
import type { TrialWish } from "./run-trials.ts";
import { settle } from "./settle.ts";
import { driveStage } from "./stage-io.ts";
import { jobOfTrial } from "./trials.ts";
import { paintOf, watchWidget, type WatchInput } from "./watch.ts";

/** Never rejects for what a widget does. @throws ProtocolGone when the browser is lost */
export async function render(context: RenderContext, asked: Job, wish: TrialWish): Promise<Rendering> {
  const startedAt = performance.now();
  const laps = new Laps();
  const job = withState(jobOfTrial(asked, wish.trial), wish);
  const reading = readingOf(context);
  const plan = planJob(job, browserScript("guest"), wish.trial);
  const joining = joiner();
  let seen = await seeOnce(context, job, { plan, wish }, laps, "virtual");
  const { life } = seen.ending;
  // A loop that waits for the clock is seen in real time, in which it ends.
  if (life?.ended === "busy-wait") seen = await seeOnce(context, job, { plan, wish }, laps, { life });
  laps.mark("close");
  return joinSeen(context, {
    job,
    plan,
    seen,
    reading,
    joining,
    laps,
    startedAt,
    compared: asked.trials !== undefined,
  });
}

const withState = (job: Job, { keptState }: TrialWish): Job =>
  keptState === undefined ? job : { ...job, scenario: { ...job.scenario, widgetState: keptState } };

/** One opening of the widget, with collectors of its own. */
async function seeOnce(
  context: RenderContext,
  job: Job,
  { plan, wish }: { readonly plan: JobPlan; readonly wish: TrialWish },
  laps: Laps,
  clock: WatchInput["clock"],
): Promise<Seen> {
  const { explore: exploring } = job;
  // Once a process, and before the run's time counts.
  if (hasSteps(job)) loadPlaywright();
  const { opening, value: ending } = await withOpening(context, { job, plan, trial: wish.trial }, laps, (opened) => {
    const { protocol, bridge, looking, acted } = opened;
    const expecting = expectingOf(opened, job);
    const isMain = wish.trial === "main" && expecting.asked.length > 0;
    return watchWidget({
      ...opened,
      act: actsOf(wish, acted, {
        looking,
        preferences: preferencesOf(job.scenario),
        changed: wish.trial === "resize" ? changedState(plan.boot, job.scenario.resize) : {},
        steps: hasSteps(job)
          ? () => withPlaywright(protocol, opened.targetId(), (page) => takeSteps(page, job, acted, expecting))
          : null,
        press: exploring
          ? () => explore({ ...exploring, looking, bridge, ...defined({ skip: wish.skip }) }, acted)
          : null,
      }),
      giving: givingOf(wish, acted, looking, clock === "virtual" && context.limits.lifeMs > 0),
      atLast: async () => {
        if (wish.countsTargets) acted.pressable = await countTargets(looking);
        if (isMain) await expecting.lookAtLast();
      },
      clock,
      screenshot: wish.until ? null : screenshotNamed(context.screenshots, plan.slug, job),
    }).finally(() => {
      if (isMain) acted.expected = expecting.evidence;
    });
  });
  const { log, bridge, responder, acted, answerer } = opening;
  return { log, bridge, responder, acted, ending, answerer };
}

/** Moment of the widget's clock at which a late result comes, ms: tools that ask others take their time, and a widget that waits a second or two has given up by then. */
const LATE_MS = 5000;

/** A result that is late. @param inLife what comes of it is seen in the life that follows */
function givingOf({ trial, until }: TrialWish, acted: ActReport, looking: Looking, inLife: boolean): Giving | null {
  const command = trial === "late" ? commandOf(trial, {}) : null;
  if (!command) return null;
  return {
    atMs: LATE_MS,
    async give() {
      acted.held = await lookAt(looking);
      await drive(looking, command);
      if (until && !inLife) await lookUntil(looking, until, PATIENCE_MS);
    },
    atRest: async () => void (acted.after = await lookAt(looking)),
  };
}

function expectingOf(opened: Opening, { scenario }: Job): Expecting {
  const { looking, log, bridge, limits } = opened;
  const input: WatchInput = { ...opened, screenshot: null, act: null, clock: "virtual" };
  const rest = (deadline: number) =>
    settle({ log, bridge, quietMs: limits.quietMs, deadline, paint: () => paintOf(input) });
  return new Expecting({ scenario, looking, bridge, rest });
}

/** How long a second rendering may take to show what another shows, ms. */
const PATIENCE_MS = 4000;

interface Acts {
  readonly looking: Looking;
  /** What of the host changes meanwhile. */
  readonly changed: Partial<HostState>;
  readonly preferences: Preferences;
  readonly steps: (() => Promise<void>) | null;
  readonly press: (() => Promise<void>) | null;
}

/** What is done once it is quiet: a look, the result that was held back, the steps. Null: nothing. */
function actsOf(
  { trial, looks, until }: TrialWish,
  acted: ActReport,
  { looking, changed, preferences, steps, press }: Acts,
): WatchInput["act"] {
  if (!looks && !until && !steps && !press) return null;
  return async () => {
    if (looks) acted.before = await lookAt(looking);
    const isHeldBack = trial === "late";
    const command = isHeldBack ? null : commandOf(trial, changed);
    if (changed.theme) emulateScheme(looking, changed.theme, preferences);
    if (command) await drive(looking, command);
    else await steps?.();
    if (acted.failed === null) await press?.();
    if (until && !isHeldBack) await lookUntil(looking, until, PATIENCE_MS);
  };
}

function emulateScheme(
  { protocol, witness, contextId }: Looking,
  scheme: HostState["theme"],
  preferences: Preferences,
): void {
  for (const { id, type } of witness.sessionsOf(contextId))
    if (type === "page" || type === "iframe") emulateMedia(protocol, id, scheme, preferences);
}

async function drive(looking: Looking, command: StageCommand): Promise<void> {
  const stage = stageSession(looking);
  if (stage) await driveStage(looking.protocol, stage, command);
}
