/** What was measured of hosts that run on one machine, beside the profiles that are named after them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { layersOf } from "../../../harness/measurement/layers.ts";
import { profileOf } from "../../../harness/measurement/profile.ts";
import { readMeasurement } from "../../../harness/measurement/read.ts";
import { statementsOf } from "../../../harness/measurement/statements.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { present } from "../../expecting.ts";

const folder = join(import.meta.dirname, "../../measure/kept");
const files = readdirSync(folder);
const measurementOf = (name: string) => {
  const file = present(files.find((one) => one.startsWith(`${name}-2`)));
  return readMeasurement(readFileSync(join(folder, file), "utf8"), file);
};

describe("a kept measurement", () => {
  it.each(files)("%s is dated, whole, and names nobody", (file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const { date, facts, attempts } = readMeasurement(text, file);
    expect(file).toContain(date);
    expect(attempts).toBe(true);
    expect(Object.keys(facts.presses)).toEqual(expect.arrayContaining(["popup", "confirm", "clipboard-write"]));
    expect(text).not.toMatch(/\/(?:tmp|home|root|work)\//);
  });
});

it("basic-host is as it was measured, but for addresses of loopback, and a frame that still moved", () => {
  const different = statementsOf(profiles["basic-host"], measurementOf("basic-host")).filter(
    ({ state }) => state === "different",
  );
  expect(different.map(({ id }) => id)).toEqual([
    "frames.topOrigin",
    "frames.sandboxSuffix",
    "frames.sandboxQuery",
    "bridge.heightRange 700",
  ]);
});

it("a policy in a meta element is the widget's own, and one that came by header beside it is its frame's", () => {
  const layers = present(layersOf(measurementOf("mcp-use-inspector").facts));
  expect(layers.inner).toMatchObject({
    delivery: "meta",
    text: expect.stringContaining("default-src 'none'") as string,
  });
  expect(layers.outer).toMatchObject({ delivery: "header", text: expect.stringContaining("img-src *") as string });
});

it("what a widget could not do is no token of the frame", () => {
  const { frames, bridge } = profileOf(measurementOf("mcp-inspector")) as unknown as {
    readonly frames: { readonly outerSandbox: { readonly value: readonly string[] } };
    readonly bridge: { readonly heightRange: { readonly value: unknown } };
  };
  expect(frames.outerSandbox.value).not.toContain("allow-popups");
  expect(bridge.heightRange.value).toEqual({ min: null, max: 650 });
});

it("what a host says back of a widget's declaration is no capability of its own", () => {
  const { bridge } = profileOf(measurementOf("mcp-inspector")) as unknown as {
    readonly bridge: { readonly hostCapabilities: { readonly value: object } };
  };
  expect(bridge.hostCapabilities.value).toMatchObject({ sandbox: { csp: {} }, downloadFile: {} });
  expect(JSON.stringify(bridge)).not.toContain("probe.example");
});

it("a mode that is none is left out of a profile", () => {
  const { facts, ...rest } = measurementOf("basic-host");
  const bridge = present(facts.bridge);
  const hostContext = { ...bridge.hostContext, availableDisplayModes: ["inline", "cinema", 1] };
  const made = profileOf({ ...rest, facts: { ...facts, bridge: { ...bridge, hostContext } } }) as unknown as {
    readonly bridge: { readonly availableDisplayModes: { readonly value: unknown } };
  };
  expect(made.bridge.availableDisplayModes.value).toEqual(["inline"]);
});
