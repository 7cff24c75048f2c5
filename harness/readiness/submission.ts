/** What a submission file says, against what the server says. Pure. */
import type { Given } from "../model/readiness.ts";
import { CASES, HINTS, JUSTIFICATIONS, TODO, type Submission, type SubmittedCase } from "../model/submission.ts";

/** A tool as the server lists it. */
export interface ListedTool {
  readonly name: string;
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** `chatgpt-app-submission.v1.json`, and the rules of the skill that writes it (openai/plugins, September 2026). */
const MOST = { display_name: 30, subtitle: 30, description: 4000 } as const;
const CATEGORIES = new Set(
  "BUSINESS COLLABORATION DESIGN DEVELOPER_TOOLS EDUCATION ENTERTAINMENT FINANCE FOOD LIFESTYLE NEWS PRODUCTIVITY SHOPPING TRAVEL".split(
    " ",
  ),
);

/** Items of the list that the file answers. @param tools null when the server was not asked */
export function givenBy(submission: Submission, tools: readonly ListedTool[] | null): Readonly<Record<string, Given>> {
  return {
    "tools/justified": verdictOf(justificationFaults(submission, tools)),
    "listing/name": verdictOf(listingFaults(submission)),
    "listing/cases": verdictOf(caseFaults(submission)),
  };
}

const MOST_TOLD = 5;

function verdictOf(faults: readonly string[]): Given {
  if (faults.length === 0) return { state: "passed" };
  const more = faults.length - MOST_TOLD;
  return {
    state: "failed",
    detail: [...faults.slice(0, MOST_TOLD), ...(more > 0 ? [`${more} more`] : [])].join("; "),
  };
}

const isWritten = (text: unknown): boolean =>
  typeof text === "string" && text.trim() !== "" && !text.trimStart().startsWith(TODO);

function justificationFaults({ tools }: Submission, listed: readonly ListedTool[] | null): string[] {
  const names = Object.keys(tools);
  const known = listed?.map(({ name }) => name);
  return [
    ...(known ?? []).filter((name) => !names.includes(name)).map((name) => `${name} is not in the file`),
    ...(known ? names.filter((name) => !known.includes(name)).map((name) => `${name} is no tool of the server`) : []),
    ...Object.entries(tools).flatMap(([name, { annotations = {}, justifications = {} }]) => {
      const own = listed?.find((tool) => tool.name === name)?.annotations;
      return HINTS.flatMap((hint) => [
        ...(typeof annotations[hint] === "boolean" ? [] : [`${name}: ${hint} is not given`]),
        ...(own && typeof annotations[hint] === "boolean" && own[hint] !== annotations[hint]
          ? [`${name}: ${hint} is ${String(annotations[hint])} in the file, and ${String(own[hint])} on the server`]
          : []),
        ...(isWritten(justifications[JUSTIFICATIONS[hint]]) ? [] : [`${name}: ${JUSTIFICATIONS[hint]} is not written`]),
      ]);
    }),
  ];
}

function listingFaults({ app_info: info = {} }: Submission): string[] {
  const fields = Object.keys(MOST) as (keyof typeof MOST)[];
  return [
    ...fields.flatMap((field) => {
      const text = info[field];
      if (!isWritten(text)) return [`${field} is not written`];
      const { length } = text?.trim() ?? "";
      return length > MOST[field] ? [`${field} has ${length} characters, and ${MOST[field]} are allowed`] : [];
    }),
    ...(CATEGORIES.has(info.category ?? "") ? [] : [`category is none of ${[...CATEGORIES].join(", ")}`]),
  ];
}

function caseFaults({ tools, test_cases: good = [], negative_test_cases: bad = [] }: Submission): string[] {
  const names = new Set(Object.keys(tools));
  return [
    ...(good.length === CASES.positive ? [] : [`${good.length} test cases that work, and ${CASES.positive} are asked`]),
    ...(bad.length === CASES.negative
      ? []
      : [`${bad.length} test cases that must not, and ${CASES.negative} are asked`]),
    ...good.flatMap((one, at) => [...wordFaults(one, `test case ${at + 1}`), ...toolFaults(one, at, names)]),
    ...bad.flatMap((one, at) => [
      ...wordFaults(one, `negative test case ${at + 1}`),
      ...((one.tools_triggered ?? null) === null ? [] : [`negative test case ${at + 1} names a tool`]),
    ]),
  ];
}

const wordFaults = (one: Partial<SubmittedCase>, where: string): string[] =>
  (["description", "user_prompt", "expected_output"] as const)
    .filter((field) => !isWritten(one[field]))
    .map((field) => `${where}: ${field} is not written`);

function toolFaults({ tools_triggered: named }: Partial<SubmittedCase>, at: number, names: ReadonlySet<string>) {
  const triggered = (named ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  if (triggered.length === 0) return [`test case ${at + 1} names no tool`];
  return triggered.filter((name) => !names.has(name)).map((name) => `test case ${at + 1} names ${name}, no tool`);
}
