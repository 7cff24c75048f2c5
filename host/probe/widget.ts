/** The measuring widget: reads what it can, tries what it is told to, shows it, and hands it to its server. */
import type { DeliveryFacts, Json, Measurement, ProbeFacts } from "../../harness/model/measurement.ts";
import { tryPolicies } from "./attempts.ts";
import { Bridge, isRecord } from "./bridge.ts";
import { openai, tryCalls, tryHeights } from "./calls.ts";
import { presses, type Press } from "./presses.ts";
import {
  countRuns,
  readBrowser,
  readDocument,
  readFeatures,
  readGlobals,
  readHeaders,
  readOpenai,
  tryStorage,
} from "./reading.ts";
import { rowsOf } from "./rows.ts";
import { RECORDING_TOOL } from "./tools.ts";
import { View } from "./view.ts";

/** What the server writes into the document. */
export interface ProbeConfig {
  readonly version: string;
  readonly declared: Readonly<Record<string, unknown>>;
  /** Origin of the server, where it names the one who measures. */
  readonly server?: string;
}

/** How long the tool's result is waited for, ms. */
const RESULT_MS = 6000;
const RESULT = "ui/notifications/tool-result";
const INPUT = "ui/notifications/tool-input";
const SEND_MS = 8000;

const from = performance.now();
const now = (): number => performance.now() - from;
const sizeNow = (): readonly [number, number] => [innerWidth, innerHeight];

function configOf(): ProbeConfig {
  return JSON.parse(document.getElementById("probe-config")?.textContent ?? "{}") as ProbeConfig;
}

