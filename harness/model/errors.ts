import type { Refusal } from "./tags.ts";

/** An error meant for people: what happened, why, and the next command to run. */
export class SandglassError extends Error {
  /** Stable code, e.g. `BROWSER_NOT_FOUND`. */
  readonly code: ErrorCode;
  /** What to do next: a sentence or a command. */
  readonly next: string;

  constructor(code: ErrorCode, message: string, next: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "SandglassError";
    this.code = code;
    this.next = next;
  }
}

/** Every code that Sandglass can end with; each is listed in docs/reference.md. */
export type ErrorCode =
  | "BAD_USAGE"
  | "BAD_CONFIG"
  | "BAD_WIDGET"
  | "BAD_METADATA"
  | "BAD_EVIDENCE"
  | "BAD_RECORDING"
  | "BROWSER_NOT_FOUND"
  | "BROWSER_FAILED"
  | "BROWSER_LOST"
  | "BUILD_FAILED"
  | "INTERNAL"
  | "INTERRUPTED"
  | "LOGIN_FAILED"
  | "NOT_HTML"
  | "NO_WIDGETS"
  | "PORT_TAKEN"
  | "SERVER_UNREACHABLE"
  | "TOOL_FAILED"
  | "UNKNOWN_CHECK"
  | "UNKNOWN_PROFILE"
  | "UNKNOWN_SCENARIO";

/** A browser died, and so did the one that stood in for it. */
export function browserLost(message: string): SandglassError {
  return new SandglassError(
    "BROWSER_LOST",
    message,
    "Memory is the usual cause: try --workers 1, or another Chromium with --browser-path FILE.",
  );
}

/** The user, or the machine that runs us, ended the command before its time. */
export const interruptedError = (message: string): SandglassError =>
  new SandglassError("INTERRUPTED", message, "Run it again: what was not seen is not passed.");

/** An error as the command line shows it: what happened with its code, then what to do next. */
export function errorText({ message, code, next }: SandglassError): string {
  return `sandglass: ${message} [${code}]\n  ${next}\n`;
}

/** The message of anything thrown, without a stack. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** A tool call that is refused for a reason that can be told apart; anything else that is thrown counts as `failed`. */
export class RefusedCall extends Error {
  constructor(
    readonly refusal: Refusal,
    message: string,
  ) {
    super(message);
    this.name = "RefusedCall";
  }
}

export const refusalOf = (thrown: unknown): Refusal => (thrown instanceof RefusedCall ? thrown.refusal : "failed");
