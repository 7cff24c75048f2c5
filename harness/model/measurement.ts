/** What the measuring widget found out about the host that shows it: plain JSON, and nothing of the person who looks at it. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A policy that a violation quoted. `meta`: it stands in a meta element of the widget's document. */
export interface SeenPolicy {
  readonly text: string;
  readonly delivery: "meta" | "header";
  readonly disposition: "enforce" | "report";
}

/** Whether a policy refused it; what failed for another reason was let through. */
export type CellOutcome = "passed" | "blocked";

export interface DocumentFacts {
  readonly origin: string;
  readonly query: Readonly<Record<string, string>>;
  /** Origins of the frames above, the nearest first; null where the browser does not say. */
  readonly ancestors: readonly string[] | null;
  /** Origin of the referrer; empty when there is none. */
  readonly referrer: string;
  readonly secure: boolean;
  readonly isolated: boolean;
  readonly standardsMode: boolean;
  /** The document above shares the widget's origin. */
  readonly parentReachable: boolean;
  /** `sandbox` and `allow` of the widget's own frame; null where they cannot be read. */
  readonly sandbox: readonly string[] | null;
  readonly allow: string | null;
  /** Response headers of the document's own address, where it can be asked for. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface BridgeFacts {
  readonly protocolVersion: string;
  readonly hostInfo: { readonly name: string; readonly version: string };
  readonly hostCapabilities: Json;
  /** Of the host's context: name → value, or its type where the value is a person's. */
  readonly hostContext: Readonly<Record<string, Json>>;
  /** Time from the request to the answer, ms. */
  readonly handshakeMs: number;
}

/** Something that came from the host, ms since the widget's script began. */
export interface Arrival {
  readonly name: string;
  readonly atMs: number;
}

export interface DeliveryFacts {
  readonly order: readonly Arrival[];
  /** Which parts of the tool's result came over MCP Apps; null: no result came. */
  readonly result: readonly string[] | null;
  /** Which globals of `window.openai` held something: at the start, and at the end. */
  readonly globals: { readonly start: readonly string[]; readonly end: readonly string[] } | null;
}

export interface SizeFacts {
  /** Width and height of the frame when the script began, and once the host had answered, CSS pixels. */
  readonly start: readonly [number, number];
  readonly settled: readonly [number, number];
  /** Height that was reported → height that the frame then had. */
  readonly given: Readonly<Record<string, number>>;
}

export interface ProbeFacts {
  readonly document: DocumentFacts;
  readonly policies?: readonly SeenPolicy[];
  /** `img-src undeclared` → outcome. */
  readonly cells?: Readonly<Record<string, CellOutcome>>;
  /** Features that the permissions policy allows; null where the browser does not say. */
  readonly features: readonly string[] | null;
  readonly storage?: Readonly<Record<string, string>>;
  /** Names of `window.openai` → type; null: there is none. */
  readonly openai: Readonly<Record<string, string>> | null;
  readonly bridge: BridgeFacts | null;
  readonly delivery: DeliveryFacts;
  readonly size?: SizeFacts;
  /** What calls of tools, and of the host, gave. */
  readonly calls?: Readonly<Record<string, string>>;
  /** How often this widget ran before, as each keeper remembers. */
  readonly kept?: Readonly<Record<string, number>>;
  /** What a press of a button brought. */
  readonly presses: Readonly<Record<string, string>>;
}

export interface Measurement {
  readonly kind: "sandglass-measurement";
  readonly schemaVersion: 1;
  /** Day, ISO. */
  readonly date: string;
  /** Version of Sandglass. */
  readonly sandglass: string;
  readonly browser: string;
  /** What may be refused was tried, too. */
  readonly attempts: boolean;
  /** `_meta` that the widget's resource declared. */
  readonly declared: Readonly<Record<string, unknown>>;
  /** The MCP client, as it introduced itself to the server; absent when the measurement was pasted. */
  readonly client?: { readonly name: string; readonly version: string; readonly ui: boolean };
  readonly facts: ProbeFacts;
}
