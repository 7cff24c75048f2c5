/** One way of reaching out, as a tiny widget, and the record it must leave. */
import type { BlockClass, RequestKind, RequestOutcome } from "../../../harness/model/evidence.ts";

export interface Expected {
  /** The target is no name of the vector's own. */
  readonly anyOrigin?: boolean;
  readonly kind: RequestKind | readonly RequestKind[];
  readonly outcome: RequestOutcome;
  readonly directive?: string | null;
  readonly blockClass?: BlockClass;
  readonly initiator?: "document" | "worker" | "frame" | "outer" | "popup";
  /** Chromium names only the origin. */
  readonly originOnly?: boolean;
  readonly escape?: string;
}

/** No network record, and why; what is recorded instead is an API use or a hint, when named. */
export interface Unseen {
  /** The record, where the browser still sends it before our servers close: not in every run. */
  readonly late?: Expected;
  readonly unseen: string;
  readonly api?: string;
  readonly hint?: string;
}

export interface Vector {
  /** Host to run under; default `chatgpt`. */
  readonly profile?: string;
  /** Contested facts settled for this vector. */
  readonly assumptions?: Readonly<Record<string, string>>;
  /** Row of the vector table. */
  readonly id: string;
  /** HTML of the widget's body; `{URL}` is the target, `{HOST}` its host, `{WSS}` the same as a socket. */
  readonly html: string;
  /** Path of the target, default `/x`. */
  readonly path?: string;
  /** Answer when allowed: a mock for the target. */
  readonly mock?: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly status?: number;
  };
  /** More mocks, placeholders replaced. */
  readonly mocks?: readonly {
    readonly url: string;
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  }[];
  /** Declared besides the target in both modes. */
  readonly declared?: readonly string[];
  readonly blocked: Expected | Unseen;
  readonly allowed: Expected | Unseen;
}
