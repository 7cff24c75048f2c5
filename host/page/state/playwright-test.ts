/** A scenario as a test of Playwright Test, with the fixtures of `sandglass/playwright`. */
import { assertedOf, isNegated, type Asserted, type Expectation } from "../../../harness/model/expectation.ts";
import type { Scenario, ScenarioContext, Step } from "../../../harness/model/widget.ts";
import type { SourceInfo } from "../../../harness/model/evidence.ts";

export interface TestOf {
  readonly name: string;
  readonly widget: string;
  /** Scenario that it starts from, with its mocks and stand-ins. */
  readonly shown: string;
  readonly source: SourceInfo;
  readonly profile: string;
  readonly given: Pick<Scenario, "toolInput" | "toolOutput" | "content" | "_meta">;
  readonly context: ScenarioContext;
  readonly steps: readonly Step[];
  readonly expect: readonly Expectation[];
}

const code = (value: unknown): string => JSON.stringify(value);

export function playwrightTest(asked: TestOf): string {
  const open = JSON.stringify(openOf(asked), null, 2).replaceAll("\n", "\n  ");
  const lines = [
    `await widget.open(${open});`,
    ...asked.steps.flatMap(stepLines),
    ...asked.expect.map(expectLine),
    `await expect(widget).toWorkIn(${code(asked.profile)});`,
  ];
  return `import { expect, test } from "sandglass/playwright";

test(${code(asked.name)}, async ({ widget }) => {
${lines.map((line) => `  ${line}`).join("\n")}
});
`;
}

function openOf({ source, widget, shown, profile, given, context }: TestOf): Record<string, unknown> {
  const { toolInput, toolOutput, content, _meta } = given;
  const target = source.kind === "mcp" ? { tool: source.tool ?? widget } : { target: source.path };
  return {
    ...target,
    scenario: shown,
    profile,
    ...(toolInput === undefined || toolInput === null ? {} : { input: toolInput }),
    ...(toolOutput === undefined || toolOutput === null ? {} : { output: toolOutput }),
    ...(content && content.length > 0 ? { content } : {}),
    ...(_meta === undefined || _meta === null ? {} : { _meta }),
    context,
  };
}

function stepLines(step: Step): string[] {
  if ("click" in step) return [`await widget.locator(${code(step.click)}).click();`];
  if ("fill" in step) return [`await widget.locator(${code(step.fill)}).fill(${code(step.value)});`];
  if ("press" in step) return [`await widget.locator(${code(step.press)}).press(${code(step.key)});`];
  if ("waitFor" in step) return [`await widget.locator(${code(step.waitFor)}).waitFor();`];
  return [expectLine(step.expect)];
}

function expectLine(expectation: Expectation): string {
  const asserted = assertedOf(expectation);
  const not = isNegated(expectation) ? ".not" : "";
  if ("text" in asserted || "role" in asserted) return `await expect(${locatorOf(asserted)})${not}.toBeVisible();`;
  return `await expect(widget)${not}.${matcherOf(asserted)};`;
}

type OnScreen = Extract<Asserted, { readonly text: string } | { readonly role: string }>;

function locatorOf(asserted: OnScreen): string {
  if ("text" in asserted) return `widget.getByText(${code(asserted.text)}).first()`;
  const name = asserted.name === undefined ? "" : `, { name: ${code(asserted.name)} }`;
  return `widget.getByRole(${code(asserted.role)}${name}).first()`;
}

function matcherOf(asserted: Exclude<Asserted, OnScreen>): string {
  if ("tool" in asserted)
    return `toHaveCalledTool(${code(asserted.tool)}${asserted.with ? `, ${code(asserted.with)}` : ""})`;
  if ("message" in asserted) return `toHaveSent(${code(asserted.message)})`;
  if ("request" in asserted) return `toHaveRequested(${code(asserted.request)})`;
  if ("link" in asserted) return `toHaveSent({ method: "openExternal", params: { href: ${code(asserted.link)} } })`;
  if ("displayMode" in asserted)
    return `toHaveSent({ method: "requestDisplayMode", params: { mode: ${code(asserted.displayMode)} } })`;
  const params =
    typeof asserted.context === "string" ? "" : `, params: { structuredContent: ${code(asserted.context)} }`;
  return `toHaveSent({ method: "ui/update-model-context"${params} })`;
}
