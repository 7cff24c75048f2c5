/**
 * The probe, run in a host that we emulate, measures the profile that it was rendered under: here in hosts that differ
 * in as much as hosts do, in a long run in each.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judge } from "../../../harness/judge/judge.ts";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { statementsOf } from "../../../harness/measurement/statements.ts";
import { profiles } from "../../../host/profiles/index.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import { isLong } from "../long.ts";
import { measure, probeWidget, reading, unmeasuredIn } from "./kit.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({ limits: { lifeMs: 0, runMs: 40_000 } });
});
afterAll(() => gatherer.close());

const said = (value: unknown): string => JSON.stringify(value);
const HOSTS = ["chatgpt", "chatgpt-desktop", "claude", "mcp-apps"];
const asked = Object.values(profiles).filter(({ id }) => isLong || HOSTS.includes(id));
const site = { serverOrigin: "https://probe-server.example" };

describe.concurrent.each(asked.map((profile): [string, HostProfile] => [profile.id, profile]))("%s", (_id, profile) => {
  it("is measured as it is", async () => {
    const measurement = await measure(gatherer, profile, "odd");
    const statements = statementsOf(profile, measurement, site);
    const different = statements.filter(({ state }) => state === "different");
    expect(different.map(({ id, believed, measured }) => `${id}: ${said(believed)}, not ${said(measured)}`)).toEqual(
      [],
    );
    expect(unmeasuredIn(statements)).toEqual([]);
    expect(statements.length).toBeGreaterThan(120);
  });
});

it.concurrent.each(["chatgpt", "mcp-apps", "claude-desktop"] as const)(
  "fails nothing of a check of its own in %s, where it only reads: what it says is that it holds what it may try",
  async (id) => {
    const widget = probeWidget("both");
    const evidence = await gatherer.gather({ widget, scenario: reading, profile: profiles[id] });
    const [run] = judge([evidence], { toolVersion: "0" }).runs;
    expect(run?.verdict).not.toBe("fail");
    const found = (run?.checks ?? []).flatMap((check) =>
      check.findings.map(({ severity = check.severity }) => `${check.id} ${severity}`),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((one) => !/^(?:api|bundle)\/\S+ (?:warning|info)$|info$/.test(one))).toEqual([]);
  },
);
