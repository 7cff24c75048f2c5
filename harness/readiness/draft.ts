/** A first version of the submission file: what the server and its scenarios say is filled in, the rest is marked. Pure. */
import type { ServerCall, ServerTool } from "../model/evidence/server.ts";
import {
  CASES,
  HINTS,
  JUSTIFICATIONS,
  TODO,
  type Submission,
  type SubmittedCase,
  type SubmittedTool,
} from "../model/submission.ts";

const SCHEMA = "https://developers.openai.com/apps-sdk/schemas/chatgpt-app-submission.v1.json";

/** A scenario that was played. */
export interface PlayedScenario {
  readonly name: string;
  readonly tool: string;
  /** What a user says that leads to it. */
  readonly prompt?: string;
  /** Undefined when no call of it is known. */
  readonly call: Pick<ServerCall, "content" | "isError" | "error"> | undefined;
}

export interface DraftInput {
  /** Name that the server gives itself. */
  readonly name: string;
  readonly tools: readonly ServerTool[];
  readonly scenarios: readonly PlayedScenario[];
}

export function draftOf({ name, tools, scenarios }: DraftInput): Submission {
  return {
    $schema: SCHEMA,
    schema_version: 1,
    app_info: {
      display_name: name,
      subtitle: `${TODO}: what it does, in at most 30 characters`,
      description: `${TODO}: what it is good for, and its main workflows`,
      category: TODO,
    },
    tools: Object.fromEntries(tools.map((tool) => [tool.name, toolOf(tool)])),
    test_cases: positiveCases(tools, scenarios),
    negative_test_cases: negativeCases(tools),
  };
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const QUESTIONS = {
  readOnlyHint: ["why nothing changes when it is called", "what it changes"],
  openWorldHint: ["which systems of others it reaches", "why it reaches no system of others"],
  destructiveHint: ["what cannot be taken back", "why nothing is lost by it"],
} as const;

function questionOf(hint: (typeof HINTS)[number], given: boolean | null): string {
  if (given === null) return `give ${hint} first`;
  return QUESTIONS[hint][given ? 0 : 1];
}

/** Sentences are the author's: a hint that is justified by its name is none. */
function toolOf({ entry }: ServerTool): SubmittedTool {
  const hints = recordOf(entry.annotations);
  const flag = (hint: (typeof HINTS)[number]): boolean | null =>
    typeof hints[hint] === "boolean" ? hints[hint] : null;
  return {
    annotations: Object.fromEntries(HINTS.map((hint) => [hint, flag(hint)])),
    justifications: Object.fromEntries(
      HINTS.map((hint) => [JUSTIFICATIONS[hint], `${TODO}: ${questionOf(hint, flag(hint))}`]),
    ),
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

/** Each tool once before any comes twice; scenarios that end in an error are none that work. */
function positiveCases(tools: readonly ServerTool[], scenarios: readonly PlayedScenario[]): SubmittedCase[] {
  const working = scenarios.filter(
    ({ tool, call }) => tools.some(({ name }) => name === tool) && !call?.isError && (call?.error ?? null) === null,
  );
  const firsts = working.filter((one, at) => working.findIndex(({ tool }) => tool === one.tool) === at);
  const inOrder = [...firsts, ...working.filter((one) => !firsts.includes(one))].slice(0, CASES.positive);
  const made = inOrder.map((scenario) => positiveCase(scenario, tools));
  return [...made, ...emptyCases(CASES.positive - made.length, "a task of the app, from the user's side", TODO)];
}

function positiveCase({ name, tool, prompt, call }: PlayedScenario, tools: readonly ServerTool[]): SubmittedCase {
  const entry = tools.find((one) => one.name === tool)?.entry ?? {};
  const said = firstText(call?.content);
  return caseOf({
    description: `${textOf(entry.title) || tool}, scenario ${name}`,
    user_prompt: prompt ?? `${TODO}: what a user says that leads to ${tool}`,
    tools_triggered: tool,
    expected_output: said === "" ? `${TODO}: what the user is shown` : `Answers: ${said}`,
  });
}

/** What a description rules out is what a prompt must not lead to. */
const LIMIT = /[^.!?\n]{0,200}\b(?:do not|don't|never|not) (?:use|call|for|to be used)\b[^.!?\n]{0,200}/i;

function negativeCases(tools: readonly ServerTool[]): SubmittedCase[] {
  const limits = tools.flatMap(({ name, entry }) => {
    const limit = LIMIT.exec(textOf(entry.description))?.[0].trim();
    return limit === undefined ? [] : [{ name, limit }];
  });
  const made = limits.slice(0, CASES.negative).map(({ name, limit }) =>
    caseOf({
      description: `${name}: ${limit}`,
      user_prompt: `${TODO}: a request that this rules out`,
      tools_triggered: null,
      expected_output: "No tool of the app is called.",
    }),
  );
  const rest = emptyCases(CASES.negative - made.length, "a request near to the app, and not for it", null);
  return [...made, ...rest];
}

const emptyCases = (count: number, description: string, tool: string | null): SubmittedCase[] =>
  Array.from({ length: Math.max(0, count) }, () =>
    caseOf({
      description: `${TODO}: ${description}`,
      user_prompt: `${TODO}: what the user says`,
      tools_triggered: tool,
      expected_output: tool === null ? "No tool of the app is called." : `${TODO}: what the user is shown`,
    }),
  );

type Words = Omit<SubmittedCase, "file_attachment_urls" | "expected_output_url">;

const caseOf = ({ description, user_prompt, tools_triggered, expected_output }: Words): SubmittedCase => ({
  description,
  user_prompt,
  file_attachment_urls: null,
  tools_triggered,
  expected_output,
  expected_output_url: null,
});

const MOST_SAID = 200;

function firstText(content: unknown): string {
  const blocks: readonly unknown[] = Array.isArray(content) ? content : [];
  const text = blocks.map((block) => textOf(recordOf(block).text)).find((one) => one !== "") ?? "";
  const line = text.replace(/\s+/g, " ");
  return line.length > MOST_SAID ? `${line.slice(0, MOST_SAID - 1)}…` : line;
}
