/** What the guest and the bridge say to each other over their private port. Plain, structured-cloneable values. */
import type { DisplayMode } from "../../profiles/types.ts";

/** `window.openai`'s data. Source: developers.openai.com/plugins/reference, read September 2026. */
export interface OpenAiGlobals {
  readonly toolInput: unknown;
  readonly toolOutput: unknown;
  readonly toolResponseMetadata: unknown;
  readonly widgetState: unknown;
  readonly theme: "light" | "dark";
  readonly displayMode: DisplayMode;
  readonly maxHeight: number;
  readonly safeArea: {
    readonly insets: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  };
  readonly view: unknown;
  readonly userAgent: {
    readonly device: { readonly type: string };
    readonly capabilities: { readonly hover: boolean; readonly touch: boolean };
  };
  readonly locale: string;
}

/** Put on the inner window by the sandbox document, and taken off by the guest before the widget runs. */
export interface GuestBoot {
  readonly port: MessagePort;
  /** Null: this host gives widgets no `window.openai`. */
  readonly globals: OpenAiGlobals | null;
  readonly record: { readonly apis: boolean; readonly reads: boolean; readonly early?: boolean };
  /** Methods that this host's `window.openai` lacks. */
  readonly missing: readonly string[];
  /** What `requestDisplayMode` gives outside a user gesture. */
  readonly displayModeOutsideGesture: "undefined" | "granted";
  /** The host gives the widget's document an origin that nothing else has. Default false. */
  readonly opaque?: boolean;
}

export interface ApiRecord {
  readonly api: string;
  readonly returned: string;
  readonly stack: string;
  readonly blocked: boolean;
  /** What was written, for the scanner; storage only, at most 10,000 characters. */
  readonly value?: string;
}

export interface ReadsRecord {
  readonly fields: readonly { readonly path: string; readonly state: "read" | "walked" }[];
  readonly opaque: readonly string[];
}

export type GuestToHost =
  | { readonly type: "call"; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly type: "tell"; readonly method: string; readonly args: readonly unknown[] }
  | { readonly type: "api-use"; readonly record: ApiRecord }
  | { readonly type: "early-read"; readonly stack: string }
  | { readonly type: "reads"; readonly reads: ReadsRecord | null };

export type HostToGuest =
  | { readonly type: "answer"; readonly id: number; readonly ok: boolean; readonly value: unknown }
  | { readonly type: "globals"; readonly globals: Partial<OpenAiGlobals> }
  | { readonly type: "flush-reads" };
