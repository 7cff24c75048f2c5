/** What the bridge does by the facts of its host. */
import { describe, expect, it } from "vitest";
import { Journal } from "../../../../host/emulator/bridge/journal.ts";
import {
  grantDisplayMode,
  honouredHeight,
  hostContextOf,
  opensLink,
  startHeight,
} from "../../../../host/emulator/bridge/results.ts";
import { HostSession } from "../../../../host/emulator/bridge/session.ts";
import type { HostState, StageBoot } from "../../../../host/emulator/bridge/types.ts";
import { givenBy, hostStateOf, planStage } from "../../../../host/emulator/plan.ts";
import { profiles, type BuiltInProfileId } from "../../../../host/profiles/index.ts";

function bootOf(id: BuiltInProfileId, context: Parameters<typeof hostStateOf>[1] = {}): StageBoot {
  return planStage({
    widget: {
      name: "w",
      html: "<p>hello</p>",
      meta: {},
      mimeType: "text/html;profile=mcp-app",
      serverOrigin: null,
      serverId: "s",
    },
    profile: profiles[id],
    state: (applied) => hostStateOf(applied, context),
    given: givenBy({ name: "default" }),
    record: { apis: false, reads: false },
    guestSource: "void 0",
  }).boot;
}
const contextOf = (id: BuiltInProfileId, context: Parameters<typeof hostStateOf>[1] = {}) => {
  const boot = bootOf(id, context);
  return hostContextOf(boot, boot.state);
};
const sessionOf = (id: BuiltInProfileId) =>
  new HostSession(
    bootOf(id),
    {
      callTool: () => Promise.resolve({}),
      listTools: () => Promise.resolve({}),
      readResource: () => Promise.resolve({}),
      listResources: () => Promise.resolve({}),
    },
    new Journal(() => undefined),
  );

describe("display modes", () => {
  it("a view that declares inline alone is never switched, by whomever", () => {
    const session = sessionOf("chatgpt");
    session.declareModes(["inline"]);
    expect(session.requestDisplayMode("fullscreen"), "asked by the view").toBe("inline");
    const changes: Partial<HostState>[] = [];
    session.onStateChange((changed) => changes.push(changed));
    expect(session.setState({ displayMode: "fullscreen", theme: "dark" }), "what the stage lays out").toEqual({
      theme: "dark",
    });
    expect(session.state, "by the host").toMatchObject({ displayMode: "inline", theme: "dark" });
    expect(changes).toEqual([{ theme: "dark" }]);
  });
  it("one that declares none, or the mode, is switched where the host has it", () => {
    const session = sessionOf("chatgpt");
    expect(session.requestDisplayMode("fullscreen")).toBe("fullscreen");
    session.declareModes(["inline", "pip"]);
    expect(session.requestDisplayMode("pip")).toBe("pip");
    expect(sessionOf("vscode").requestDisplayMode("fullscreen"), "VS Code has inline alone").toBe("inline");
  });
  it("a mode that becomes another on a phone is weighed as that one", () => {
    const { state } = bootOf("chatgpt", { device: "mobile" });
    expect(grantDisplayMode(profiles.chatgpt, state, "pip", ["fullscreen"])).toBe("fullscreen");
    expect(grantDisplayMode(profiles.chatgpt, state, "pip", ["pip"])).toBeNull();
  });
});

describe("context", () => {
  it("has the fields that the host sends, and no other", () => {
    expect(Object.keys(contextOf("vscode"))).not.toEqual(expect.arrayContaining(["timeZone"]));
    expect(contextOf("vscode")).not.toHaveProperty("userAgent");
    expect(contextOf("chatgpt-desktop")).not.toHaveProperty("toolInfo");
    expect(contextOf("goose")).toHaveProperty("timeZone");
    expect(contextOf("chatgpt")).toHaveProperty("timeZone");
  });
  it("names sizes in the terms of the host", () => {
    expect(contextOf("chatgpt").containerDimensions).toEqual({ height: 400, maxWidth: 768 });
    expect(contextOf("chatgpt", { width: 375 }).containerDimensions).toEqual({ height: 400, maxWidth: 375 });
    expect(contextOf("claude").containerDimensions).toEqual({ width: 720, maxHeight: 5000 });
    expect(contextOf("vscode").containerDimensions).toEqual({ width: 494, maxHeight: 720 });
    expect(contextOf("goose").containerDimensions).toEqual({ width: 720 });
    expect(contextOf("slackbot").containerDimensions).toEqual({ maxWidth: 598 });
  });
  it("has style variables by theme: 68 in light and 76 in dark, where the host sends them", () => {
    const variablesOf = (theme: "light" | "dark") => {
      const { styles } = contextOf("chatgpt", { theme }) as { styles: { variables: Record<string, string> } };
      return styles.variables;
    };
    expect(Object.keys(variablesOf("light"))).toHaveLength(68);
    expect(Object.keys(variablesOf("dark"))).toHaveLength(76);
    expect(variablesOf("light")["--color-background-primary"]).toBe("#fff");
    expect(variablesOf("dark")["--color-background-primary"]).toBe("#212121");
    expect(contextOf("mcp-apps")).not.toHaveProperty("styles");
    expect(contextOf("cursor")).not.toHaveProperty("styles");
  });
});

it("heights: what stands before one is reported, and what of a reported one is honoured", () => {
  expect(startHeight(bootOf("chatgpt"))).toBe(400);
  expect(startHeight(bootOf("claude-desktop"))).toBe(150);
  expect(startHeight(bootOf("vscode"))).toBe(300);
  expect(startHeight(bootOf("chatgpt-desktop", { displayMode: "fullscreen" }))).toBe(240);
  expect([100, 500, 900].map((height) => honouredHeight(profiles["chatgpt-desktop"], height))).toEqual([200, 500, 720]);
  expect(honouredHeight(profiles.vscode, 40)).toBe(100);
  expect(honouredHeight(profiles.goose, 4000)).toBe(4000);
});

it("links: over the schemes that the host opens", () => {
  expect(opensLink(profiles.vscode, "https://example.com/")).toBe(true);
  expect(opensLink(profiles.vscode, "mailto:a@example.com")).toBe(false);
  expect(opensLink(profiles.vscode, "nonsense")).toBe(false);
  expect(opensLink(profiles.chatgpt, "mailto:a@example.com")).toBe(true);
});

it("a feature that the app refuses is not delegated, whatever its policy says", () => {
  const { frames } = profiles.chatgpt;
  const own = {
    ...profiles.chatgpt,
    frames: { ...frames, refusedFeatures: { ...frames.refusedFeatures, value: ["midi"] } },
  };
  const { boot } = planStage({
    widget: { name: "w", html: "", meta: {}, mimeType: "", serverOrigin: null, serverId: "s" },
    profile: own,
    state: (applied) => hostStateOf(applied),
    given: givenBy({ name: "default" }),
    record: { apis: false, reads: false },
    guestSource: "void 0",
  });
  expect(boot.frame.outerAllow).toBe("local-network-access *; microphone *");
});
