/** What tools are asked with wrong arguments, and what came back. Plain JSON. */

export type ProbeKind = "missing" | "null" | "mistyped" | "boundary" | "oversized" | "hostile" | "extra";

export type AttackId = "template" | "command" | "path" | "query" | "control" | "instruction";

/** Arguments for one call. */
export interface ArgumentProbe {
  readonly kind: ProbeKind;
  /** Field that is wrong in it, as code names it: `places[0].name`. */
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** `error`: the schema rules them out, so that an answer as if all were well is wrong; `answer`: either will do. */
  readonly expects: "error" | "answer";
  readonly attack?: AttackId;
}

/** What an answer gives away. `personal`: an error names what belongs to a person, and was not in the arguments. */
export type Leak = "stack" | "secret" | "personal" | "executed" | "planted-unmarked";

/** How a call with such arguments ended. */
export interface ProbeOutcome {
  readonly tool: string;
  readonly kind: ProbeKind;
  readonly field: string;
  readonly expects: ArgumentProbe["expects"];
  readonly attack?: AttackId;
  /** `refused`: by an error of the protocol; `error`: a result that says so; `answered`: as if all were well. */
  readonly ended: "refused" | "error" | "answered" | "hang" | "crash" | "server-error";
  /** Milliseconds. */
  readonly took: number;
  readonly leaks: readonly { readonly leak: Leak; /** Masked, at most 200 characters. */ readonly shown: string }[];
  /** Masked first words of the answer, at most 200 characters. */
  readonly said: string;
}

/**
 * Why a tool was not called with wrong arguments. `no-open-world-hint`: with those alone that its schema rules out,
 * since what it takes may go on to systems of others.
 */
export type NotProbed =
  | "destructive"
  | "not-read-only"
  | "named-otherwise"
  | "open-world"
  | "no-open-world-hint"
  | "no-valid-arguments"
  | "nothing-to-try"
  | "slow"
  | "server-gone"
  | "out-of-time";

export interface ProbesEvidence {
  readonly outcomes: readonly ProbeOutcome[];
  readonly notProbed: readonly { readonly tool: string; readonly why: NotProbed }[];
}
