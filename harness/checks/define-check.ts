/**
 * One rule: what it looks at, what it can say, and how it decides. A check is
 * pure; it is handed the artifacts it needs and no others.
 */
import {
  CHOSEN_TRIALS,
  type Artifacts,
  type ArtifactName,
  type Channel,
  type TrialName,
  type Where,
} from "../model/evidence.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import type { Severity } from "../model/result.ts";
import type { Note, TagData } from "../model/tags.ts";

/** A finding before it is formatted: a message id, its data, and who saw it. */
export interface RawFinding<M extends string = string> {
  readonly messageId: M;
  readonly data: TagData;
  readonly where?: Where;
  readonly channel: Channel;
  /** Overrides the check's severity for this one finding. */
  readonly severity?: Severity;
  /** Names of the data that identify the finding across runs; default all. */
  readonly identity?: readonly string[];
  /** Of a server: what it is about, first of all, where its data do not name it as `tool` or `uri`. */
  readonly about?: About;
}

/** A part of what a server answers. */
export interface About {
  readonly tool?: string | undefined;
  readonly uri?: string | undefined;
  /** Default: the one that its check looks at. */
  readonly request?: string;
  /** In the tool's entry, or the resource's content. Default: what its check looks at. */
  readonly path?: string;
}

export type Outcome<M extends string = string, R extends string = string> =
  | { readonly outcome: "pass" }
  | { readonly outcome: "fail"; readonly findings: readonly [RawFinding<M>, ...RawFinding<M>[]] }
  | { readonly outcome: "review"; readonly reason: Note<R>; readonly findings?: readonly RawFinding<M>[] }
  | { readonly outcome: "inapplicable"; readonly reason: Note<R> };

export interface CheckContext {
  readonly profile: HostProfile;
  readonly scenario: string;
  /** No tool names the resource: a widget opens it (`requestModal`), with what is not known here. Default false. */
  readonly isOpenedByWidget?: boolean;
  /** Whose evidence it is. Default `main`. */
  readonly trial?: TrialName;
}

export interface CheckDefinition<
  N extends ArtifactName = ArtifactName,
  M extends string = string,
  R extends string = string,
> {
  /** Area and noun; equals the file's path under `checks/`. Never reused. */
  readonly id: `${string}/${string}`;
  /** What holds when it passes, as a sentence: "Widget opens no modal dialog". */
  readonly title: string;
  readonly severity: Severity;
  readonly needs: readonly N[];
  /** Message id to template; `{name}` is replaced by the finding's data. */
  readonly messages: Readonly<Record<M, string>>;
  /** Reason id to template, for what it cannot decide and where it does not apply. Default: it always decides. */
  readonly reasons?: Readonly<Record<R, string>>;
  /** Where the rule comes from: dated, and readable by anyone. */
  readonly source: string;
  /**
   * Its review leaves the verdict open, as long as the check counts as an
   * error: it is not known whether the widget works. Default false.
   */
  readonly leavesOpen?: boolean;
  /** Whether the widget was seen at all: `--only` does not leave it out, `--skip` does. Default false. */
  readonly isPremise?: boolean;
  /** It looks at these trials too, and tells what it finds in them alone. Default: at the main one only. */
  readonly inTrials?: readonly TrialName[];
  /** Its findings are about what is declared, and stand there. Default false: where the finding says. */
  readonly isAboutDeclaration?: boolean;
  /** Its findings are about the widget as a whole, and stand where its code starts. Default false: where the finding says. */
  readonly isAboutWhole?: boolean;
  /** Its errors break the widget for whoever uses it; others bar its submission, or leak. Default false. */
  readonly breaksAtRunTime?: boolean;
  run(artifacts: Pick<Artifacts, N>, context: CheckContext): Outcome<NoInfer<M>, NoInfer<R>>;
}

/** A check of any kind, as `judge` holds it. */
export type AnyCheck = Omit<CheckDefinition, "run"> & {
  run(artifacts: Artifacts, context: CheckContext): Outcome;
};

/** Trials in which the widget is given all of the result, sooner or later: what is refused there is refused in use. */
export const WHOLE_TRIALS: readonly TrialName[] = ["late", "dark", "narrow", "pressed", ...CHOSEN_TRIALS];

/** Declares a check; reading an artifact outside `needs`, or naming an unknown message or reason, does not compile. */
export function defineCheck<const N extends ArtifactName, const M extends string, const R extends string = never>(
  check: CheckDefinition<N, M, R>,
): AnyCheck {
  return check;
}

/** `fail` with these findings, or `pass` when there are none. */
export function failOrPass<M extends string>(findings: readonly RawFinding<M>[]): Outcome<M, never> {
  const [first, ...rest] = findings;
  return first ? { outcome: "fail", findings: [first, ...rest] } : { outcome: "pass" };
}

/** It cannot be decided whether the rule holds. */
export const review = <const R extends string>(id: R, data: TagData = {}) =>
  ({ outcome: "review", reason: { id, data } }) as const;

/** The rule says nothing of this widget or host. */
export const inapplicable = <const R extends string>(id: R, data: TagData = {}) =>
  ({ outcome: "inapplicable", reason: { id, data } }) as const;
