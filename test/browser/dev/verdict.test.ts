/** The verdict of the page is the verdict of `check`: on each bundled widget and scenario, and on the broken ones (a whole run takes each eighth) but those that a page cannot see. */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { Frame, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import type { WidgetRun } from "../../../harness/model/result.ts";
import { loadTarget } from "../../../harness/sources/index.ts";
import type { Scenario } from "../../../harness/model/widget.ts";
import { partOf } from "../long.ts";
import { asEvidence, contextOf, goldenNames, readGolden } from "../../golden/kit.ts";
import { closeBrowser, openDev, openPage, root, verdictOf, widgetFrame, type Dev } from "./kit.ts";

afterAll(closeBrowser);

/** What the command line said of a widget when its golden case was made. */
function keptRun(name: string): WidgetRun {
  const golden = readGolden(name);
  const evidence = asEvidence(golden.run, evidenceOf(golden.raw, contextOf(golden)));
  return judgeOne(evidence, { toolVersion: "0" });
}

async function scenarioOf(target: string): Promise<Scenario> {
  const { widgets, close } = await loadTarget({ targets: [target], cwd: root });
  await close();
  return widgets[0]?.scenarios[0] ?? { name: "default" };
}

/** Does by hand what the scenario's steps do in the check. */
async function perform(frame: Frame, steps: NonNullable<Scenario["steps"]>): Promise<void> {
  for (const step of steps) {
    if ("click" in step) await frame.locator(step.click).click();
    else if ("fill" in step) await frame.locator(step.fill).fill(step.value);
    else if ("press" in step) await frame.locator(step.press).press(step.key);
    else if ("waitFor" in step) await frame.locator(step.waitFor).waitFor();
  }
}

const attention = (run: WidgetRun): string[] =>
  run.checks
    .filter(({ outcome }) => outcome === "fail" || outcome === "review" || outcome === "error")
    .map(({ id }) => id)
    .sort();
const shown = (page: Page): Promise<string[]> =>
  page
    .locator(".check-group")
    .evaluateAll((groups) => groups.map((group) => group.getAttribute("aria-label") ?? "").sort());

describe("bundled widgets", () => {
  let dev: Dev;
  beforeAll(async () => {
    dev = await openDev([]);
    await dev.loaded;
  });
  afterAll(() => dev.close());

  it.for(["weather", "sales-chart", "places"])("%s", async (name, { expect }) => {
    const runs = goldenNames()
      .filter((kept) => kept === `bundled/${name}` || kept.startsWith(`bundled/${name}--`))
      .map(keptRun);
    const page = await openPage(dev.url);
    await page.getByRole("combobox", { name: "Widget", exact: true }).selectOption(name);
    const scenarios = page.getByLabel("Scenario", { exact: true });
    const offered = await scenarios
      .locator("option")
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    expect(runs.map(({ scenario }) => scenario).sort()).toEqual(offered.sort());
    for (const run of runs) {
      await scenarios.selectOption(run.scenario);
      const scenario = `${name}, ${run.scenario}`;
      // Until then the page shows the scenario before.
      await expect
        .poll(() => dev.live(name)?.evidence.scenario, { message: scenario, timeout: 15_000 })
        .toBe(run.scenario);
      await widgetFrame(page);
      expect(await verdictOf(page, "sandglass check"), scenario).toBe(run.verdict);
      await expect
        .poll(() => verdictOf(page, "Live, in this page"), { message: scenario, timeout: 10_000 })
        .toBe(run.verdict);
      await page.getByRole("radio", { name: "Live", exact: true }).check();
      await expect
        .poll(() => shown(page), { message: `${scenario}: checks that the page shows`, timeout: 10_000 })
        .toEqual(attention(run));
      await page.getByRole("radio", { name: "Check", exact: true }).check();
      expect(await shown(page), `${scenario}: checks that the real check shows`).toEqual(attention(run));
    }
    await page.close();
  });
});

/**
 * Findings that one stage alone has, by broken widget, as `check-id messageId`,
 * and why. What is not in this table is found by both.
 */
const DIFFERENT: Readonly<
  Record<string, { readonly check?: readonly string[]; readonly live?: readonly string[]; readonly why: string }>
> = {
  "api/refused-feature": {
    check: ["api/refused-feature blocked"],
    why: "the browser says in its own log alone that it refused, which no page can read",
  },
  "api/top-navigation": {
    check: ["api/top-navigation blocked"],
    // Read in the text, and said not to be seen.
    live: ["api/unseen-call unseen"],
    why: "the browser says in its own log alone that it refused, which no page can read",
  },
};

const broken = readdirSync(join(root, "widgets/broken"), { recursive: true, withFileTypes: true })
  .filter(({ name }) => name === "widget.json")
  .map(({ parentPath }) => relative(join(root, "widgets/broken"), parentPath).replaceAll("\\", "/"))
  .filter((id) => id !== "")
  .sort();

/** What a run found, each once. */
const foundBy = ({ checks }: WidgetRun): string[] =>
  [
    ...new Set(
      checks.flatMap(({ id, outcome, findings = [] }) =>
        outcome === "fail" ? findings.map(({ messageId }) => `${id} ${messageId}`) : [],
      ),
    ),
  ].sort();

describe.concurrent("broken widgets", () => {
  const targets = broken.map((id) => `widgets/broken/${id}`);
  /** A server knows its last few renderings: those that take their time have one of their own. */
  let quick: Dev;
  let slow: Dev;
  beforeAll(async () => {
    [quick, slow] = await Promise.all([openDev(targets, { checks: "never" }), openDev(targets, { checks: "never" })]);
    await Promise.all([quick.loaded, slow.loaded]);
  });
  afterAll(() => Promise.all([quick.close(), slow.close()]));

  it("the table names broken widgets alone", () =>
    expect(Object.keys(DIFFERENT).filter((id) => !broken.includes(id))).toEqual([]));

  /** From one widget to the next a page stays, unless it was acted on, or its widget leaves it no thread. */
  const pages: Page[] = [];

  it.for(partOf(broken, 8, (id) => id in DIFFERENT))("%s", async (id, { expect }) => {
    const run = keptRun(`broken/${id.replace("/", "-")}`);
    const { steps = [] } = await scenarioOf(`widgets/broken/${id}`);
    const stays = steps.length === 0 && run.ended === "settled";
    const dev = stays ? quick : slow;
    const view = `widget=${encodeURIComponent(run.widget)}`;
    const open = stays ? pages.pop() : undefined;
    if (open) await open.goto(`${dev.url}#${view}`);
    const page = open ?? (await openPage(dev.url, view));
    if (steps.length > 0) await perform(await widgetFrame(page), steps);
    // What a scenario expects is looked at by the check alone: the user of the page has not done all of it yet.
    const asked = foundBy(run).filter((found) => found.startsWith("expect/"));
    const { check = asked, live = [] } = DIFFERENT[id] ?? {};
    const expected = [...foundBy(run).filter((found) => !check.includes(found)), ...live].sort();
    const found = () => {
      const result = dev.live(run.widget)?.result;
      return result ? foundBy(result) : null;
    };
    await expect.poll(found, { message: `in check: ${foundBy(run).join(", ")}`, timeout: 15_000 }).toEqual(expected);
    // The server has spoken of this widget: the page shows no other's verdict any more.
    if (check.length + live.length === 0)
      await expect.poll(() => verdictOf(page, "Live, in this page"), { timeout: 10_000 }).toBe(run.verdict);
    if (stays) pages.push(page);
    else await page.close();
  });
});
