/** The seam of the one impure room: `openGatherer` in `gather/index.ts` returns a `Gatherer`. */
import type { CspDeclaration, HostProfile } from "../../host/profiles/types.ts";
import type { Evidence, Life, TrialName } from "../model/evidence.ts";
import type { JoinContext } from "../model/join-context.ts";
import type { RawLog } from "../model/raw-log.ts";
import type { Limits } from "../model/limits.ts";
import type { Scenario, SecondResult, Widget } from "../model/widget.ts";

export type { Limits };

export interface GathererOptions {
  /** Chromium to use; default: the search order of docs/check.md. */
  readonly browserPath?: string;
  /** CDP endpoint (`ws://…` or `http://…`) of a running Chromium, instead of starting one. */
  readonly browserEndpoint?: string;
  /** `off` (default): nothing leaves the machine. `live`: allowed requests go to the network. */
  readonly network?: "off" | "live";
  /** Machines of this network that `network: "live"` may ask, as `host:port`. Default none. */
  readonly allowLocal?: readonly string[];
  /** HAR file whose answers are given to allowed requests. */
  readonly replay?: string;
  /** HAR file to write; needs `network: "live"`. */
  readonly record?: string;
  readonly limits?: Partial<Limits>;
  /** Folder for screenshots, one PNG a run; default none. */
  readonly screenshots?: string;
  /** What the user gave to be let in, as a token: it is in no evidence and no recording. Default none. */
  readonly secrets?: readonly string[];
  /** Least and greatest height of a screenshot, CSS pixels; default: that of the widget's frame. */
  readonly screenshotHeights?: readonly [number, number];
  /** Ask V8 what ran of the widget's code. Default false. */
  readonly coverage?: boolean;
  /** Called once a rendering, with what its evidence was joined from. */
  readonly onRendering?: (rendering: Rendering) => void;
}

/** Evidence, and the two plain values that it is a function of. */
export interface Rendering {
  readonly evidence: Evidence;
  readonly raw: RawLog;
  readonly context: JoinContext;
  /** What it kept last by `setWidgetState`, as it is: not masked, never saved. */
  readonly keptState?: unknown;
  /** What the other trials were joined from; absent when there was none. */
  readonly trials?: readonly TrialRaw[];
}

/** The raw log of another trial; round 1: of the second rendering. */
export interface TrialRaw {
  readonly trial: TrialName;
  readonly round: 0 | 1;
  readonly raw: RawLog;
}

export interface TrialsAsked {
  readonly names: readonly TrialName[];
  /** Theme and width are tried in this scenario. */
  readonly looks: boolean;
  /** They are tried whatever the widget's text says of them: pictures are wanted. Default false. */
  readonly allLooks?: boolean;
}

/** One rendering to observe. */
export interface Job {
  readonly widget: Widget;
  readonly scenario: Scenario;
  readonly profile: HostProfile;
  /** Contested facts settled by the user. */
  readonly assumptions?: Readonly<Record<string, string>>;
  /** `enforce` (default), or `observe`: the inner policy is reported and not enforced. */
  readonly mode?: "enforce" | "observe";
  /** Replaces the declaration read from the widget's metadata: `allowlist` verifies its suggestion so. */
  readonly declaration?: CspDeclaration;
  /** Renderings under other circumstances beside the main one. Default: none. */
  readonly trials?: TrialsAsked;
  /** Whether it is among the pictures, where such are taken; default true. Another rendering of the same names is not. */
  readonly pictured?: boolean;
  /** How much of its life is seen, ms; default: as the limits say. */
  readonly lifeMs?: number;
  /** Press what can be pressed, seeded; at most `actions` presses. */
  readonly explore?: { readonly seed: number; readonly actions: number };
}

/** A connection of Playwright's, which `connectOverCDP` takes. */
export interface PageTransport {
  onmessage?: (message: object) => void;
  onclose?: (reason?: string) => void;
  send(message: object): void;
  close(): void;
}

/** A widget that stands in its host, observed as in a rendering. */
export interface OpenWidget {
  /** To the page around it, and to no other. */
  readonly transport: PageTransport;
  /** What was observed so far. */
  evidence(): Promise<Evidence>;
  /** Waits until it has come to rest, at most so long; false: it has not. */
  rest(ms: number): Promise<boolean>;
  /** Gives it a result by the events by which a host does. */
  deliver(result: SecondResult): Promise<void>;
  /** Lets its clock run ahead; what came of it. Afterwards the clock goes on. */
  travel(ms: number): Promise<Life>;
  close(): Promise<void>;
}

export interface Gatherer {
  readonly browser: { readonly name: string; readonly version: string; readonly path: string };
  /** Said once to the user, e.g. that `--no-sandbox` was passed because of root. */
  readonly notices: readonly string[];
  /**
   * Never rejects for what a widget does. A browser that is lost meanwhile is replaced and the job done once more.
   * @throws SandglassError `BROWSER_LOST` when the second one is lost too, or does not start
   */
  gather(job: Job): Promise<Evidence>;
  /** Opens the job's widget for somebody who acts on it, and resolves once it has come to rest. */
  open(job: Job): Promise<OpenWidget>;
  close(): Promise<void>;
}
