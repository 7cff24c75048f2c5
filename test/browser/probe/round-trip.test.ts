/**
 * The probe, run in a host that we emulate, measures the profile that it was rendered under: here in hosts that differ
 * in as much as hosts do, in a long run in each.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { statementsOf } from "../../../harness/measurement/statements.ts";
import { profiles } from "../../../host/profiles/index.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import { isLong } from "../long.ts";
import { measure, unmeasuredIn } from "./kit.ts";

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
