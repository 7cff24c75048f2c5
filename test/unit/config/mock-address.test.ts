/** A mock's address as it is written in a config. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../../harness/config/index.ts";

test("a mock's url may be a URLPattern by component, and what could take long is refused with its place", async () => {
  const withUrl = (url: unknown) => {
    const folder = mkdtempSync(join(tmpdir(), "sandglass-mock-"));
    writeFileSync(
      join(folder, "sandglass.config.json"),
      JSON.stringify({ scenarios: { map: { far: { mocks: [{ url }] } } } }),
    );
    return folder;
  };
  const pattern = { hostname: "*.a.example", pathname: "/v1/:id" };
  expect(await loadConfig(withUrl(pattern))).toMatchObject({ scenarios: { map: [{ mocks: [{ url: pattern }] }] } });
  for (const [url, message] of [
    [{ pathname: "/(a+)+$" }, /mocks\[0\]\.url\.pathname: must not hold a regular expression/],
    [{ path: "/a" }, /mocks\[0\]\.url\.path: is not a known field/],
    [7, /mocks\[0\]\.url: must be an address, or an object of protocol/],
  ] as const)
    await expect(loadConfig(withUrl(url))).rejects.toMatchObject({
      code: "BAD_CONFIG",
      message: expect.stringMatching(message) as string,
    });
});
