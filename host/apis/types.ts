/** The columns of the table of browser APIs. */

/** What a profile must give for the API to work: a token of both `sandbox` attributes, or a feature of `allow`. */
export type Need = { readonly token: string } | { readonly feature: string };

/**
 * How the recorder knows that the host did not let a call through: by every
 * call, by the value, by the error, or by an error while the permissions
 * policy denies the feature. (A rejection for want of focus or of a gesture is
 * not the host's doing.)
 */
export type Refused = "always" | "null" | "false" | "error" | { readonly policy: string };

/** What the recorder wraps: methods in the shape of most, or in one of their own. */
export type Wrap = {
  /** Path of the object that has the methods; default: the global object. */
  readonly owner?: string;
  readonly methods: readonly string[];
  /** Name that is recorded, `*` is the method's own; default `*`. */
  readonly reports?: string;
} & ({ readonly shape?: undefined; readonly refused: Refused } | { readonly shape: OwnShape });

/**
 * Calls that need code of their own: `callbacks` answer through functions,
 * `capture` depends on what is asked for, `command` on the command named, and
 * `servers` is told only where some are named.
 */
export type OwnShape =
  "callbacks" | "capture" | "command" | "construct" | "cookie" | "download" | "servers" | "storage";

/** Chromium's own words of a call that it did not let through. */
export interface NativeMessage {
  readonly pattern: RegExp;
  /** Name that is recorded. */
  readonly api: string;
  /** What the code got back. */
  readonly returned: string;
  /** A message as Chromium writes it. */
  readonly sample: string;
  /** It leaves this message whenever a sandboxed document makes the call; default false. */
  readonly always?: true;
}

/** How code names the API, read without running it. Paths start at the global object. */
export interface StaticNames {
  /** Functions whose call is a use. */
  readonly calls?: readonly string[];
  /** Methods so named that their object need not be known. */
  readonly methods?: readonly string[];
  /** Properties whose writing is a use. */
  readonly writes?: readonly string[];
  /** Properties and objects whose mention is a use. */
  readonly members?: readonly string[];
}

export interface ApiRow {
  /** The check that judges its uses, `api/<judged>`; null: none does. */
  readonly judged: string | null;
  /** Names under which uses are recorded, each alone or followed by `.` and more. */
  readonly names: readonly string[];
  /** Null: nothing that a profile states lets it through, or nothing holds it back. */
  readonly needs: Need | null;
  readonly staticNames: StaticNames;
  readonly native: readonly NativeMessage[];
  /** Names of which one stands in the code where the API is used; default: the recorded name's last part. */
  readonly codeNames?: readonly string[];
  /** What to do instead, as a sentence. */
  readonly advice?: string;
  /** Code that calls it and was not reached; absent: nothing is said of it. */
  readonly unseen?: {
    /** What becomes of the call, after "which this run did not reach". */
    readonly fate: string;
    readonly severity: "warning" | "info";
    /** In the widget's own code, where nothing else is tried: as severe as when it is seen. */
    readonly own: "error" | "warning" | "info";
    /** A use beside it that makes it a second choice. */
    readonly unlessBeside?: string;
  };
}
