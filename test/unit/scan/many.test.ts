/** More findings than a call has room for arguments end no run: all are hidden, as many as are listed are told. */
import { expect, test } from "vitest";
import { LIMITS } from "../../../harness/scan/limits.ts";
import { scanValue } from "../../../harness/scan/index.ts";
import { b62 } from "./made.ts";

const COUNT = 130_000;
const secret = b62(9);
const more = { kind: "detections", found: COUNT, most: LIMITS.detections };

test("in one text of a value", { timeout: 60_000 }, () => {
  const { detections, masked, limits } = scanValue({ log: `password=${secret} `.repeat(COUNT) }, "toolOutput");
  expect(detections).toHaveLength(LIMITS.detections);
  expect(limits).toEqual([{ ...more, carrier: "toolOutput" }]);
  expect(JSON.stringify(masked)).not.toContain(secret);
});

test("in JSON that a text holds, which are counted too", () => {
  const text = JSON.stringify(Array.from({ length: 3000 }, () => ({ password: secret })));
  const { detections, limits } = scanValue({ text }, "toolOutput");
  expect(detections).toHaveLength(LIMITS.detections);
  expect(limits).toEqual([{ ...more, found: 3000, carrier: "toolOutput" }]);
});

test("in a key, whose path is kept short", () => {
  const { detections } = scanValue({ [`password=${secret} `.repeat(2000)]: 1 }, "toolOutput");
  expect(detections).toHaveLength(LIMITS.detections);
  expect(Math.max(...detections.map(({ path = "" }) => path.length))).toBeLessThan(300);
});
