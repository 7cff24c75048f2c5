/** Looks for what a scenario expects: what a step expects once the widget has come to rest after the one before, and the screen at last. */
import type { ExpectationsEvidence, SeenByStep } from "../../model/evidence.ts";
import { assertedOf, expectationsOf, type Expectation, type PlacedExpectation } from "../../model/expectation.ts";
import { isMet, type SeenUntil } from "../../model/expectation-met.ts";
import type { Scenario } from "../../model/widget.ts";
import type { BridgeLog } from "../witness/bridge-log.ts";
import type { RunLog } from "../witness/run-log.ts";
import { nextChange } from "./document.ts";
import { worldOf, type Looking } from "./look.ts";
import { screenOf } from "./screen.ts";

export interface ExpectingInput {
  readonly scenario: Scenario;
  readonly looking: Looking;
  readonly bridge: BridgeLog;
  /** Waits until the widget is at rest, at most until then (`performance.now()`). */
  readonly rest: (deadline: number) => Promise<unknown>;
}

/** How long what a step expects may take to come, ms. */
const PATIENCE_MS = 5000;
/** A message or a request changes nothing on the screen: it is looked again after so long, ms. */
const AGAIN_MS = 200;

export class Expecting {
  readonly asked: readonly PlacedExpectation[];
  readonly #roles: ReadonlySet<string>;
  readonly #seen = new Map<number, SeenByStep>();
  #screen: ExpectationsEvidence["screen"] = null;

  constructor(private readonly input: ExpectingInput) {
    this.asked = expectationsOf(input.scenario);
    const asserted = this.asked.map(({ expectation }) => assertedOf(expectation));
    this.#roles = new Set(asserted.flatMap((one) => ("role" in one ? [one.role] : [])));
  }

  /** What a step expects; what was seen of it is kept, whether it came or not. */
  async lookFor(step: number, expectation: Expectation): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    await this.input.rest(until);
    for (;;) {
      const { seen, now } = await this.#look();
      this.#seen.set(step, seen);
      const left = until - performance.now();
      if (isMet(expectation, now) || left <= 0) return;
      await this.#change(Math.min(left, AGAIN_MS));
    }
  }

  /** The screen, when all is over. */
  async lookAtLast(): Promise<void> {
    if (this.asked.length > 0) this.#screen = await screenOf(this.input.looking, this.#roles);
  }

  get evidence(): ExpectationsEvidence | null {
    if (this.asked.length === 0) return null;
    const asked = this.asked.map((one) => {
      const seen = one.step === undefined ? undefined : this.#seen.get(one.step);
      return seen ? { ...one, seen } : one;
    });
    return { asked, screen: this.#screen };
  }

  async #look(): Promise<{ readonly seen: SeenByStep; readonly now: SeenUntil }> {
    const { looking, bridge } = this.input;
    const screen = await screenOf(looking, this.#roles);
    const { messages, externalLinks } = bridge.snapshot();
    const requests = addressesIn(looking.log);
    return {
      seen: { screen, messages: messages.length, links: externalLinks.length, requests },
      now: { screen, messages, links: externalLinks.map(({ url }) => url), requests },
    };
  }

  async #change(ms: number): Promise<void> {
    const { looking } = this.input;
    const world = await worldOf(looking);
    // A frame that is gone changes no more.
    if (world) await nextChange(looking.protocol, world.session, world.id, ms).catch(() => undefined);
  }
}

/** Whatever came of them. */
function addressesIn(log: RunLog): string[] {
  const asked = [
    ...[...log.requests.values()].filter(({ role }) => role !== "top").map(({ url }) => url),
    ...log.issues.values.map(({ blockedUrl }) => blockedUrl),
    ...log.sockets.map(({ url }) => url),
  ];
  return [...new Set(asked)].filter((url) => /^(https?|wss?):/.test(url));
}
