/** `sandglass/playwright`: Playwright Test with a widget in its host. */
import { createRequire } from "node:module";
import type * as Runner from "playwright/test";
import { openWorker, type SandglassOptions, type WorkerStage } from "./library/worker.ts";
import * as assertions from "./library/matching.ts";
import type { Address, Matched, Sent } from "./library/matching.ts";
import { WidgetUnderTest } from "./library/widget.ts";

export type { SandglassOptions } from "./library/worker.ts";
export type { OpenRequest, WidgetUnderTest } from "./library/widget.ts";
export type { Address, Sent } from "./library/matching.ts";

/** The copy that runs the tests: it refuses a second one, and an import would say nothing of where it was sought. */
function runner(): typeof Runner {
  const require = createRequire(import.meta.url);
  try {
    return require("@playwright/test") as typeof Runner;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    return require("playwright/test") as typeof Runner;
  }
}

const { expect: baseExpect, test: base } = runner();

export interface SandglassFixtures {
  /** A widget in its host: `await widget.open({ target: "widgets/weather" })`. */
  readonly widget: WidgetUnderTest;
}

export interface SandglassWorkerFixtures {
  /** Where widgets come from and how they are rendered, for all tests of a project. */
  readonly sandglass: SandglassOptions;
  readonly sandglassStage: WorkerStage;
}

export const test = base.extend<SandglassFixtures, SandglassWorkerFixtures>({
  sandglass: [{}, { option: true, scope: "worker" }],
  sandglassStage: [
    async ({ sandglass, launchOptions }, use, { config }) => {
      const { executablePath } = launchOptions;
      const stage = openWorker(
        { ...(executablePath ? { browserPath: executablePath } : {}), ...sandglass },
        config.configFile,
      );
      await use(stage);
      await stage.close();
    },
    { scope: "worker" },
  ],
  widget: async ({ sandglassStage, playwright }, use, testInfo) => {
    const widget = new WidgetUnderTest(
      sandglassStage.forTest((transport) =>
        playwright.chromium.connectOverCDP(transport, { noDefaults: true, timeout: 30_000 }),
      ),
    );
    await use(widget);
    try {
      if (widget.isOpen && testInfo.status !== testInfo.expectedStatus)
        await testInfo.attach("sandglass-evidence", {
          body: JSON.stringify(await widget.evidence(), null, 1),
          contentType: "application/json",
        });
    } finally {
      await widget.close();
    }
  },
});

/** How often evidence is looked at again while something is waited for, ms. */
const AGAIN_MS = 100;
const TIMEOUT_MS = 5000;

interface Waiting {
  /** How long it is waited for, milliseconds. Default: that of `expect` in the config, else 5000. */
  readonly timeout?: number;
}

/** Looks again until it holds, as Playwright's own assertions do; that something did not come is judged once the widget is at rest. */
async function until(
  { isNot, timeout = TIMEOUT_MS }: { readonly isNot: boolean; readonly timeout?: number },
  widget: WidgetUnderTest,
  options: Waiting | undefined,
  judge: (evidence: Parameters<typeof assertions.requested>[0]) => Matched,
): Promise<Matched> {
  const patience = options?.timeout ?? timeout;
  const deadline = performance.now() + patience;
  if (isNot) {
    await widget.rest(patience);
    return judge([await widget.evidence()]);
  }
  for (;;) {
    const matched = judge([await widget.evidence()]);
    if (matched.pass || performance.now() >= deadline) return matched;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

export const expect = baseExpect.extend({
  /** It works in the host: `check` finds nothing that fails, in what the test did and in renderings of its own. */
  async toWorkIn(widget: WidgetUnderTest, profile: string) {
    return assertions.worksIn(await widget.runsIn(profile), profile);
  },
  /** It asked for the address, whatever came of it. */
  async toHaveRequested(widget: WidgetUnderTest, address: Address, options?: Waiting) {
    return until(this, widget, options, (evidence) => assertions.requested(evidence, address, this.isNot));
  },
  /** The host kept it from reaching the address. */
  async toHaveBeenBlocked(widget: WidgetUnderTest, address: Address, options?: Waiting) {
    return until(this, widget, options, (evidence) => assertions.blocked(evidence, address, this.isNot));
  },
  /** It called the tool, with at least these arguments. */
  async toHaveCalledTool(widget: WidgetUnderTest, name: string, args?: unknown, options?: Waiting) {
    return until(this, widget, options, (evidence) => assertions.calledTool(evidence, name, args, this.isNot));
  },
  /** It wrote to the conversation a message that holds the text, or sent a message of the bridge. */
  async toHaveSent(widget: WidgetUnderTest, what: Sent, options?: Waiting) {
    return until(this, widget, options, (evidence) => assertions.sent(evidence, what, this.isNot));
  },
});
