import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadProfileFile } from "../../../harness/config/profile-file.ts";
import { profileOf, templateOf } from "../../../harness/measurement/profile.ts";
import { readMeasurement } from "../../../harness/measurement/read.ts";
import { statementsOf } from "../../../harness/measurement/statements.ts";
import { comparisonText } from "../../../harness/measurement/text.ts";
import type { Measurement } from "../../../harness/model/measurement.ts";
import { isOpaque } from "../../../host/csp/sandbox.ts";
import { profiles } from "../../../host/profiles/index.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import { measured } from "./make.ts";

const site = { serverOrigin: null };
const different = (profile: HostProfile, measurement: Measurement) =>
  statementsOf(profile, measurement, site).filter(({ state }) => state === "different");
const ids = (profile: HostProfile, measurement: Measurement) => different(profile, measurement).map(({ id }) => id);
const all = Object.values(profiles).map((profile): [string, HostProfile] => [profile.id, profile]);

describe("a measurement against a profile", () => {
  it.each(all)("%s, measured as it is, differs in nothing", (_id, profile) => {
    expect(different(profile, measured(profile))).toEqual([]);
  });

  it("names the directive, the cell and the token that differ", () => {
    const { facts, ...rest } = measured(profiles.chatgpt);
    const looser: Measurement = {
      ...rest,
      facts: {
        ...facts,
        policies: (facts.policies ?? []).map((policy) => ({
          ...policy,
          text: policy.text.replace("worker-src blob:", "worker-src 'self' blob:"),
        })),
        cells: { ...facts.cells, "worker-src own-worker": "passed" },
        presses: { ...facts.presses, popup: "allowed" },
      },
    };
    expect(ids(profiles.chatgpt, looser)).toEqual([
      "innerPolicy worker-src",
      "worker-src own-worker",
      "sandbox allow-popups",
    ]);
    expect(ids(profiles["chatgpt-desktop"], looser)).not.toContain("worker-src own-worker");
    expect(comparisonText("chatgpt", statementsOf(profiles.chatgpt, looser, site))).toContain(
      "innerPolicy worker-src\n    profile:  blob:\n    measured: 'self' blob:",
    );
  });

  it("takes the order of sources for nothing, and what was not tried for unmeasured", () => {
    const { facts, ...rest } = measured(profiles.chatgpt);
    const { policies = [], cells: _cells, presses: _presses, ...read } = facts;
    const turned = policies.map((policy) => ({ ...policy, text: policy.text.replace("'self' data:", "data: 'self'") }));
    expect(different(profiles.chatgpt, { ...rest, facts: { ...facts, policies: turned } })).toEqual([]);
    const quiet = statementsOf(profiles.chatgpt, { ...rest, facts: { ...read, presses: {} } }, site);
    expect(
      quiet.filter(({ id }) => /^(innerPolicy|img-src|sandbox allow-popups)/.test(id)).map(({ state }) => state),
    ).toContain("unmeasured");
    expect(quiet.filter(({ state }) => state === "different").map(({ id }) => id)).not.toContain(
      "sandbox allow-popups",
    );
  });
});

describe("a profile of a measurement", () => {
  const folder = mkdtempSync(join(tmpdir(), "sandglass-measured-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // A host without a policy for declared widgets is the same as the one it stands for.
  it.each(all)("%s, written and read again, is what was measured", async (id, profile) => {
    const measurement = measured(profile);
    const made = profileOf(measurement);
    const file = join(folder, `${id}.json`);
    writeFileSync(file, JSON.stringify(made));
    const loaded = await loadProfileFile(file, file);
    expect(different(loaded, measurement)).toEqual([]);
    expect(loaded.bridge.hostInfo).toMatchObject({ seen: "2026-11-26", confidence: "medium" });
    expect(loaded.bridge.hostInfo.source).toMatch(/^measured: sandglass probe/);
  });

  it("an address of numbers is nobody's suffix", () => {
    const { facts, ...rest } = measured(profiles["basic-host"]);
    const document = { ...facts.document, origin: "http://127.0.0.1:8081" };
    const { frames } = profileOf({ ...rest, facts: { ...facts, document } }) as unknown as { readonly frames: object };
    expect(frames).not.toHaveProperty("sandboxSuffix");
  });

  it("an opaque origin is a frame that keeps none", async () => {
    const { facts, ...rest } = measured(profiles["mcp-apps"]);
    const measurement: Measurement = {
      ...rest,
      facts: { ...facts, document: { ...facts.document, origin: "null", sandbox: null } },
    };
    const file = join(folder, "opaque.json");
    writeFileSync(file, JSON.stringify(profileOf(measurement)));
    const loaded = await loadProfileFile(file, file);
    expect(loaded.frames.outerSandbox.value).not.toContain("allow-same-origin");
    expect(isOpaque(loaded.frames)).toBe(true);
    expect(different(loaded, measurement)).toEqual([]);
  });

  it("puts the lists back where declared addresses stand, as the host wrote them", () => {
    expect(
      templateOf(
        "img-src 'self' https://exact.resource.probe.example https://port.resource.probe.example:8443; frame-src 'self' https://exact.frame.probe.example; connect-src wss://socket.connect.probe.example",
      ),
    ).toBe("img-src 'self' {resource}; frame-src 'self' {frame}; connect-src {connect}");
  });
});

describe("what a person pasted", () => {
  const text = JSON.stringify(measured(profiles.claude));
  it("may have words around it", () => {
    expect(readMeasurement(`Here it is:\n\`\`\`json\n${text}\n\`\`\`\n`, "paste")).toEqual(JSON.parse(text));
  });
  it.each([
    ["half of it", text.slice(0, 400), "not JSON"],
    ["another file", '{"kind":"x"}', "kind"],
    ["a list for a text", text.replace('"browser":"Chrome 156"', '"browser":[]'), "browser"],
    ["a day that is none", text.replace('"date":"2026-11-26"', '"date":"2026-13-45"'), "date"],
    [
      "a height that is none",
      text.replace('"presses":{', '"size":{"start":[1,1],"settled":[1,1],"given":{"700":"tall"}},"presses":{'),
      "size.given.700",
    ],
    [
      "one without end",
      text.replace('"hostCapabilities":{', `"hostCapabilities":{"a":${"[".repeat(60_000)}${"]".repeat(60_000)},`),
      "nested",
    ],
  ])("%s is refused, and the place named", (_what, written, word) => {
    expect(() => readMeasurement(written, "paste")).toThrow(word);
  });
});
