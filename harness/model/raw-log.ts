/**
 * The raw log: what each channel reported of one rendering, unjoined. Plain
 * JSON, and sealed: every string in it has been through the scanner, so no raw
 * secret is in it. Both stages make it, the headless run (`virtual`) from the
 * DevTools protocol and the boundary, the developer page (`live`) from its
 * probe and its own servers; `gather/artifacts` joins it into evidence.
 *
 * A field that only one stage can fill says so. Addresses of the sandbox are
 * those of the host (`https://….web-sandbox.…`), in the live stage too.
 */
import type {
  BridgeEvidence,
  Channel,
  Detection,
  DocumentEvidence,
  ExpectationsEvidence,
  FieldReads,
  GivenLeaf,
  InventedResult,
  Life,
  PropsEvidence,
  Shown,
} from "./evidence.ts";
import type { Cut, Exploration, NoResult, ScanLimit, StepFailure } from "./tags.ts";
import type {
  Lived,
  MaskedAddress,
  RawArrival,
  RawCoverage,
  RawDownload,
  RawIssue,
  RawMessage,
  RawNavigation,
  RawPlace,
  RawPreflight,
  RawRequest,
  RawScript,
  RawSocket,
} from "./raw-records.ts";

export type * from "./raw-records.ts";

export interface RawLog {
  readonly schemaVersion: 1;
  readonly stage: "virtual" | "live";
  /** Channels that listened: what none of them could see is not missing. */
  readonly channels: readonly Channel[];
  readonly requests: readonly RawRequest[];
  readonly issues: readonly RawIssue[];
  readonly sockets: readonly RawSocket[];
  readonly messages: readonly RawMessage[];
  /** Virtual stage. */
  readonly navigations: readonly RawNavigation[];
  /** Virtual stage. */
  readonly downloads: readonly RawDownload[];
  readonly arrivals: readonly RawArrival[];
  /** Virtual stage. */
  readonly preflights: readonly RawPreflight[];
  readonly apiUses: readonly RawApiUse[];
  readonly bridge: RawBridge;
  readonly departure: Departure | null;
  /** A `<meta http-equiv="refresh">` that was scheduled: it comes, whether or not the run lasts that long. Virtual stage. */
  readonly refresh: { readonly url: string; readonly seconds: number } | null;
  readonly document: RawDocument;
  readonly acts: RawActs;
  /** What the scenario expects, and what was seen of it; absent where it expects nothing, and in trials. Virtual stage. */
  readonly expected?: ExpectationsEvidence;
  readonly given: GivenFacts;
  /** Scripts that places lie in, and the document's inline scripts, by key. */
  readonly scripts: Readonly<Record<string, RawScript>>;
  /** What ran of the scripts of document and workers; absent when it was not measured. Virtual stage. */
  readonly coverage?: readonly RawCoverage[];
  /** What masking took from an address, by the masked one; only where it changed something. */
  readonly addresses: Readonly<Record<string, MaskedAddress>>;
  /** Lines of source that evidence quotes, masked, by `excerptKey`. */
  readonly excerpts: Readonly<Record<string, string>>;
  /** Secrets and personal data that were found while the log was sealed. */
  readonly detections: readonly Detection[];
  /** Caps that the scanner hit. */
  readonly limits: readonly ScanLimit[];
  /** Records kept of a kind; more were counted. */
  readonly limit: number;
  readonly dropped: Readonly<Partial<Record<DroppedKind, number>>>;
}

export type DroppedKind =
  | "messages"
  | "exceptions"
  | "browserMessages"
  | "issues"
  | "requests"
  | "navigations"
  | "arrivals"
  | "socketFrames"
  | "bridgeMessages"
  | "bridgeViolations"
  | "toolCalls"
  | "links"
  | "apiUses"
  | "storageWrites";

/** A call that the in-page recorder saw; the page could have forged it. */
export interface RawApiUse extends Lived {
  readonly channel: Channel;
  readonly api: string;
  /** What the code got back, in words. */
  readonly returned: string;
  /** Call frames outside injected scripts, innermost first. */
  readonly places: readonly RawPlace[];
  readonly blocked: boolean;
  /** `outer`: the sandbox document around the widget, or a frame put beside the widget's. */
  readonly initiator: "document" | "worker" | "frame" | "outer";
  readonly count: number;
}

/** What the stage reported of the bridge; payloads are masked and cut. */
export interface RawBridge extends Omit<BridgeEvidence, "senders"> {
  /** Call frames of the code that posted a method for the first time, outside injected scripts, innermost first. */
  readonly senders?: readonly { readonly method: string; readonly places: readonly RawPlace[] }[];
  /** What the guest saw the widget read of `toolOutput`; null when nothing was recorded. */
  readonly reads: {
    readonly fields: readonly { readonly path: string; readonly state: "read" | "walked" }[];
    readonly opaque: FieldReads["opaque"];
  } | null;
  /** Call frames that read `toolOutput` while it was null, innermost first; only where a result was held back. */
  readonly earlyReads?: readonly (readonly RawPlace[])[];
}

