/** What a scenario says a widget should do; `check` alone asserts it. */
import type { DisplayMode } from "../../host/profiles/types.ts";
import type { Where } from "./evidence/common.ts";

/** One thing that is to be seen. */
export type Asserted =
  /** Text on the screen. */
  | { readonly text: string }
  /** An element on the screen, by its role and, where it is given, its accessible name. */
  | { readonly role: string; readonly name?: string }
  /** A tool that the widget calls, with at least these arguments. */
  | { readonly tool: string; readonly with?: Readonly<Record<string, unknown>> }
  /** Text of a message that the widget sends to the conversation. */
  | { readonly message: string }
  /** What the widget gives the model to know: text in it, or at least these fields. */
  | { readonly context: string | Readonly<Record<string, unknown>> }
  /** Address of a link that the widget has the host open. */
  | { readonly link: string }
  /** Address that the widget asks for, whatever comes of it. */
  | { readonly request: string }
  /** Display mode that the widget asks the host for. */
  | { readonly displayMode: DisplayMode };

/** What is to be seen, or what is not. */
export type Expectation = Asserted | { readonly not: Asserted };

export type ExpectationKind = Asserted extends infer A
  ? A extends unknown
    ? Exclude<keyof A, "name" | "with">
    : never
  : never;

export const assertedOf = (expectation: Expectation): Asserted =>
  "not" in expectation ? expectation.not : expectation;

export const isNegated = (expectation: Expectation): boolean => "not" in expectation;

/** Fields that name a kind; what else an expectation holds says more of it. */
const KINDS: readonly ExpectationKind[] = [
  "text",
  "role",
  "tool",
  "message",
  "context",
  "link",
  "request",
  "displayMode",
];

export function kindOf(expectation: Expectation): ExpectationKind {
  const asserted = assertedOf(expectation);
  const kind = KINDS.find((name) => name in asserted);
  if (kind === undefined) throw new Error(`an expectation of no kind: ${Object.keys(asserted).join(", ")}`);
  return kind;
}

/** Of a scenario that expects something: the file that it is written in, and its path there. */
export type WrittenAt = Required<Pick<Where, "url" | "file" | "path">>;

/** An expectation, when it is looked at, and where it is written. */
export interface PlacedExpectation {
  readonly expectation: Expectation;
  /** Step that it is, from 0. Absent: it is looked at when the rendering is over. */
  readonly step?: number;
  readonly where?: Where;
}

/** What a scenario expects: its steps in order, then what is expected at last. */
export function expectationsOf({
  steps = [],
  expect = [],
  writtenAt,
}: {
  readonly steps?: readonly object[];
  readonly expect?: readonly Expectation[];
  readonly writtenAt?: WrittenAt;
}): PlacedExpectation[] {
  const at = (path: string): Pick<PlacedExpectation, "where"> =>
    writtenAt ? { where: { ...writtenAt, path: `${writtenAt.path}.${path}` } } : {};
  return [
    ...steps.flatMap((step, index) =>
      "expect" in step
        ? [{ expectation: step.expect as Expectation, step: index, ...at(`steps[${index}].expect`) }]
        : [],
    ),
    ...expect.map((expectation, index) => ({ expectation, ...at(`expect[${index}]`) })),
  ];
}

/** `text "Total: 42"`, for people. */
export function expectationWords(expectation: Expectation): string {
  const asserted = assertedOf(expectation);
  if ("text" in asserted) return `text ${JSON.stringify(asserted.text)}`;
  if ("role" in asserted)
    return `${asserted.role}${asserted.name === undefined ? "" : ` ${JSON.stringify(asserted.name)}`}`;
  if ("tool" in asserted)
    return `a call of the tool ${asserted.tool}${asserted.with ? ` with ${JSON.stringify(asserted.with)}` : ""}`;
  if ("message" in asserted) return `a message with ${JSON.stringify(asserted.message)}`;
  if ("context" in asserted) return `context for the model with ${JSON.stringify(asserted.context)}`;
  if ("link" in asserted) return `the link ${asserted.link} opened`;
  if ("request" in asserted) return `a request to ${asserted.request}`;
  return `the display mode ${asserted.displayMode} asked for`;
}
