/** The seam between the bridge (browser code, no page, no Node) and the stage that runs it. */
import type { DisplayMode, HostProfile } from "../../profiles/types.ts";
import type { Refusal, ViolationRule } from "../../../harness/model/tags.ts";

/** What the host tells the widget about itself; CSS pixels. */
export interface HostState {
  readonly theme: "light" | "dark";
  readonly locale: string;
  readonly displayMode: DisplayMode;
  readonly device: "desktop" | "tablet" | "mobile";
  readonly touch: boolean;
  readonly hover: boolean;
  readonly maxHeight: number;
  readonly width: number;
  readonly safeArea: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  /** IANA name. Default: UTC. */
  readonly timeZone?: string;
  /** In place of the view that its display mode is: a modal of ChatGPT's, with what it was asked for with. */
  readonly view?: { readonly mode: "modal"; readonly params: unknown };
  /** Style variables, over those of the host; of no effect where it sends none. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** One rendering of a widget: what it receives, and what it may reach. */
export interface StageBoot {
  readonly profile: HostProfile;
  readonly state: HostState;
  readonly tool: {
    readonly name: string;
    readonly title?: string;
    readonly description?: string;
    readonly inputSchema?: unknown;
  };
  readonly toolInput: unknown;
  /** A tool result: `structuredContent`, `content`, `_meta`, `isError`; null while the tool has not answered. */
  readonly toolResult: ToolResult | null;
  /** The result that `again` gives. Default: the same once more. */
  readonly secondResult?: ToolResult | null;
  readonly widgetState: unknown;
  /** Hold `toolInput` and the result back until the widget saw them null. */
  readonly gated: boolean;
  /** Hold the result alone back until `release` is driven. Default false. */
  readonly late?: boolean;
  /** Parts of the input, which come first; the input and the result are held back until `release` is driven. */
  readonly stream?: readonly Readonly<Record<string, unknown>>[];
  readonly redirectDomains: readonly string[];
  readonly frame: FramePlan;
  readonly record: RecordBoot;
}

/** What the guest records: API uses, reads of `toolOutput`, and places that read it while it is null. */
export interface RecordBoot {
  readonly apis: boolean;
  readonly reads: boolean;
  readonly early?: boolean;
}

export interface ToolResult {
  readonly structuredContent?: unknown;
  readonly content?: readonly unknown[];
  readonly _meta?: unknown;
  readonly isError?: boolean;
}

/** The documents of one rendering, built by `frames.ts` alone. */
export interface FramePlan {
  readonly topUrl: string;
  readonly outerUrl: string;
  readonly outerOrigin: string;
  /** Response headers of the outer sandbox document, lower-case names. */
  readonly outerHeaders: Readonly<Record<string, string>>;
  readonly outerHtml: string;
  /** Attributes of the outer iframe. */
  readonly outerSandbox: string;
  readonly outerAllow: string;
  readonly innerSandbox: string;
  /** The widget's document, policy first; handed to the outer document, which writes it. */
  readonly innerHtml: string;
  /** Document that the widget is written over; default: `about:blank`, as in ChatGPT. The live stage's overlay needs one that its worker controls. */
  readonly innerUrl?: string;
  /** How many characters stand before the widget's own first character, all on line 1. */
  readonly innerPrefixLength: number;
}

export { MESSAGE } from "../guest/record-messages.ts";

/** Rules of the bridge that a message can break; `stage` is a fault of the bridge itself. */
export type BridgeRule = ViolationRule;

/** Why a call was not carried out, as the server's port says it; `failed` for anything that it does not tell apart. */
export type CallRefusal = Refusal;

/** What the bridge reports while a widget runs. Everything is structured-cloneable JSON. */
export type BridgeEvent =
  | { readonly type: "sandbox-ready" }
  | { readonly type: "written" }
  | {
      readonly type: "message";
      readonly direction: "to-host" | "to-widget";
      readonly protocol: "mcp-apps" | "openai";
      readonly kind: "request" | "response" | "notification" | "invalid";
      readonly method: string;
      readonly id?: string | number;
      readonly payload?: unknown;
      readonly bytes: number;
      readonly error?: string;
    }
  | {
      readonly type: "handshake";
      readonly state: "initialize-sent" | "initialized" | "rejected";
      readonly detail?: string;
    }
  | {
      readonly type: "violation";
      readonly rule: BridgeRule;
      readonly detail: string;
      /** Of the message that broke the rule; empty when it names none. */
      readonly method?: string;
    }
  | {
      readonly type: "tool-call";
      readonly name: string;
      readonly args: unknown;
      readonly outcome: "ok" | "error" | "refused";
      /** Present when it was refused. */
      readonly refusal?: CallRefusal;
      readonly detail?: string;
    }
  | { readonly type: "open-link"; readonly url: string; readonly safeLink: boolean }
  | { readonly type: "size"; readonly width?: number; readonly height?: number }
  /** A widget whose height grows with its frame, CSS pixels; the frame is left as it is. */
  | { readonly type: "height-loop"; readonly height: number; readonly step: number }
  /** Whether it is being found out. */
  | { readonly type: "sizing"; readonly busy: boolean }
  | { readonly type: "display-mode"; readonly requested: string; readonly granted: DisplayMode | null }
  /** `kept`: by `setWidgetState`, which a host gives back when it mounts the widget again. */
  | { readonly type: "widget-state"; readonly state: unknown; readonly kept?: true }
  | { readonly type: "surface"; readonly surface: "mcp-apps" | "openai" }
  | { readonly type: "dropped"; readonly count: number }
  /** In-page evidence: the widget's document could have forged it. */
  | {
      readonly type: "api-use";
      readonly api: string;
      readonly returned: string;
      readonly stack: string;
      readonly blocked: boolean;
    }
  /** `toolOutput` was read while it was null. */
  | { readonly type: "early-read"; readonly stack: string }
  | {
      readonly type: "reads";
      readonly fields: readonly { readonly path: string; readonly state: "read" | "walked" }[];
      readonly opaque: readonly string[];
    };

/** A file that a user of the host chose. */
export interface ChosenFile {
  readonly fileId: string;
  readonly fileName: string;
  readonly mimeType: string;
}

/** The user of the host, for what the host asks him: the developer page has one, a check has none. */
export interface UserPort {
  /** What the host answers; rejects when the user declines. */
  checkout(session: unknown): Promise<unknown>;
  selectFiles(): Promise<readonly ChosenFile[]>;
  uploadFile(file: unknown): Promise<{ readonly fileId: string }>;
  fileUrl(fileId: string): Promise<string>;
}

/** Real tool server behind the bridge; methods reject with a plain message, `callTool` with a `refusal` beside it. */
export interface ServerPort {
  callTool(name: string, args: Readonly<Record<string, unknown>>): Promise<unknown>;
  listTools(): Promise<unknown>;
  readResource(uri: string): Promise<unknown>;
  listResources(): Promise<unknown>;
}

/**
 * Virtual stage, between the top page and Node: the page calls the binding
 * `sandglassHost(JSON)` with a `StageCall`; Node answers server calls by
 * evaluating `sandglassAnswer(id, ok, value)` in the page (a value that is not ok is a `RejectedCall`), and drives the stage
 * with `sandglassDrive(command)`.
 */
export type StageCall =
  | { readonly type: "event"; readonly event: BridgeEvent }
  | {
      readonly type: "server";
      readonly id: number;
      readonly method: keyof ServerPort;
      readonly params: readonly unknown[];
    };
/** A server call that was rejected, as data. */
export interface RejectedCall {
  readonly message: string;
  readonly refusal: CallRefusal;
}
export type StageCommand =
  | { readonly type: "teardown" }
  /** Gives the widget the result that was held back. */
  | { readonly type: "release" }
  /** Gives it a result once more. */
  | { readonly type: "again" }
  /** Gives it this result. */
  | { readonly type: "give"; readonly result: ToolResult | null }
  /** Says that the call of its tool was cancelled. */
  | { readonly type: "cancel"; readonly reason: string }
  | { readonly type: "set-state"; readonly state: Partial<HostState> }
  | { readonly type: "flush-reads" };
