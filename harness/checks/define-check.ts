/**
 * One rule: what it looks at, what it can say, and how it decides. A check is
 * pure; it is handed the artifacts it needs and no others.
 */
import type { Artifacts, ArtifactName, Channel, Where } from "../model/evidence.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import type { Severity } from "../model/result.ts";

export type FindingData = Readonly<Record<string, string | number | boolean | null>>;

/** A finding before it is worded: a message id, its data, and who saw it. */
export interface RawFinding<M extends string = string> {
  readonly messageId: M;
  readonly data: FindingData;
  readonly where?: Where;
  readonly channel: Channel;
  /** Overrides the check's severity for this one finding. */
  readonly severity?: Severity;
  /** Names of the data that identify the finding across runs; default all. */
  readonly identity?: readonly string[];
}

export type Outcome<M extends string = string> =
  | { readonly outcome: "pass" }
  | { readonly outcome: "fail"; readonly findings: readonly [RawFinding<M>, ...RawFinding<M>[]] }
  | { readonly outcome: "review"; readonly reason: string; readonly findings?: readonly RawFinding<M>[] }
  | { readonly outcome: "inapplicable"; readonly reason: string };

export interface CheckContext {
  readonly profile: HostProfile;
  readonly scenario: string;
}

export interface CheckDefinition<N extends ArtifactName = ArtifactName, M extends string = string> {
  /** Area and noun; equals the file's path under `checks/`. Never reused. */
  readonly id: `${string}/${string}`;
  /** What holds when it passes, as a sentence: "Widget opens no modal dialog". */
  readonly title: string;
  readonly severity: Severity;
  readonly needs: readonly N[];
  /** Message id to template; `{name}` is replaced by the finding's data. */
  readonly messages: Readonly<Record<M, string>>;
  /** Where the rule comes from, dated. */
  readonly source: string;
  run(artifacts: Pick<Artifacts, N>, context: CheckContext): Outcome<NoInfer<M>>;
}

/** A check of any kind, as `judge` holds it. */
export type AnyCheck = Omit<CheckDefinition<ArtifactName, string>, "run"> & {
  run(artifacts: Artifacts, context: CheckContext): Outcome;
};

/** Declares a check; reading an artifact outside `needs` does not compile. */
export function defineCheck<const N extends ArtifactName, const M extends string>(
  check: CheckDefinition<N, M>,
): AnyCheck {
  return check as unknown as AnyCheck;
}

/** `fail` with these findings, or `pass` when there are none. */
export function failOrPass<M extends string>(findings: readonly RawFinding<M>[]): Outcome<M> {
  const [first, ...rest] = findings;
  return first ? { outcome: "fail", findings: [first, ...rest] } : { outcome: "pass" };
}
