/** What is chosen on the page stands over the scenario's context, and the check is asked the same. */
import { describe, expect, it } from "vitest";
import { profiles } from "../../../host/profiles/index.ts";
import { hostContextOf, stateGlobals } from "../../../host/emulator/bridge/results.ts";
import type { StageBoot } from "../../../host/emulator/bridge/types.ts";
import { stateShown } from "../../../host/page/state/host-state.ts";
import { checkOf } from "../../../host/page/state/asked.ts";
import { defaultView, type View } from "../../../host/page/state/view.ts";
import type { StageInput } from "../../../host/page/stage/use-stage.ts";
import { scenarioShown } from "../../../harness/dev/scenario-shown.ts";

const view: View = defaultView(false);
const scenario = {
  name: "default",
  context: { width: 500, touch: true, timeZone: "Asia/Tokyo", maxHeight: 300 },
} as const;

describe("host state", () => {
  it("is the scenario's until something is chosen", () => {
    expect(stateShown(profiles.chatgpt, scenario, view)).toMatchObject({
      width: 500,
      touch: true,
      hover: false,
      timeZone: "Asia/Tokyo",
      maxHeight: 300,
    });
  });
  it("is what is chosen", () => {
    const chosen: View = { ...view, width: 320, height: 700, pointer: "mouse", timeZone: "Europe/Berlin" };
    expect(stateShown(profiles.chatgpt, scenario, chosen)).toMatchObject({
      width: 320,
      touch: false,
      hover: true,
      timeZone: "Europe/Berlin",
      maxHeight: 700,
    });
  });
  it("leaves a scenario's touch with its device", () => {
    expect(
      stateShown(profiles.chatgpt, { name: "one", context: { touch: true } }, { ...view, device: "tablet" }),
    ).toMatchObject({ touch: true });
    expect(
      stateShown(profiles.chatgpt, { name: "one", context: { touch: true, device: "mobile" } }, view),
    ).toMatchObject({
      touch: false,
    });
  });
});

describe("what a widget is told", () => {
  const state = stateShown(profiles.chatgpt, scenario, {
    ...view,
    edits: { variables: { "--color-text-primary": "red" } },
  });
  const boot = { profile: profiles.chatgpt, tool: { name: "t" } } as unknown as StageBoot;
  it("its time zone, its sizes, and variables over the host's own", () => {
    const context = hostContextOf(boot, state);
    expect(context).toMatchObject({ timeZone: "Asia/Tokyo", containerDimensions: { height: 300 } });
    const { variables } = context.styles as { readonly variables: Readonly<Record<string, string>> };
    expect(variables["--color-text-primary"]).toBe("red");
    expect(Object.keys(variables).length).toBeGreaterThan(60);
  });
  it("that it is a modal, in one", () => {
    expect(stateGlobals({ ...state, view: { mode: "modal", params: { id: 1 } } }).view).toEqual({
      mode: "modal",
      params: { id: 1 },
    });
    expect(stateGlobals(state).view).toEqual({ mode: "inline", params: null });
  });
});

it("the check is asked what is shown, without what is the page's alone", () => {
  const input = {
    ...{ widget: "w", scenario: "default", profile: "chatgpt", meta: null, toolInput: {}, toolResult: null },
    ...{
      widgetState: null,
      gated: false,
      revision: 3,
      overlay: true,
      live: false,
      faults: [{ origin: "*", how: "slow" }],
    },
    delivery: { how: "late", ms: 5 },
  } as const satisfies StageInput;
  const state = stateShown(profiles.chatgpt, scenario, view);
  const asked = checkOf(input, state, { motion: "reduce", contrast: "more", languages: ["de-CH", "fr"] });
  expect(Object.keys(asked)).not.toEqual(expect.arrayContaining(["faults"]));
  expect(Object.keys(asked)).not.toEqual(expect.arrayContaining(["delivery"]));
  expect(scenarioShown({ name: "default" }, asked).context).toMatchObject({
    timeZone: "Asia/Tokyo",
    maxHeight: 300,
    reducedMotion: true,
    contrast: "more",
    languages: ["de-CH", "fr"],
  });
  expect(scenarioShown({ name: "default" }, checkOf(input, state, view)).context).not.toHaveProperty("reducedMotion");
});
