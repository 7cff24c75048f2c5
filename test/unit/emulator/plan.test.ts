/** One planner for both stages: the live one differs by its site alone. */
import { describe, expect, it } from "vitest";
import { givenBy, hostStateOf, planStage, type PlanInput } from "../../../host/emulator/plan.ts";
import { profiles } from "../../../host/profiles/index.ts";

const widget: PlanInput["widget"] = {
  name: "w",
  html: "<!doctype html><p>hello</p>",
  meta: { ui: { csp: { connectDomains: ["https://api.example.com"] }, domain: "https://w.example.com" } },
  mimeType: "text/html+skybridge",
  serverOrigin: null,
  serverId: "server",
};
const plan = (more: Partial<PlanInput> = {}) =>
  planStage({
    widget,
    profile: profiles.chatgpt,
    state: (applied) => hostStateOf(applied),
    given: givenBy({ name: "default", toolOutput: { city: "Lisbon" } }),
    record: { apis: false, reads: true },
    guestSource: "void 0",
    ...more,
  });

describe("planner", () => {
  it("enforces the policy that it reports", () => {
    const { policy, frame } = plan();
    const inner = policy.effective.find(({ layer }) => layer === "inner")?.value ?? "";
    expect(inner).toContain("https://api.example.com");
    expect(frame.innerHtml).toContain(inner.replaceAll('"', "&quot;"));
  });

  it("a host that hands on content alone keeps the rest of a result to itself", () => {
    const given = givenBy({ name: "default", toolOutput: { city: "Lisbon" }, _meta: { a: 1 }, content: ["c"] });
    const whole = { structuredContent: { city: "Lisbon" }, _meta: { a: 1 }, content: ["c"] };
    expect(plan({ given, profile: profiles.claude }).boot.toolResult).toEqual(whole);
    expect(plan({ given, profile: profiles["claude-desktop"] }).boot.toolResult).toEqual({ content: ["c"] });
  });

  it("a site moves the frames and leaves the policy as the host has it", () => {
    const live = plan({
      site: {
        topOrigin: "http://localhost:1",
        sandbox: (hosted) => hosted.replace(/^https:\/\/([^.]+).*$/, "http://$1.localhost:2"),
        enforced: (effective) =>
          effective.map((one) => ({ ...one, value: `${one.value}; img-src http://extra.example` })),
        innerUrl: "/blank",
      },
    });
    const hosted = plan();
    expect(live.policy).toEqual(hosted.policy);
    expect(live.hostedOrigin).toBe(hosted.frame.outerOrigin);
    expect(live.frame).toMatchObject({
      topUrl: "http://localhost:1/",
      outerOrigin: "http://w-example-com.localhost:2",
      innerUrl: "/blank",
    });
    expect(live.frame.innerHtml).toContain("http://extra.example");
    expect(hosted.frame.innerHtml).not.toContain("http://extra.example");
  });

  it("a declaration that is given replaces the widget's own; what was not declared is another profile", () => {
    const declaration = {
      ...plan().policy.declared,
      connect: ["https://other.example"],
      redirect: ["https://shop.example"],
    };
    const { boot, policy } = plan({ declaration });
    expect(boot.redirectDomains).toEqual(["https://shop.example"]);
    expect(policy.effective.at(-1)?.value).toContain("https://other.example");
    const undeclared = plan({ widget: { ...widget, meta: {} } });
    expect(undeclared.policy.requested).toBe("chatgpt");
    expect(undeclared.policy.applied).not.toBe("chatgpt");
    expect(undeclared.boot.profile.id).toBe(undeclared.policy.applied);
  });

  it("takes of what is given the props alone", () => {
    const given = { ...givenBy({ name: "default" }), secret: "not for the widget" };
    expect(JSON.stringify(plan({ given }).boot)).not.toContain("not for the widget");
  });
});

describe("what a scenario gives", () => {
  it.each([
    [{ name: "a" }, { content: [] }],
    [
      { name: "b", toolOutput: { x: 1 }, isError: true },
      { content: [], structuredContent: { x: 1 }, isError: true },
    ],
    [
      { name: "c", _meta: { y: 2 }, content: [{ type: "text" }] },
      { content: [{ type: "text" }], _meta: { y: 2 } },
    ],
  ])("%o", (scenario, result) => expect(givenBy(scenario).toolResult).toEqual(result));
  it.each([
    [{}, { width: 720, touch: false, hover: true }],
    [{ displayMode: "fullscreen" as const }, { width: 1280 }],
    [
      { device: "mobile" as const, displayMode: "fullscreen" as const },
      { width: 375, touch: true, hover: false },
    ],
    [
      { device: "tablet" as const, touch: false, width: 500 },
      { width: 500, touch: false, hover: true },
    ],
  ])("state of %o", (context, state) => expect(hostStateOf(profiles.chatgpt, context)).toMatchObject(state));
});
