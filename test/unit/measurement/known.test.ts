/** What a profile has from no source is no difference when it is measured: it is news. */
import { expect, it } from "vitest";
import { unknownIn } from "../../../harness/measurement/known.ts";
import { statementsOf } from "../../../harness/measurement/statements.ts";
import { comparisonText, differencesIn } from "../../../harness/measurement/text.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { measured } from "./make.ts";

it("by each kind of statement", () => {
  const isUnknown = unknownIn(profiles.cursor);
  const ids = [
    "innerPolicy script-src",
    "img-src data",
    "keyword eval",
    "sandbox allow-popups",
    "outerPolicy frame-src",
    "bridge.heightRange 700",
    "bridge.userAgent",
    "frames.outerAllow camera",
    "bridge.hostInfo",
    "bridge.availableDisplayModes",
  ];
  expect(ids.filter((id) => isUnknown({ id }))).toEqual(ids.slice(0, 7));
});

it("is told apart from what differs", () => {
  const statements = statementsOf(profiles.cursor, measured(profiles.chatgpt), { serverOrigin: null });
  const isUnknown = unknownIn(profiles.cursor);
  const [different, found] = differencesIn(statements, isUnknown);
  expect(different.map(({ id }) => id)).toContain("bridge.hostInfo");
  expect(different.map(({ id }) => id)).not.toContain("sandbox allow-popups");
  expect(found.map(({ id }) => id)).toContain("innerPolicy script-src");
  const text = comparisonText("cursor", statements, isUnknown);
  expect(text).toMatch(/^cursor: \d+ equal, \d+ different, \d+ not known before, \d+ not measured\n/);
  expect(text).toMatch(/\nnot known before:\n(?: {2}\S.*\n)* {2}innerPolicy default-src: 'self'\n/);
});
