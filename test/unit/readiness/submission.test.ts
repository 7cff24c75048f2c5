import { describe, expect, it } from "vitest";
import type { ServerTool } from "../../../harness/model/evidence/server.ts";
import type { Submission, SubmittedCase } from "../../../harness/model/submission.ts";
import { draftOf } from "../../../harness/readiness/draft.ts";
import { givenBy } from "../../../harness/readiness/submission.ts";

const HINTS = { readOnlyHint: true, openWorldHint: false, destructiveHint: false };
const LISTED = [{ name: "show_weather", annotations: HINTS }];
const one = (more: Partial<SubmittedCase> = {}): SubmittedCase => ({
  description: "Weather of a city",
  user_prompt: "What is the weather in Oslo?",
  file_attachment_urls: null,
  tools_triggered: "show_weather",
  expected_output: "A card with the temperature",
  expected_output_url: null,
  ...more,
});
const whole: Submission = {
  schema_version: 1,
  app_info: { display_name: "Weather", subtitle: "Weather of cities", description: "Shows it.", category: "TRAVEL" },
  tools: {
    show_weather: {
      annotations: HINTS,
      justifications: {
        read_only_justification: "Looks up and returns.",
        open_world_justification: "Asks our own service alone.",
        destructive_justification: "Deletes nothing.",
      },
    },
  },
  test_cases: Array.from({ length: 5 }, () => one()),
  negative_test_cases: Array.from({ length: 3 }, () => one({ tools_triggered: null })),
};
const given = (more: Partial<Submission>, tools: Parameters<typeof givenBy>[1] = LISTED) =>
  givenBy({ ...whole, ...more }, tools);

it("a whole file gives what it is asked for", () => {
  expect(given({})).toEqual({
    "tools/justified": { state: "passed" },
    "listing/name": { state: "passed" },
    "listing/cases": { state: "passed" },
  });
});

describe("tools/justified", () => {
  const tool = whole.tools.show_weather ?? {};
  it.each([
    ["a tool that is missing", {}, LISTED, "show_weather is not in the file"],
    ["a tool that is none", { show_weather: tool, gone: tool }, LISTED, "gone is no tool of the server"],
    [
      "a hint that the server gives otherwise",
      whole.tools,
      [{ name: "show_weather", annotations: { ...HINTS, openWorldHint: true } }],
      "openWorldHint is false in the file, and true on the server",
    ],
    [
      "a sentence that nobody wrote",
      { show_weather: { ...tool, justifications: { ...tool.justifications, destructive_justification: "TODO: why" } } },
      null,
      "destructive_justification is not written",
    ],
    [
      "a hint that is left out",
      { show_weather: { ...tool, annotations: { ...HINTS, readOnlyHint: null } } },
      null,
      "readOnlyHint is not given",
    ],
  ] as const)("%s", (_name, tools, listed, detail) => {
    expect(given({ tools }, listed)["tools/justified"]).toMatchObject({
      state: "failed",
      detail: expect.stringContaining(detail) as string,
    });
  });
});

describe("listing", () => {
  const info = whole.app_info ?? {};
  it.each([
    [{ ...info, display_name: "x".repeat(31) }, "display_name has 31 characters, and 30 are allowed"],
    [{ ...info, subtitle: "x".repeat(31) }, "subtitle has 31"],
    [{ ...info, description: "TODO" }, "description is not written"],
    [{ ...info, category: "GAMES" }, "category is none of"],
  ])("%#", (app_info, detail) => {
    expect(given({ app_info })["listing/name"]?.detail).toContain(detail);
  });
  it.each([
    [{ test_cases: [] }, "0 test cases that work, and 5 are asked"],
    [{ negative_test_cases: [one({ tools_triggered: null })] }, "1 test cases that must not, and 3 are asked"],
    [
      { test_cases: Array.from({ length: 5 }, () => one({ tools_triggered: "show_storm" })) },
      "names show_storm, no tool",
    ],
    [{ test_cases: Array.from({ length: 5 }, () => one({ user_prompt: " " })) }, "user_prompt is not written"],
    [{ negative_test_cases: Array.from({ length: 3 }, () => one()) }, "negative test case 1 names a tool"],
  ])("cases %#", (more, detail) => {
    expect(given(more)["listing/cases"]?.detail).toContain(detail);
  });
  it("many faults are counted", () => {
    const test_cases = Array.from({ length: 5 }, () => one({ user_prompt: "", description: "" }));
    expect(given({ test_cases })["listing/cases"]?.detail).toMatch(/; 5 more$/);
  });
});

describe("a draft", () => {
  const tools: readonly ServerTool[] = [
    { name: "show_weather", entry: { title: "Weather", annotations: HINTS } },
    {
      name: "delete_city",
      entry: { description: "Deletes a city. Do not use it to empty the list.", annotations: { readOnlyHint: false } },
    },
  ];
  const said = (text: string) => ({ content: [{ type: "text", text }], isError: false, error: null });
  const draft = draftOf({
    name: "Weather",
    tools,
    scenarios: [
      { name: "oslo", tool: "show_weather", prompt: "How is Oslo?", call: said("4 degrees") },
      { name: "rome", tool: "show_weather", call: said("20 degrees") },
      { name: "broken", tool: "show_weather", call: { ...said("no such city"), isError: true } },
      { name: "old", tool: "gone", call: said("x") },
    ],
  });

  it("holds what is known, and marks the rest", () => {
    expect(draft.tools.delete_city?.annotations).toEqual({
      readOnlyHint: false,
      openWorldHint: null,
      destructiveHint: null,
    });
    const [first, second, third] = draft.test_cases ?? [];
    expect(first).toMatchObject({
      description: "Weather, scenario oslo",
      user_prompt: "How is Oslo?",
      tools_triggered: "show_weather",
      expected_output: "Answers: 4 degrees",
    });
    expect(second?.user_prompt).toMatch(/^TODO/);
    expect(third?.description).toMatch(/^TODO/);
    expect(draft.test_cases).toHaveLength(5);
    expect(draft.negative_test_cases).toHaveLength(3);
    expect(draft.negative_test_cases?.[0]).toMatchObject({
      description: "delete_city: Do not use it to empty the list",
      tools_triggered: null,
    });
  });
  it("is not taken for a finished one", () => {
    const states = Object.values(givenBy(draft, null)).map(({ state }) => state);
    expect(states).toEqual(["failed", "failed", "failed"]);
  });
});
