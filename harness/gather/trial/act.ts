/** Scenario steps as Playwright locators, and the report of what was done to a widget. */
import type { FrameLocator, Page } from "playwright-core";
import { messageOf } from "../../model/errors.ts";
import type { ExpectationsEvidence, Shown } from "../../model/evidence.ts";
import { expectationWords, isNegated } from "../../model/expectation.ts";
import type { Exploration, StepFailure } from "../../model/tags.ts";
import type { Step } from "../../model/widget.ts";
import type { Job } from "../types.ts";
import type { Expecting } from "./expecting.ts";

/** What was done so far; it grows while the widget is acted on, so that a run that ends early still tells. */
export class ActReport {
  readonly steps: { step: string; outcome: "done" | "failed" }[] = [];
  readonly explored: Exploration[] = [];
  /** Exploring ended because its time was over. */
  exploringStoppedAfterMs: number | null = null;
  /** Exploring ended because there was no widget to press on any more. */
  exploringEnded: "gone" | null = null;
  /** How many things could be pressed at last; null when it was not asked, or could not be told. */
  pressable: number | null = null;
  /** What was shown before the first act; undefined when it was not looked at, null when it could not be. */
  before?: Shown | null;
  /** What was shown when what was held back was given, and once at rest after that; undefined as `before`. */
  held?: Shown | null;
  after?: Shown | null;
  /** What the scenario expects, and what was seen of it; null where it expects nothing of this rendering. */
  expected: ExpectationsEvidence | null = null;
  /** First step that failed. */
  failed: StepFailure | null = null;
}

/** A step waits for the widget's thread too. */
const STEP_MS = 5000;
export const hasSteps = ({ scenario }: Pick<Job, "scenario">): boolean => (scenario.steps ?? []).length > 0;

/** Scenario steps, until one fails. */
export async function takeSteps(page: Page, job: Job, report: ActReport, expecting: Expecting): Promise<void> {
  const widget = page.locator("iframe").first().contentFrame().locator("iframe").first().contentFrame();
  for (const [index, step] of (job.scenario.steps ?? []).entries()) {
    const words = wordsOf(step);
    try {
      // What does not come fails no step: what was seen of it is judged later.
      await ("expect" in step ? expecting.lookFor(index, step.expect) : perform(widget, step));
      report.steps.push({ step: words, outcome: "done" });
    } catch (error) {
      report.steps.push({ step: words, outcome: "failed" });
      report.failed = { step: words, error: messageOf(error).split("\n")[0] ?? "" };
      return;
    }
  }
}

async function perform(widget: FrameLocator, step: Exclude<Step, { readonly expect: unknown }>): Promise<void> {
  if ("click" in step) return widget.locator(step.click).click({ timeout: STEP_MS });
  if ("fill" in step) return widget.locator(step.fill).fill(step.value, { timeout: STEP_MS });
  if ("press" in step) return widget.locator(step.press).press(step.key, { timeout: STEP_MS });
  return widget.locator(step.waitFor).waitFor({ timeout: step.timeoutMs ?? STEP_MS });
}

function wordsOf(step: Step): string {
  if ("click" in step) return `click ${step.click}`;
  if ("fill" in step) return `fill ${step.fill}`;
  if ("press" in step) return `press ${step.key} in ${step.press}`;
  if ("waitFor" in step) return `wait for ${step.waitFor}`;
  return `expect ${isNegated(step.expect) ? "no " : ""}${expectationWords(step.expect)}`;
}
