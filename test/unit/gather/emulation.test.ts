/** What a widget's pages believe of the user, as the browser is told. */
import { expect, it } from "vitest";
import type { Protocol } from "../../../harness/gather/browser/protocol.ts";
import { emulate, type Emulation } from "../../../harness/gather/witness/emulation.ts";

const plain: Emulation = {
  viewport: { width: 760, height: 900 },
  locale: "en-US",
  colorScheme: "light",
  touch: false,
};

function toldBy(emulation: Emulation): ReadonlyMap<string, unknown> {
  const told = new Map<string, unknown>();
  const protocol = { post: (method: string, params: unknown) => void told.set(method, params) } as unknown as Protocol;
  emulate(protocol, { id: "one", type: "iframe" }, emulation, { userAgent: "" });
  return told;
}
const features = (emulation: Emulation) =>
  (toldBy(emulation).get("Emulation.setEmulatedMedia") as { readonly features: unknown }).features;

it("says nothing of a time zone that nobody named", () => {
  expect(toldBy(plain).has("Emulation.setTimezoneOverride")).toBe(false);
  expect(toldBy({ ...plain, timeZone: "Asia/Kolkata" }).get("Emulation.setTimezoneOverride")).toEqual({
    timezoneId: "Asia/Kolkata",
  });
});

it("speaks the locale, or the languages that the user lists", () => {
  const said = (emulation: Emulation) => toldBy(emulation).get("Emulation.setUserAgentOverride");
  expect(said(plain)).toMatchObject({ acceptLanguage: "en-US" });
  expect(said({ ...plain, preferences: { languages: ["de-CH", "fr"] } })).toMatchObject({ acceptLanguage: "de-CH,fr" });
});

it("prefers nothing, or what the user prefers", () => {
  expect(features(plain)).toEqual(
    expect.arrayContaining([
      { name: "prefers-reduced-motion", value: "no-preference" },
      { name: "prefers-contrast", value: "no-preference" },
    ]),
  );
  expect(features({ ...plain, preferences: { reducedMotion: true, contrast: "more" } })).toEqual(
    expect.arrayContaining([
      { name: "prefers-reduced-motion", value: "reduce" },
      { name: "prefers-contrast", value: "more" },
    ]),
  );
});
