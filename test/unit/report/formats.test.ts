/** One registry: what the help lists is what there is. */
import { expect, test } from "vitest";
import { allowlistReporters, checkReporters, formatList, showsAllowlist } from "../../../harness/report/index.ts";

test("help names them in a sentence", () =>
  expect(formatList(allowlistReporters)).toBe("pretty, json, markdown or html"));
test("who owns a domain is looked up for the formats that show it", () =>
  expect([...checkReporters.keys()].filter(showsAllowlist)).toEqual(["json", "html"]));
