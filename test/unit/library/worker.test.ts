/** What Playwright's fixtures say of a failure. */
import { expect, it } from "vitest";
import { openWorker } from "../../../harness/library/worker.ts";

const GIVEN = "tuesday-harbour-lantern";

it("an error shows nothing of what the options gave, in its stack neither", async () => {
  const worker = openWorker({ token: GIVEN, browserPath: `/nowhere/${GIVEN}/chrome` }, undefined);
  const stage = worker.forTest(() => Promise.reject(new Error("not reached")));
  const error: unknown = await stage.open({ target: "widget" }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ message: expect.stringContaining("/nowhere/[masked]/chrome") as string });
  expect(`${String(error)} ${(error as Error).stack ?? ""}`).not.toContain(GIVEN);
  await worker.close();
});
