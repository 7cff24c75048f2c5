/** Why a finding is one, the fix to try, and what is seen as expectations and as a test. */
import { describe, expect, it } from "vitest";
import { chainOf, fixOf } from "../../../host/page/state/chain.ts";
import { expectable } from "../../../host/page/state/expectations.ts";
import { playwrightTest } from "../../../host/page/state/playwright-test.ts";
import { asked, blocked, evidence } from "../allowlist/make.ts";
import { bridgeOf, line } from "../make.ts";
import { finding, runOf } from "../report/make.ts";

const NONE = { connect: [], resource: [], frame: [], redirect: [], base: [] };
const about = finding({ data: { origin: "https://api.example.com" } });
const run = runOf({
  network: [blocked("https://api.example.com/x"), asked("https://other.example/y")],
  console: [line({ text: "TypeError: Failed to fetch\n at x" })],
});

describe("the chain of a finding", () => {
  it("goes from the declaration to the screen", () => {
    const texts = Object.fromEntries(chainOf(about, run).map(({ label, text }) => [label, text]));
    expect(texts["Asked for"]).toContain("fetch https://api.example.com/x");
    expect(texts.Answer).toBe("none: the policy blocked it before it left");
    expect(texts["What the user sees"]).toContain("TypeError: Failed to fetch");
    expect(Object.keys(texts)).toEqual(["Declared", "In force", "Asked for", "Answer", "What the user sees"]);
  });

  it("is told of requests alone, and a fix is offered where an entry would mend it", () => {
    expect(chainOf(finding({ data: { api: "alert" } }), run)).toEqual([]);
    expect(fixOf(about, run, NONE)).toEqual({ ...NONE, connect: ["https://api.example.com"] });
    expect(fixOf(about, run, { ...NONE, connect: ["https://api.example.com"] })).toBeNull();
    expect(fixOf(finding({ data: { origin: "https://other.example" } }), run, NONE)).toBeNull();
  });
});

it("what was seen may be expected, each once", () => {
  const calm = evidence({ network: [asked("https://api.example.com/a"), asked("https://api.example.com/b")] });
  const call = { direction: "to-host", protocol: "openai", kind: "request", bytes: 1, atMs: 1 } as const;
  const bridge = bridgeOf({
    messages: [
      { ...call, method: "callTool", payload: ["book", { seats: 2 }] },
      { ...call, method: "sendFollowUpMessage", payload: { prompt: "Booked" } },
      { ...call, method: "requestDisplayMode", payload: { mode: "pip" } },
      { ...call, method: "requestDisplayMode", payload: { mode: "huge" } },
    ],
  });
  const seen = { ...calm, artifacts: { ...calm.artifacts, bridge: { status: "ok", value: bridge } as const } };
  expect(expectable(seen, ["4 free", "4 free"])).toEqual([
    { text: "4 free" },
    { tool: "book", with: { seats: 2 } },
    { message: "Booked" },
    { displayMode: "pip" },
    { request: "https://api.example.com" },
  ]);
});

it("a scenario as a test: whatever stands in it is text of the test, not code", () => {
  const test = playwrightTest({
    name: 'a "name"',
    widget: "w",
    shown: "default",
    source: { kind: "folder", path: "widgets/w", entry: "index.html" },
    profile: "chatgpt",
    given: { toolInput: { a: "${1}" } },
    context: { theme: "dark" },
    steps: [{ click: 'text="\'); evil()//"' }, { expect: { text: "x" } }],
    expect: [
      { not: { tool: "book", with: { seats: 2 } } },
      { role: "button", name: "Go" },
      { link: "https://a.example" },
    ],
  });
  expect(test).toContain('test("a \\"name\\"", async');
  expect(test).toContain(`await widget.locator("text=\\"'); evil()//\\"").click();`);
  expect(test).toContain('await expect(widget).not.toHaveCalledTool("book", {"seats":2});');
  expect(test).toContain('await expect(widget.getByRole("button", { name: "Go" }).first()).toBeVisible();');
  expect(test).toContain('await expect(widget).toWorkIn("chatgpt");');
});
