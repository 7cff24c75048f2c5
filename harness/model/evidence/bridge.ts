/** What went over the bridge between host and widget. */
import type { Refusal, ViolationRule } from "../tags.ts";
import type { Where } from "./common.ts";

export interface BridgeMessage {
  readonly direction: "to-host" | "to-widget";
  readonly protocol: "mcp-apps" | "openai";
  readonly kind: "request" | "response" | "notification" | "invalid";
  readonly method: string;
  readonly id?: string | number;
  /** Payload, masked and cut to a stated size. */
  readonly payload?: unknown;
  readonly bytes: number;
  readonly error?: string;
  readonly atMs: number;
}

export interface BridgeEvidence {
  /** Which surface the widget used. */
  readonly surfaces: readonly ("mcp-apps" | "openai")[];
  /** How far the MCP Apps handshake went. */
  readonly handshake: "none" | "initialize-sent" | "initialized" | "rejected";
  readonly messages: readonly BridgeMessage[];
  /** Messages beyond the cap that were counted and not kept. */
  readonly dropped: number;
  readonly violations: readonly {
    readonly rule: ViolationRule;
    readonly detail: string;
    /** Of the message that broke the rule; empty when it names none. */
    readonly method?: string;
    readonly count: number;
  }[];
  /** Where a method was posted for the first time, as the page tells it; only where a place is known. */
  readonly senders?: readonly { readonly method: string; readonly where: Where }[];
  readonly toolCalls: readonly {
    readonly name: string;
    readonly outcome: "ok" | "error" | "refused";
    /** Present when it was refused. */
    readonly refusal?: Refusal;
    readonly detail?: string;
    /** What exploring had done last when it was made. */
    readonly pressed?: string;
  }[];
  /** Links asked for; `safeLink`: the host shows its confirmation dialog first. */
  readonly externalLinks: readonly { readonly url: string; readonly safeLink: boolean; readonly where?: Where }[];
  /** Largest height the widget asked for, CSS pixels. */
  readonly requestedHeight: number | null;
  /** The last height that the widget asked for, CSS pixels; absent when it asked for none. */
  readonly lastHeight?: number;
  /** Present when the height that it asks for grows with its frame: what it asked for at last, and by how much more. */
  readonly heightLoop?: { readonly height: number; readonly step: number };
}
