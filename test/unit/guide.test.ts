import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { allChecks } from "../../harness/checks/all.ts";
import { readinessItems } from "../../harness/readiness/items.ts";
import { GUIDE_PAGE, guidePage, statements } from "../docs/guide.ts";

/** Of the guide's six chapters; what is not here was not forgotten, but is not there. */
const CHAPTERS = { P: 4, D: 7, W: 5, N: 6, A: 5, O: 3 };
const STATEMENTS = Object.entries(CHAPTERS).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
);
const ids: readonly string[] = allChecks.map(({ id }) => id);

it("the guide has thirty statements, and every one has a row", () => {
  expect(STATEMENTS).toHaveLength(30);
  expect(statements.map(({ id }) => id)).toEqual(STATEMENTS);
});

it.each(statements.map((one) => [one.id, one] as const))(
  "%s names checks that are there, and says what they leave open and what to do",
  (_id, { checks, open, todo, says }) => {
    expect(checks.filter((check) => !ids.includes(check))).toEqual([]);
    for (const text of [open, todo, says]) expect(text.length).toBeGreaterThan(15);
  },
);

it("docs/guide-coverage.md is made of them", () => {
  expect(readFileSync(GUIDE_PAGE, "utf8"), "run npm run reference").toBe(guidePage());
});

it("the submission's list names checks and areas that are there, each item once", () => {
  const known = new Set([...ids, ...ids.map((id) => id.split("/")[0])]);
  expect(readinessItems.flatMap(({ checks }) => checks).filter((name) => !known.has(name))).toEqual([]);
  expect(new Set(readinessItems.map(({ id }) => id)).size).toBe(readinessItems.length);
});