class Probe {
  readonly #bridge = new Bridge(now);
  readonly #start = { size: sizeNow(), globals: readGlobals() };
  readonly #view = new View(document.body);
  #facts: ProbeFacts = {
    document: readDocument(),
    features: readFeatures(),
    openai: readOpenai(),
    bridge: null,
    delivery: { order: [], result: null, globals: null },
    presses: {},
  };
  #attempts = false;
  #reportsHeight = true;

  async run(): Promise<void> {
    addEventListener("openai:set_globals", () => this.#bridge.note("openai:set_globals"));
    this.#bridge.onArrival(() => this.#draw());
    this.#view.say("Shaking hands …");
    const bridge = await this.#bridge.shakeHands(configOf().version);
    this.#add({ bridge, size: { start: this.#start.size, settled: sizeNow(), given: {} } });
    this.#followTheme();
    this.#followHeight();
    await this.#result();
    this.#attempts = this.#wantsAttempts();
    if (this.#attempts) await this.#tryAll();
    this.#draw();
    this.#view.say(
      this.#attempts
        ? "Measured."
        : "Read. Nothing was tried that a host may refuse: call measure_host with attempts for that.",
    );
    if (this.#attempts) this.#view.offer(presses, (press) => void this.#press(press));
    if (this.#attempts) await this.#send();
    else this.#view.offerKeeping(() => void this.#send());
  }

  async #tryAll(): Promise<void> {
    this.#view.say("Trying what this host refuses …");
    const [policies, storage, headers] = await Promise.all([tryPolicies(), tryStorage(), readHeaders()]);
    const { document: read } = this.#facts;
    this.#add({ ...policies, storage, kept: countRuns(), document: headers ? { ...read, headers } : read });
    this.#add({ calls: await tryCalls(this.#bridge, this.#facts.bridge !== null) });
    this.#reportsHeight = false;
    const given = await tryHeights((height) => this.#reportHeight(height));
    this.#reportsHeight = true;
    this.#add({ size: { start: this.#start.size, settled: sizeNow(), ...this.#facts.size, given } });
    this.#reportHeight(contentHeight());
  }

  async #press(press: Press): Promise<void> {
    const found = await press.run(this.#bridge);
    this.#add({ presses: { ...this.#facts.presses, ...found } });
    this.#draw();
    await this.#send();
  }

  #add(more: Partial<ProbeFacts>): void {
    this.#facts = { ...this.#facts, ...more };
  }

  /** The result, or the time when it should have been there. */
  async #result(): Promise<void> {
    const isThere = (): boolean => this.#bridge.last.has(RESULT) || (openai()?.toolOutput ?? null) !== null;
    if (isThere()) return;
    await new Promise<void>((resolve) => {
      setTimeout(resolve, RESULT_MS);
      this.#bridge.onArrival(() => {
        if (isThere()) resolve();
      });
    });
  }

  /** Hosts keep parts of a result to themselves: any one that came says it. */
  #wantsAttempts(): boolean {
    const input = this.#bridge.last.get(INPUT);
    const result = this.#bridge.last.get(RESULT);
    const told = [
      isRecord(input) ? input.arguments : undefined,
      isRecord(result) ? result.structuredContent : undefined,
      openai()?.toolInput,
      openai()?.toolOutput,
    ];
    return told.some((one) => isRecord(one) && one.attempts === true) || /attempts: yes/.test(textOf(result));
  }

  #delivery(): DeliveryFacts {
    const result = this.#bridge.last.get(RESULT);
    const end = readGlobals();
    return {
      order: this.#bridge.arrivals,
      result: isRecord(result) ? partsOf(result) : null,
      globals: this.#start.globals && end ? { start: this.#start.globals, end } : null,
    };
  }

  measurement(): Measurement {
    const { version, declared } = configOf();
    return {
      kind: "sandglass-measurement",
      schemaVersion: 1,
      date: new Date().toISOString().slice(0, 10),
      sandglass: version,
      browser: readBrowser(),
      attempts: this.#attempts,
      declared,
      facts: { ...this.#facts, delivery: this.#delivery() },
    };
  }

  #draw(): void {
    this.#view.show(rowsOf(this.measurement().facts));
  }

  async #send(): Promise<void> {
    const measurement = masked(JSON.stringify(this.measurement()));
    const sent = await this.#sendBy({ measurement });
    this.#view.say(sent ?? "This host carried nothing to the server.");
    if (sent === null) this.#view.offerText(measurement);
  }

  /** What the server answered; null: it was not reached. */
  async #sendBy(args: { readonly measurement: string }): Promise<string | null> {
    const ways = [
      ...(this.#facts.bridge
        ? [() => this.#bridge.request("tools/call", { name: RECORDING_TOOL, arguments: args }, SEND_MS)]
        : []),
      ...(openai()?.callTool ? [() => openai()?.callTool?.(RECORDING_TOOL, args)] : []),
    ];
    for (const way of ways) {
      const answer = await Promise.resolve(way()).catch(() => null);
      if (isRecord(answer) && answer.isError !== true && Array.isArray(answer.content)) return textOf(answer);
    }
    return null;
  }

  #followTheme(): void {
    const { theme } = this.#facts.bridge?.hostContext ?? {};
    if (theme === "dark" || theme === "light") document.documentElement.style.colorScheme = theme;
  }

  #followHeight(): void {
    new ResizeObserver(() => {
      if (this.#reportsHeight) this.#reportHeight(contentHeight());
    }).observe(document.body);
  }

  #reportHeight(height: number): void {
    if (this.#facts.bridge) this.#bridge.notify("ui/notifications/size-changed", { height });
    openai()?.notifyIntrinsicHeight?.(height);
  }
}

/** As its server writes it, too. */
function masked(text: string): string {
  const { server } = configOf();
  return server === undefined ? text : text.replaceAll(server, "{server}");
}

const contentHeight = (): number => Math.ceil(document.body.getBoundingClientRect().height);

const textOf = (result: unknown): string => {
  const content: readonly Json[] = isRecord(result) && Array.isArray(result.content) ? (result.content as Json[]) : [];
  return content.map((block) => (isRecord(block) && typeof block.text === "string" ? block.text : "")).join("\n");
};

/** Which parts hold something. */
const partsOf = (result: Readonly<Record<string, unknown>>): readonly string[] =>
  ["content", "structuredContent", "_meta"].filter((name) => {
    const part = result[name];
    return Array.isArray(part) ? part.length > 0 : isRecord(part) && Object.keys(part).length > 0;
  });

void new Probe().run();
