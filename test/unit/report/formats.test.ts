/** One registry: what the README and the help list is what there is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allowlistReporters, checkReporters, formatList, showsAllowlist } from "../../../harness/report/index.ts";

const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");

test("the README lists the formats of both commands", () => {
  const names = (reporters: ReadonlyMap<string, unknown>) => [...reporters.keys()].join(" ");
  expect(readme).toContain(
    `Formats of \`check\`: \`${names(checkReporters)}\`; of \`allowlist\`: \`${names(allowlistReporters)}\`.`,
  );
});
test("help names them in a sentence", () =>
  expect(formatList(allowlistReporters)).toBe("pretty, json, markdown or html"));
test("who owns a domain is looked up for the formats that show it", () =>
  expect([...checkReporters.keys()].filter(showsAllowlist)).toEqual(["json", "html"]));
