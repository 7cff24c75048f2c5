/** Who the browser says it is. */
import { expect, it } from "vitest";
import { identityOf } from "../../../harness/gather/browser/identity.ts";

const HEADLESS =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.8078.108 Safari/537.36";

it("a headless browser is as its users' browser", () => {
  const identity = identityOf(HEADLESS);
  expect(identity.userAgent).toBe(
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
  );
  expect(identity.userAgentMetadata).toMatchObject({
    brands: [{ brand: "Not:A-Brand" }, { brand: "Chromium", version: "156" }],
    fullVersionList: [{ brand: "Not:A-Brand" }, { brand: "Chromium", version: "156.0.8078.108" }],
    platform: "Linux",
    mobile: false,
  });
  expect(JSON.stringify(identity)).not.toMatch(/headless/i);
});
it.each([
  ["(Windows NT 10.0; Win64; x64)", "Windows"],
  ["(Macintosh; Intel Mac OS X 10_15_7)", "macOS"],
])("%s is %s", (system, platform) =>
  expect(identityOf(HEADLESS.replace(/\(X11.*?\)/, system)).userAgentMetadata?.platform).toBe(platform),
);
it("any other keeps its own", () =>
  expect(identityOf(HEADLESS.replace("HeadlessChrome", "Chrome"))).toEqual({ userAgent: "" }));
