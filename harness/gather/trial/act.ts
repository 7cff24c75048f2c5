/** Scenario steps as Playwright locators, and bounded, seeded exploration. */
import type { FrameLocator, Page } from "playwright-core";
import { messageOf } from "../../model/errors.ts";
import type { Shown } from "../../model/evidence.ts";
import type { Exploration, StepFailure } from "../../model/tags.ts";
import type { Step } from "../../model/widget.ts";
import type { Job } from "../types.ts";

/** What was done so far; it grows while the widget is acted on, so that a run that ends early still tells. */
export class ActReport {
  readonly steps: { step: string; outcome: "done" | "failed" }[] = [];
  readonly explored: Exploration[] = [];
  /** Exploring ended because its time was over. */
  exploringStoppedAfterMs: number | null = null;
  /** What was shown before the first act; undefined when it was not looked at, null when it could not be. */
  before?: Shown | null;
  /** First step that failed. */
  failed: StepFailure | null = null;
}

/** A step waits for the widget's thread too. */
const STEP_MS = 5000;
/** A press waits for the widget's thread, which on a busy machine takes a second or two. */
const PRESS_MS = 2500;
/** Exploration ends here: what lies under something else cannot be pressed, and each one costs a whole wait. */
const EXPLORE_MS = 6000;
const PRESSABLE =
  "button:visible, [role=button]:visible, a[href]:visible, input[type=submit]:visible, input[type=button]:visible, summary:visible, [role=tab]:visible, [role=menuitem]:visible";

/** Whether anything is to be done to the widget at all. */
export const isActedOn = ({ scenario, explore }: Job): boolean =>
  explore !== undefined || (scenario.steps ?? []).length > 0;

export async function act(page: Page, job: Job, report: ActReport): Promise<void> {
  const widget = page.locator("iframe").first().contentFrame().locator("iframe").first().contentFrame();
  for (const step of job.scenario.steps ?? []) {
    const words = wordsOf(step);
    try {
      await perform(widget, step);
      report.steps.push({ step: words, outcome: "done" });
    } catch (error) {
      report.steps.push({ step: words, outcome: "failed" });
      report.failed = { step: words, error: messageOf(error).split("\n")[0] ?? "" };
      return;
    }
  }
  if (job.explore) await explore(widget, job.explore, report);
}

async function perform(widget: FrameLocator, step: Step): Promise<void> {
  if ("click" in step) return widget.locator(step.click).click({ timeout: STEP_MS });
  if ("fill" in step) return widget.locator(step.fill).fill(step.value, { timeout: STEP_MS });
  if ("press" in step) return widget.locator(step.press).press(step.key, { timeout: STEP_MS });
  return widget.locator(step.waitFor).waitFor({ timeout: step.timeoutMs ?? STEP_MS });
}

function wordsOf(step: Step): string {
  if ("click" in step) return `click ${step.click}`;
  if ("fill" in step) return `fill ${step.fill}`;
  if ("press" in step) return `press ${step.key} in ${step.press}`;
  return `wait for ${step.waitFor}`;
}

/** Presses each thing that can be pressed once, in an order that the seed decides. */
async function explore(
  widget: FrameLocator,
  { seed, actions }: { readonly seed: number; readonly actions: number },
  report: ActReport,
): Promise<void> {
  const random = mulberry32(seed);
  const done = new Set<string>();
  const until = performance.now() + EXPLORE_MS;
  while (report.explored.length < actions) {
    if (performance.now() >= until) return void (report.exploringStoppedAfterMs = EXPLORE_MS);
    const candidates = widget.locator(PRESSABLE);
    const names = await candidates.evaluateAll((elements) =>
      elements.map(
        (element, index) =>
          `${element.tagName.toLowerCase()} "${(element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 60)}" #${index}`,
      ),
    );
    const open = names.map((name, index) => ({ name, index })).filter(({ name }) => !done.has(name));
    const chosen = open[Math.floor(random() * open.length)];
    if (!chosen) break;
    done.add(chosen.name);
    const pressed = await candidates
      .nth(chosen.index)
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- until it is the default, a press would wait for a navigation that the policy refuses
      .click({ timeout: PRESS_MS, noWaitAfter: true })
      .then(
        () => true,
        () => false,
      );
    report.explored.push({ target: chosen.name, outcome: pressed ? "pressed" : "not-pressed" });
  }
}

/** A small seeded generator; the same seed presses the same things. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
