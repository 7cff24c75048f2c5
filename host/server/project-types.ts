/** What the page may have written into the project, on the user's word. Types only: both sides import them. */
import type { Expectation } from "../../harness/model/expectation.ts";
import type { Scenario, ScenarioContext, Step } from "../../harness/model/widget.ts";

export interface SaveScenario {
  readonly widget: string;
  /** The one that is shown: what it holds beyond what is given here is kept. */
  readonly shown: string;
  readonly name: string;
  /** In place of a scenario of that name. */
  readonly overwrite: boolean;
  readonly given: Pick<Scenario, "toolInput" | "toolOutput" | "content" | "_meta" | "isError" | "widgetState">;
  readonly context: ScenarioContext;
  readonly steps: readonly Step[];
  readonly expect: readonly Expectation[];
  /** Rendering whose network answers become mocks, too. Default none. */
  readonly stage?: number;
}

/** Lists of a declaration by its key, each under the names of that key. */
export type DeclaredLists = Readonly<
  Partial<Record<"ui.csp" | "openai/widgetCSP", Readonly<Record<string, readonly string[]>>>>
>;

export interface Declare {
  readonly widget: string;
  readonly lists: DeclaredLists;
}

/** A file was written; `id` takes it back. */
export interface ProjectChange {
  readonly id: number;
  /** As reports show it. */
  readonly file: string;
  /** What a person has to add elsewhere for it to be read. */
  readonly toAdd?: string;
  /** What was masked in what was written. */
  readonly masked: readonly string[];
  /** Answers of the network that were kept as mocks. Default 0. */
  readonly mocks?: number;
  /** Answers that were not, and why. */
  readonly leftOut?: readonly string[];
}

/** A change of source that nobody has made yet, as `git apply` takes it. */
export interface SourcePatch {
  readonly file: string;
  readonly line: number;
  readonly patch: string;
}

export interface SourceAsked {
  readonly widget: string;
  /** As a finding names it. */
  readonly file: string;
  readonly line: number;
}

/** Lines of the widget's own source, masked. */
export interface SourceLines {
  /** Number of the first one, from 1. */
  readonly first: number;
  readonly lines: readonly string[];
}

/** Writes into the project, and nowhere else. Each rejects with a code, a message and what to do next. */
export interface ProjectBackend {
  saveScenario(asked: SaveScenario): Promise<ProjectChange>;
  declare(asked: Declare): Promise<ProjectChange>;
  /** Null: the declaration was not found in the project's source. */
  patch(asked: Declare): Promise<SourcePatch | null>;
  /** As it was before that change; refused where the file is another by now. */
  undo(id: number): Promise<{ readonly file: string }>;
  /** Null: it is no source of the widget that is known. */
  source(asked: SourceAsked): SourceLines | null;
}
