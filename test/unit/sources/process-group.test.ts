/** The end of a group: nobody in it whom we may not end breaks off what ends us. */
import { afterEach, expect, it, vi } from "vitest";
import { endRest, hasGroups } from "../../../harness/sources/process-group.ts";

afterEach(() => void vi.restoreAllMocks());

it.runIf(hasGroups).each(["ESRCH", "EPERM"])("whose signal fails with %s is the end of it", async (code) => {
  const kill = vi.spyOn(process, "kill").mockImplementation(() => {
    throw Object.assign(new Error(code), { code });
  });
  await endRest({ pid: 4_000_000 }, 1000);
  expect(kill).toHaveBeenCalledTimes(1);
});

it.runIf(hasGroups)("that fails in another way is told", async () => {
  vi.spyOn(process, "kill").mockImplementation(() => {
    throw Object.assign(new Error("EINVAL"), { code: "EINVAL" });
  });
  await expect(endRest({ pid: 4_000_000 }, 1000)).rejects.toThrow("EINVAL");
});
