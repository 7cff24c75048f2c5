/** Records of the raw log about requests, violations and messages, and the places that they name. */
import type { RequestKind } from "../../host/csp/kinds.ts";
import type { AnsweredBy, Channel, Provenance } from "./evidence.ts";

/** `framed`: another page in a frame of the widget, under a policy of its own. */
export type FrameRole = "top" | "outer" | "inner" | "child" | "framed" | "worker" | "popup";

/** When a record came. Virtual stage. */
export interface Lived {
  /** Where the widget's clock had left ours: milliseconds since its document began, by its own clock. */
  readonly livedMs?: number;
  /** While exploring: what had been pressed last. */
  readonly pressed?: string;
}

/** A position as the browser gave it, 0-based. Chromium counts a written script's lines from the script's own start. */
export interface RawPlace {
  /** Document or script; empty for the widget's own document. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
  /** Key in `scripts`; absent for places in markup and for scripts whose text was not read. */
  readonly script?: string;
  /** The line itself, cut around the column: for a script of which the widget's document does not hold the text. */
  readonly excerpt?: string;
  /** Names of which one must stand near the position, where no script is named (live stage): empty when nothing is known of it. */
  readonly near?: readonly string[];
}

/** The text of a script, by where it stands. */
export interface RawScript {
  /** Offset in the widget's document (line ends as `\n`); null when it does not stand there, as code made at run time. */
  readonly offset: number | null;
  /** Characters. */
  readonly length: number;
  /** Written in the document, not loaded and not made at run time. */
  readonly inline: boolean;
}

export interface MaskedAddress {
  /** Its origin, masked; absent when the masked address has the same. */
  readonly origin?: string;
  /** Where it stands in the widget's document (line ends as `\n`). */
  readonly offset?: number;
}

export interface RawRequest extends Lived {
  /** Virtual stage: `network`; live stage: `page`, from resource timing, or of the document that is left. */
  readonly channel: Channel;
  readonly url: string;
  readonly method: string;
  /** As the channel names it: a document is a `frame` until its place tells more. */
  readonly kind: RequestKind;
  readonly role: FrameRole;
  /** Whose document holds the frame that a navigation fills: its policy decides, whoever navigates. */
  readonly embedder?: FrameRole;
  readonly place: RawPlace | null;
  /** Earlier addresses of a redirect, in order. */
  readonly hops: readonly string[];
  /** A navigation that a form asked for. */
  readonly isForm: boolean;
  readonly requestOrigin: string | null;
  readonly state: "pending" | "answered" | "failed";
  readonly status?: number;
  /** Failure text as the browser gave it. */
  readonly error?: string;
  /** Chromium's reason; `unknown` where the channel does not say why a request failed (live stage). */
  readonly blockedReason?: string;
  readonly corsError?: string;
  /** The header, method or value that CORS refused. */
  readonly corsParameter?: string;
  /** Response headers, lower-case values of them as sent; null when absent. */
  readonly allowOrigin?: string | null;
  readonly resourcePolicy?: string | null;
  /** As the browser read it. Virtual stage. */
  readonly mimeType?: string;
  /** Of a `fetch` that was answered: whether code read its body. Chromium tells the end of a body once it was read, and else never. Virtual stage. */
  readonly bodyRead?: boolean;
  /** Known at once: what did not reach our own servers went to the network (live stage: `live`). */
  readonly answeredBy?: AnsweredBy;
  readonly atMs: number;
}

/** A violation of a policy. */
export interface RawIssue extends Lived {
  /** Virtual stage: `audits`; live stage: `page`, or `report-uri` for what only the outer policy's reports tell. */
  readonly channel: Channel;
  /** Effective directive. */
  readonly directive: string;
  /** As reports name it: a redirect by its first address, a frame by its origin, `data:` and `blob:` by the scheme alone; empty for inline code and eval. */
  readonly blockedUrl: string;
  /** What was refused, when it was no address. */
  readonly code: "inline" | "eval" | null;
  readonly place: RawPlace | null;
  readonly role: FrameRole;
  readonly count: number;
  readonly atMs: number;
}

export interface RawSocket extends Lived {
  readonly channel: Channel;
  readonly url: string;
  readonly kind: "websocket" | "webtransport";
  readonly role: FrameRole;
  readonly place: RawPlace | null;
  readonly atMs: number;
}

export interface RawMessage extends Lived {
  readonly channel: Channel;
  /** The protocol's or the console method's own word: `error`, `warning`, `assert`, … */
  readonly level: string;
  readonly text: string;
  /** The resource that a message of the browser is about, where it stands beside the text. */
  readonly about?: string;
  readonly place: RawPlace | null;
  readonly role: FrameRole;
  /** `exception`: uncaught error or rejection; `console`: a console call; `browser`: the browser's own message, which page code cannot write. */
  readonly origin: "exception" | "console" | "browser";
  readonly count: number;
}

export interface RawNavigation extends Lived {
  readonly channel: Channel;
  readonly url: string;
  /** Chromium's reason, e.g. `scriptInitiated`. */
  readonly reason: string;
  readonly role: FrameRole;
  readonly count: number;
}

export interface RawDownload extends Lived {
  readonly channel: Channel;
  readonly url: string;
  readonly count: number;
}

/** A request as our own server got it: the boundary, or the developer page's. */
export interface RawArrival {
  readonly channel: Channel;
  readonly url: string;
  readonly method: string;
  /** `Sec-Fetch-Dest`. */
  readonly dest: string;
  /** `Sec-Fetch-Mode`, or `websocket`. */
  readonly mode: string;
  readonly answeredBy: AnsweredBy;
  readonly status: number;
  /** As the answer names it, without parameters. Virtual stage. */
  readonly mimeType?: string;
  /** Absolute `Location` of a redirect. */
  readonly redirectTo: string | null;
  /** The inner policy would not have let it through. */
  readonly outsidePolicy: boolean;
  /** Present when the answer does not let the sandbox read it. Live stage: the browser itself tells the virtual one. */
  readonly unreadable?: {
    readonly allowOrigin: string | null;
    readonly resourcePolicy: string | null;
    readonly requestOrigin: string | null;
  };
  readonly atMs: number;
}

/** A preflight as the boundary answered it. */
export interface RawPreflight {
  readonly channel: Channel;
  readonly url: string;
  /** Method that it asks leave for. */
  readonly method: string;
  /** Names of the headers that it asks leave for, lower-case. */
  readonly headers: readonly string[];
  readonly answeredBy: AnsweredBy;
  /** 0 when nothing was answered. */
  readonly status: number;
  readonly allowOrigin: string | null;
  readonly allowMethods: string | null;
  readonly allowHeaders: string | null;
  readonly allowCredentials: string | null;
}

/** What V8 saw of one script up to the end of the rendering. Offsets and lengths are UTF-16 units. */
export interface RawCoverage {
  /** Where its text stands in the widget's document (line ends as `\n`); null when it arrived. */
  readonly offset: number | null;
  /** Where it arrived from; `blob:script` for one of a blob, whose address is new in every run. */
  readonly url: string;
  readonly length: number;
  /** Lengths of its lines with their ends; only of one that arrived. */
  readonly lines?: readonly number[];
  /** Whose code it is as far as its address and form tell; absent: the widget's own. */
  readonly provenance?: Provenance;
  /** Functions in it, three numbers each: start, end, and 1 if it ran, else 0. Code in a function that never ran holds more, which V8 does not list. */
  readonly functions: readonly number[];
  /** Stretches that did not run, two numbers each: start and end; in order, apart from each other. */
  readonly unrun: readonly number[];
}
