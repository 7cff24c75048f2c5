/** Where hosts disagree about one widget, in one line. */
import { describe, expect, it } from "vitest";
import { profiles } from "../../../host/profiles/index.ts";
import { headlinesOf } from "../../../harness/judge/headlines.ts";
import type { CheckResult, WidgetRun } from "../../../harness/model/result.ts";
import { blocked } from "../allowlist/make.ts";
import { checkOf, finding, runOf } from "../report/make.ts";

const on = (profile: string, given: Partial<WidgetRun> = {}) => runOf({ profile, appliedProfile: profile, ...given });
const failed = (id: string, more: Partial<CheckResult> = {}) =>
  checkOf({ id, outcome: "fail", findings: [finding()], ...more });
const broken = (profile: string, given: Partial<WidgetRun> = {}) =>
  on(profile, { verdict: "fail", checks: [failed("render/error")], ...given });

describe("headlines", () => {
  it("developer mode against published has words of its own", () =>
    expect(headlinesOf([broken("chatgpt"), on("chatgpt-dev")])).toEqual([
      "w: works in developer mode, breaks when published: render/error",
    ]));
  it("other hosts go by the titles of their profiles", () => {
    expect(headlinesOf([on("chatgpt"), broken("claude")])).toEqual([
      `w: works in ${profiles.chatgpt.title}, breaks in ${profiles.claude.title}: render/error`,
    ]);
    const own = { ...profiles.claude, id: "lab", title: "Our lab" };
    expect(headlinesOf([on("chatgpt"), broken("lab")], { profiles: [own] })[0]).toContain("breaks in Our lab:");
    expect(headlinesOf([on("chatgpt"), broken("lab")])[0]).toContain("breaks in lab:");
    expect(headlinesOf([on("chatgpt-dev"), broken("claude")])[0]).toContain(
      `works in ${profiles["chatgpt-dev"].title}`,
    );
    expect(headlinesOf([on("claude"), broken("chatgpt")])[0]).toContain(`works in ${profiles.claude.title}`);
  });
  it("of several that work and break, ChatGPT's own come first", () => {
    const runs = [on("claude"), on("chatgpt-dev"), broken("mcp-apps"), broken("chatgpt")];
    expect(headlinesOf(runs)).toEqual(["w: works in developer mode, breaks when published: render/error"]);
    expect(headlinesOf([on("claude"), on("chatgpt"), broken("mcp-apps")])[0]).toContain(
      `works in ${profiles.chatgpt.title},`,
    );
  });
  it("one host, one verdict, or what could not be judged: no line", () => {
    expect(headlinesOf([broken("chatgpt")])).toEqual([]);
    expect(headlinesOf([on("chatgpt"), on("claude")])).toEqual([]);
    expect(headlinesOf([broken("chatgpt"), broken("claude")])).toEqual([]);
    expect(headlinesOf([on("claude", { verdict: "incomplete" }), broken("chatgpt")])).toEqual([]);
  });
  it("another widget or scenario is another matter", () => {
    expect(headlinesOf([on("chatgpt-dev", { widget: "v" }), broken("chatgpt")])).toEqual([]);
    expect(headlinesOf([on("chatgpt-dev", { scenario: "empty" }), broken("chatgpt")])).toEqual([]);
    const scenario = "empty";
    const runs = [
      on("chatgpt-dev"),
      broken("chatgpt"),
      on("chatgpt-dev", { scenario }),
      broken("chatgpt", { scenario }),
    ];
    expect(headlinesOf(runs), "the same line once").toHaveLength(1);
  });
  it.each([
    ["a declaration that only submission asks for", failed("csp/declaration")],
    ["a secret", failed("props/secret")],
    ["a warning", failed("render/error", { severity: "warning" })],
    ["a finding that is milder than its check", failed("render/error", { findings: [finding({ severity: "info" })] })],
    ["a check that is open", failed("render/error", { outcome: "review" })],
  ])("%s breaks nothing at run time", (_name, check) =>
    expect(headlinesOf([on("chatgpt-dev"), on("chatgpt", { verdict: "fail", checks: [check] })])).toEqual([]),
  );
  it("names what one host blocks and the other does not, four at most", () => {
    const network = ["a", "b", "c", "d", "e", "f"].map((name) => blocked(`https://${name}.example/x`));
    const [line] = headlinesOf([on("chatgpt-dev", { network: network.slice(0, 1) }), broken("chatgpt", { network })]);
    expect(line).toBe(
      "w: works in developer mode, breaks when published: blocked: https://b.example (connect-src), https://c.example (connect-src), https://d.example (connect-src), https://e.example (connect-src) and 1 more",
    );
    const few = [network[0], network[0]].flatMap((one) => one ?? []);
    expect(headlinesOf([on("chatgpt-dev"), broken("chatgpt", { network: few })])[0]).toMatch(
      /blocked: https:\/\/a\.example \(connect-src\)$/,
    );
  });
});