/** How the widget's own frame came to hold another document than the one that was written for it. */
export interface Departure {
  readonly url: string;
  /** Chromium's reason (`scriptInitiated`, `reload`, …), or `history` for a step back or forward. */
  readonly how: string;
}

/** How the rendering ended, and what was on the screen then. */
export interface RawDocument {
  readonly ended: DocumentEvidence["ended"];
  readonly loaded: boolean;
  /** Null when the document could not be looked at. */
  readonly probe: DocumentProbe | null;
  /** What was shown when it had come to rest, before its life went on; absent where it was not compared. Virtual stage. */
  readonly rest?: Shown;
  /** 0 to 1; null when no picture was taken. Virtual stage. */
  readonly paintedShare: number | null;
  /** Timers of workers that were too long to wait for. Virtual stage. */
  readonly pendingTimers: number;
  /** Of the life that was seen after the widget had come to rest; null when none was. Virtual stage. */
  readonly life: Life | null;
  /** Flags that the browser was started without, though what it shows depends on them. Default none. */
  readonly browserLacks?: readonly string[];
  /** It did the same again and again, and had not stopped, when it was taken to be at rest. Default false. Virtual stage. */
  readonly restless?: boolean;
  /** False when nothing of the widget was observed: then nothing that is missing was really absent. */
  readonly observed: boolean;
  /** Of a thread that hung: the calls that did not come to their end, innermost first; absent when it did not stop to tell. Virtual stage. */
  readonly hungIn?: readonly RawCall[];
}

/** A call under way. */
export interface RawCall {
  /** Of the function; empty when it has none. */
  readonly name: string;
  readonly place: RawPlace | null;
}

export interface DocumentProbe {
  readonly visibleElements: number;
  readonly textLength: number;
  /** None of the text can be seen, and no picture is there. Default false. */
  readonly textUnseeable?: boolean;
  /** Boxes are drawn, and nothing else: no text, no picture, no component that may hold some. Default false. */
  readonly boxesAlone?: boolean;
  readonly width: number;
  readonly height: number;
  /** Of the body, whatever the frame's own, CSS pixels; absent in older logs. */
  readonly contentHeight?: number;
  readonly title: string;
  readonly hints: readonly { readonly rel: string; readonly url: string }[];
  /** Virtual stage. */
  readonly shown?: Shown;
  /** Pictures and media that failed and stand on the screen all the same; absent where it was not asked. */
  readonly broken?: readonly { readonly url: string }[];
  /** Links that lead to another page, each address and target once; absent in older logs. */
  readonly links?: readonly { readonly url: string; readonly target: string }[];
}

/** Scenario steps and exploration, in order. Virtual stage. */
export interface RawActs {
  readonly steps: readonly { readonly step: string; readonly outcome: "done" | "failed" }[];
  /** First step that failed. */
  readonly failed: StepFailure | null;
  readonly explored: readonly Exploration[];
  /** Exploring ended because its time was over; null when it did not. */
  readonly exploringStoppedAfterMs: number | null;
  /** Exploring ended because the widget left, crashed, hung or was taken down. */
  readonly exploringEnded?: "gone";
  /** How many things could be pressed at last; absent when it was not asked, or could not be told. */
  readonly pressable?: number;
  /** What was shown before the first step, or before a result that was held back came; null when it could not be looked at. */
  readonly before?: Shown | null;
  /** What was shown at the moment at which a result that was held back came; absent where it came at rest. */
  readonly held?: Shown | null;
  /** What was shown once at rest after that, before its life went on. */
  readonly after?: Shown | null;
}

/** Of the scenario's values only what evidence tells: sizes and paths. */
export interface GivenFacts {
  /** Bytes as JSON. */
  readonly sizes: PropsEvidence["sizes"];
  /** Leaves of `toolOutput` in document order; null when no reads of them were recorded. */
  readonly leaves: readonly GivenLeaf[] | null;
  /** Web origins that the values name. Default none. */
  readonly named?: PropsEvidence["named"];
  /** Orders to a model that the values, and the answers of mocks, hold. Default none. */
  readonly orders?: PropsEvidence["orders"];
  readonly inventedArguments: boolean;
  readonly inventedResult?: InventedResult;
  /** Why the widget was given no result that its tool would give in use. */
  readonly noResult?: NoResult;
  /** What the widget was given otherwise than the server sent it. */
  readonly cuts: readonly Cut[];
  /** Of the result, for trials: whether there is anything in it to show, and its words and numbers, lower case, with a space between. */
  readonly result?: { readonly carries: boolean; readonly words: string };
  /** Words and numbers of the input, for trials. */
  readonly inputWords?: string;
  /** The scenario says that the widget shows the same with its result as without. */
  readonly expectsUnchanged?: true;
  /** The result says that its tool failed. */
  readonly isError?: true;
  /** Words and numbers of a second result that is another than the first, for trials; absent where it is not. */
  readonly secondWords?: string;
}

/** Key of `excerpts`: a 1-based place in a file. */
export const excerptKey = (file: string, line: number, column: number): string => `${file}:${line}:${column}`;
