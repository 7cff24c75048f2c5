/** The widget of one test: opened by the test, looked at through Playwright's own locators. */
import type { Browser, FrameLocator, Locator, Page } from "playwright/test";
import type { Evidence } from "../model/evidence.ts";
import type { WidgetRun } from "../model/result.ts";
import { readSpan } from "../model/span.ts";
import type { Mock, ScenarioContext, SecondResult } from "../model/widget.ts";
import type { OpenWidget } from "../gather/types.ts";

/** Which widget is opened, and what it is given; what is left out is as its scenario says. */
export interface OpenRequest {
  /** Widget folder or built `.html` file, relative to the config's folder. */
  readonly target?: string;
  /** Tool of the MCP server whose widget is opened; with `target`, only to choose among several widgets. */
  readonly tool?: string;
  /** Scenario that it starts from. Default: the first. */
  readonly scenario?: string;
  /** `toolInput`. With a server and no `output` the tool is called with it. */
  readonly input?: unknown;
  /** `toolOutput`; `null`: there is none yet, and `deliver` gives it. */
  readonly output?: unknown;
  /** The result's `content` blocks, and its `_meta`. */
  readonly content?: readonly unknown[];
  readonly _meta?: unknown;
  readonly widgetState?: unknown;
  /** Host that it is opened in. Default: as the options say, else `chatgpt`. */
  readonly profile?: string;
  readonly context?: ScenarioContext;
  /** Answers for allowed requests, before those of the scenario. */
  readonly mocks?: readonly Mock[];
  /** Tool name → result of `tools/call`, beside those of the scenario. */
  readonly tools?: Readonly<Record<string, unknown>>;
}

/** What the fixtures open a widget with. */
export interface Stage {
  open(request: OpenRequest): Promise<OpenWidget>;
  /** Playwright's `connectOverCDP`. */
  readonly connect: (transport: OpenWidget["transport"]) => Promise<Browser>;
  /** As `check` judges it: evidence of what the test did, where it is of that host, and renderings of its own. */
  runsIn(profile: string, delivered: SecondResult | undefined): Promise<readonly WidgetRun[]>;
}

interface Opened {
  readonly widget: OpenWidget;
  readonly browser: Browser;
  readonly page: Page;
}

export class WidgetUnderTest {
  #opened: Opened | null = null;

  /** The last result that the test gave. */
  #delivered: SecondResult | undefined;

  constructor(private readonly stage: Stage) {}

  /** Opens it as the host would, and resolves once it has come to rest. A widget that is open is closed first. */
  async open(request: OpenRequest): Promise<this> {
    await this.close();
    const widget = await this.stage.open(request);
    try {
      const browser = await this.stage.connect(widget.transport);
      const page = browser.contexts()[0]?.pages()[0];
      if (!page) throw new Error("Playwright did not find the page");
      this.#opened = { widget, browser, page };
    } catch (error) {
      await widget.close();
      throw error;
    }
    return this;
  }

  /** The page around the widget: the host's. */
  get page(): Page {
    return this.#held.page;
  }

  /** The widget's own frame. */
  get frame(): FrameLocator {
    return this.page.locator("iframe").first().contentFrame().locator("iframe").first().contentFrame();
  }

  locator(...given: Parameters<FrameLocator["locator"]>): Locator {
    return this.frame.locator(...given);
  }
  getByRole(...given: Parameters<FrameLocator["getByRole"]>): Locator {
    return this.frame.getByRole(...given);
  }
  getByText(...given: Parameters<FrameLocator["getByText"]>): Locator {
    return this.frame.getByText(...given);
  }
  getByLabel(...given: Parameters<FrameLocator["getByLabel"]>): Locator {
    return this.frame.getByLabel(...given);
  }
  getByPlaceholder(...given: Parameters<FrameLocator["getByPlaceholder"]>): Locator {
    return this.frame.getByPlaceholder(...given);
  }
  getByAltText(...given: Parameters<FrameLocator["getByAltText"]>): Locator {
    return this.frame.getByAltText(...given);
  }
  getByTitle(...given: Parameters<FrameLocator["getByTitle"]>): Locator {
    return this.frame.getByTitle(...given);
  }
  getByTestId(...given: Parameters<FrameLocator["getByTestId"]>): Locator {
    return this.frame.getByTestId(...given);
  }

  /** Gives it a result, by the events by which a host does: the one that it waits for, or another. */
  async deliver(result: SecondResult): Promise<void> {
    await this.#held.widget.deliver(result);
    this.#delivered = result;
  }

  /**
   * Lets its clock run ahead, as `30s`, `5m` or `1h`: timers come when they are due, and what they ask for is answered.
   * Afterwards its clock goes on by itself. @throws Error when it cannot be brought so far
   */
  async travel(time: string): Promise<void> {
    const ms = readSpan(time);
    if (ms === null || ms <= 0)
      throw new Error(`travel takes a time as "30s", "5m" or "1h", not ${JSON.stringify(time)}`);
    const { ended, virtualMs } = await this.#held.widget.travel(ms);
    if (ended !== "whole" && ended !== "at-rest")
      throw new Error(`the widget's clock came to ${Math.round(virtualMs / 1000)} s and no further: ${ended}`);
  }

  /**
   * Waits until nothing is under way and nothing comes any more: `toHaveRequested` and the like wait so with `not`.
   * @param timeout milliseconds. Default 5000
   * @throws Error when it has not come to rest by then
   */
  async rest(timeout = 5000): Promise<void> {
    if (await this.#held.widget.rest(timeout)) return;
    throw new Error(`the widget did not come to rest in ${timeout} ms: what it does next was not seen`);
  }

  /** What was observed so far, as `check` gathers it. */
  evidence(): Promise<Evidence> {
    return this.#held.widget.evidence();
  }

  /** As `check` judges it under a host. */
  runsIn(profile: string): Promise<readonly WidgetRun[]> {
    return this.stage.runsIn(profile, this.#delivered);
  }

  get isOpen(): boolean {
    return this.#opened !== null;
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    this.#delivered = undefined;
    try {
      await opened?.browser.close();
    } finally {
      await opened?.widget.close();
    }
  }

  get #held(): Opened {
    if (!this.#opened) throw new Error("no widget is open: await widget.open({ target }) first");
    return this.#opened;
  }
}
