/** The address carries the view, and what stands in one that was written by hand is not trusted. */
import { describe, expect, it } from "vitest";
import { languagesIn } from "../../../host/page/state/values.ts";
import { defaultView, readView, scenarioView, writeView, type View } from "../../../host/page/state/view.ts";
import { readVersus, writeVersus } from "../../../host/page/state/versus.ts";

const base = defaultView(false);
const full: View = {
  ...base,
  widget: "weather",
  width: 320,
  height: 600,
  pointer: "touch",
  timeZone: "Asia/Kolkata",
  languages: ["de-CH", "fr", "en"],
  network: "live",
  motion: "reduce",
  contrast: "more",
  deliver: "stream",
  pace: 200,
  versus: { profile: "chatgpt-dev", theme: "dark", locale: "ar-EG", device: "mobile", width: 320 },
  edits: {
    faults: [{ origin: "https://api.example.com", how: "slow" }],
    variables: { "--color-text-primary": "red" },
  },
};

it("what is written is read again, and the default is no word", () => {
  expect(readView(writeView(full, base), base)).toEqual(full);
  expect(writeView(base, base)).toBe("");
});

it.each([
  "width=-1&height=1e9&pointer=pen&zone=Mars%2FOlympus&motion=wild&contrast=less&deliver=soon&pace=-5&versus=theme:pink",
  "versus=&zone=&width=&pace=",
  `edits=${encodeURIComponent('{"faults":[{"origin":1,"how":"slow"},{"origin":"*","how":"never"}],"variables":{"color":"x","--a":1}}')}`,
])("%s: the default holds", (hash) => {
  expect(readView(hash, base)).toEqual(base);
});

describe("what is beside it", () => {
  it("keeps a profile whose name has a colon or an at sign", () => {
    const versus = { profile: "chatgpt@2026-05-18" };
    expect(readVersus(writeVersus(versus))).toEqual(versus);
  });
  it("is nothing without a word that is known", () => {
    expect(readVersus("shape:round,theme:")).toBeNull();
    expect(readVersus(null)).toBeNull();
  });
});

it("languages are a list of tags, and what is none is left out", () => {
  expect(languagesIn(" de-CH, fr,,x_y, en-US\r\nx: y,")).toEqual(["de-CH", "fr"]);
  expect(languagesIn("")).toEqual([]);
  expect(readView("languages=de,%0d", base).languages).toEqual(["de"]);
});

it("a scenario's context decides its environment", () => {
  const context = { timeZone: "Asia/Tokyo", languages: ["ja", "en"], reducedMotion: true, contrast: "more" } as const;
  expect({ ...full, ...scenarioView({ name: "one", context }) }).toMatchObject({
    timeZone: "Asia/Tokyo",
    languages: ["ja", "en"],
    motion: "reduce",
    contrast: "more",
    width: 0,
    pointer: "",
  });
});
