/** How the rendering ended, and what was on the screen. */
import type { Cap, Cut, Exploration, Forgery, StepFailure } from "../tags.ts";
import type { Where } from "./common.ts";
import type { AnsweredBy } from "./network.ts";

/** Below this share of differing pixels nothing is drawn: a stray hairline is not a widget. */
const PAINTED_SHARE = 0.0005;

/** Whether a picture shows something; a few letters in a large frame do, when there are letters. */
export const isPainted = (paintedShare: number, textLength: number): boolean =>
  textLength > 0 ? paintedShare > 0 : paintedShare > PAINTED_SHARE;

/**
 * Why no more of a life was seen. `whole`: all that was asked for. `at-rest`:
 * the limit of real time, when further periods brought nothing new.
 * `time-limit`: that limit, while new things still came. `busy-wait`: code
 * waits for the clock in a loop, so that only real time was seen.
 */
export type LifeEnd = "whole" | "at-rest" | "time-limit" | "busy-wait" | "left" | "crashed";

/** The widget's life after it came to rest, by its own clock. */
export interface Life {
  /** Asked for, milliseconds since the document began. */
  readonly askedMs: number;
  /** Seen, milliseconds since the document began. */
  readonly virtualMs: number;
  /** What that took, milliseconds. */
  readonly realMs: number;
  /** Stretches of virtual time, each followed by a round trip. */
  readonly steps: number;
  readonly ended: LifeEnd;
  /** When the widget last went from something to nothing visible, milliseconds since its document began. */
  readonly blankSinceMs?: number;
  /** Where the clock was when a callback did not end. */
  readonly heldAtMs?: number;
}

export interface DocumentEvidence {
  /** How the run of this widget ended. */
  readonly ended: "settled" | "time-limit" | "hung" | "crashed" | "navigated-away";
  readonly domContentLoaded: boolean;
  readonly visibleElements: number;
  readonly textLength: number;
  /** None of the text can be seen, whatever boxes are drawn, and no picture is there. Default false. */
  readonly textUnseeable?: boolean;
  /** Boxes are drawn, and nothing else: no text, no picture, no component that may hold some. Default false. */
  readonly boxesAlone?: boolean;
  /** Share of the viewport's pixels that differ from the background, 0 to 1; null when no picture was taken. */
  readonly paintedShare: number | null;
  readonly width: number;
  readonly height: number;
  /** Of the body, whatever the frame's own, CSS pixels. Default: not measured. */
  readonly contentHeight?: number;
  readonly title: string;
  /** `<link rel>` hints and speculation rules found in the DOM, which make no visible request under automation. */
  readonly hints: readonly { readonly rel: string; readonly url: string; readonly where?: Where }[];
  /** Pictures and media that failed and stand on the screen all the same; absent where it was not asked. */
  readonly broken?: readonly { readonly url: string }[];
  /** Links in the DOM that lead to another page, each address and target once. */
  readonly links?: readonly { readonly url: string; readonly target: string }[];
  /** Present when in-page evidence was contradicted from outside. */
  readonly forged: readonly Forgery[];
  /** The frame's next document, when the widget left its own: its address, and how it came there. */
  readonly left?: { readonly url: string; readonly how: string };
  /** A `<meta http-equiv="refresh">` of the widget. */
  readonly refresh?: { readonly url: string; readonly seconds: number; readonly where?: Where };
  /** Sandbox origin the widget ran on. */
  readonly origin: string;
  readonly answers: Readonly<Partial<Record<AnsweredBy, number>>>;
  /** Caps that were hit. */
  readonly caps: readonly Cap[];
  /** What the widget was given otherwise than its server sent it. */
  readonly cuts?: readonly Cut[];
  /** Scenario steps, in order, until one failed. */
  readonly steps?: readonly { readonly step: string; readonly outcome: "done" | "failed" }[];
  readonly stepFailure?: StepFailure;
  /** What `--explore` pressed, in order. */
  readonly explored?: readonly Exploration[];
  /** Exploring ended because its time was over, milliseconds. */
  readonly exploringStoppedAfterMs?: number;
  /** What was seen of its life; absent when it was seen in real time alone. */
  readonly lived?: Life;
  /** Timers of workers, which keep real time, that were too long to wait for: what they would do was not seen. */
  readonly pendingTimers?: number;
  /** Flags that the browser was started without, though what it shows depends on them. Default none. */
  readonly browserLacks?: readonly string[];
  /** It did the same again and again, and had not stopped, when it was taken to be at rest. Default false. */
  readonly restless?: boolean;
  /** False when nothing of the widget was observed at all. */
  readonly observed?: boolean;
  /** The call in which its thread hung, and the function's name where it has one; absent when that could not be told. */
  readonly hungIn?: { readonly name?: string; readonly where: Where };
}
