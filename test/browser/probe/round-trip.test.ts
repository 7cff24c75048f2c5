/** The probe, run in each host that we emulate, measures the profile that it was rendered under. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { statementsOf } from "../../../harness/measurement/statements.ts";
import { profiles } from "../../../host/profiles/index.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import { measure } from "./kit.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({ limits: { lifeMs: 0, runMs: 40_000 } });
});
afterAll(() => gatherer.close());

const said = (value: unknown): string => JSON.stringify(value);
const site = { serverOrigin: "https://probe-server.example" };

describe.concurrent.each(Object.values(profiles).map((profile): [string, HostProfile] => [profile.id, profile]))(
  "%s",
  (_id, profile) => {
    it("is measured as it is", async () => {
      const measurement = await measure(gatherer, profile, "odd");
      const statements = statementsOf(profile, measurement, site);
      const different = statements.filter(({ state }) => state === "different");
      expect(different.map(({ id, believed, measured }) => `${id}: ${said(believed)}, not ${said(measured)}`)).toEqual(
        [],
      );
      expect(statements.filter(({ state }) => state === "unmeasured").map(({ id }) => id)).toEqual([]);
      expect(statements.length).toBeGreaterThan(120);
    });
  },
);
