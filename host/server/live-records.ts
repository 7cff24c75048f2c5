/** What the page tells its server of a rendering, as it happens. Types only. All of it came from or through an untrusted document. */
import type { BridgeEvent } from "../emulator/bridge/types.ts";
import type { DocumentMeasure } from "../emulator/guest/measure.ts";
import type { ScreenText } from "../emulator/guest/screen.ts";
import type { Step } from "../../harness/model/widget.ts";

/** What the widget's own document can see, told by the probe that is injected ahead of it. */
export type ProbeRecord =
  | {
      readonly type: "violation";
      readonly blockedUrl: string;
      readonly directive: string;
      readonly disposition: string;
      readonly sourceFile: string;
      /** 1-based; 0 when the browser did not say. */
      readonly line: number;
      readonly column: number;
    }
  | {
      readonly type: "resource";
      readonly url: string;
      /** `initiatorType` of resource timing. */
      readonly initiator: string;
      readonly status: number;
      readonly durationMs: number;
    }
  | {
      readonly type: "error";
      readonly origin: "exception" | "console";
      readonly level: "error" | "warning" | "info" | "log";
      readonly text: string;
      readonly sourceFile: string;
      /** 1-based; 0 when it is not known. */
      readonly line: number;
      readonly column: number;
    }
  /** A rejection that was told as an error has a handler after all; its text. */
  | { readonly type: "handled"; readonly text: string }
  /** The document is leaving for another address; empty when the browser does not say which. */
  | { readonly type: "leaving"; readonly url: string; readonly form: boolean }
  | ({ readonly type: "ready" } & DocumentMeasure)
  | { readonly type: "dropped"; readonly count: number };

/** What the user did in the widget, as a step of a scenario; it stays in the page. */
export interface ActRecord {
  readonly type: "act";
  readonly step: Exclude<Step, { readonly expect: unknown }>;
}

/** What is read on the widget's screen, when the page asks; it stays in the page. */
export interface ScreenRecord extends ScreenText {
  readonly type: "screen";
}

/** The widget's main thread has not answered for so long, milliseconds; 0 once it answers again. */
export interface SilenceRecord {
  readonly type: "silence";
  readonly ms: number;
}

/** One thing that a channel of the page reported, milliseconds after the rendering began. */
export type LiveRecord = { readonly atMs: number } & (
  | { readonly channel: "probe"; readonly record: ProbeRecord | SilenceRecord }
  | { readonly channel: "bridge"; readonly record: BridgeEvent }
);

export interface LiveBatch {
  readonly stage: number;
  readonly records: readonly LiveRecord[];
}
