import { join } from "node:path";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { knownProfiles } from "../../host/profiles/index.ts";
import { HOSTS_PAGE, withTables } from "../docs/hosts.ts";
import {
  namedBlocks,
  REFERENCE_PAGES,
  SCHEMA,
  schemaText,
  shownDefinitions,
  withReference,
} from "../docs/reference.ts";
import { allChecks as checks } from "../../harness/checks/all.ts";
import { conformancePage } from "../browser/conformance/document.ts";
import { requirements } from "../browser/conformance/requirements.ts";
import { fidelityPage } from "../browser/fidelity/document.ts";
import { vectorsPage } from "../browser/vectors/document.ts";

it("docs/vectors.md says what the tests assert", () => {
  expect(
    readFileSync(join(import.meta.dirname, "../../docs/vectors.md"), "utf8"),
    "run npx jiti test/browser/vectors/document.ts > docs/vectors.md",
  ).toBe(vectorsPage());
});

it("docs/fidelity.md says what the tests assert", () => {
  expect(
    readFileSync(join(import.meta.dirname, "../../docs/fidelity.md"), "utf8"),
    "run npx jiti test/browser/fidelity/document.ts > docs/fidelity.md",
  ).toBe(fidelityPage());
});

it("docs/host-conformance.md says what is asked, and each test that it names is there", () => {
  expect(
    readFileSync(join(import.meta.dirname, "../../docs/host-conformance.md"), "utf8"),
    "run npx jiti test/browser/conformance/document.ts > docs/host-conformance.md",
  ).toBe(conformancePage());
  for (const { id, asked } of requirements)
    if (typeof asked === "object" && "by" in asked)
      expect(existsSync(join(import.meta.dirname, "../..", asked.by)), id).toBe(true);
});

it("docs/hosts.md holds the values of the profiles", () => {
  const page = readFileSync(HOSTS_PAGE, "utf8");
  expect(page, "run npx jiti test/docs/hosts.ts").toBe(withTables(page));
  const shown = [...page.matchAll(/<!-- profile: ([\w@-]+) -->/g)].map((match) => match[1]);
  expect(shown.toSorted()).toEqual(knownProfiles.map(({ id }) => id).toSorted());
});

it("docs/reference.md says what options, config and widget.json take, and what checks and codes there are", () => {
  const pages = REFERENCE_PAGES.map((page) => readFileSync(page, "utf8"));
  for (const page of pages) expect(page, "run npm run reference").toBe(withReference(page));
  const page = pages.join("\n");
  const shown = [...page.matchAll(/<!-- reference: ([\w ]+) -->/g)].map((match) => match[1]);
  const wanted = [...namedBlocks, ...shownDefinitions.map((name) => `fields of ${name}`)];
  expect(shown.toSorted(), "every block once").toEqual(wanted.toSorted());
});

it("schema.json is what the schemas say, and is packed", () => {
  expect(readFileSync(SCHEMA, "utf8"), "run npm run reference").toBe(schemaText());
  const { files } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    files: string[];
  };
  expect(files).toContain("schema.json");
});

const folder = join(import.meta.dirname, "../../harness/checks");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /^(?!shared\/)[^/]+\/[^/]+\.ts$/.test(name))
  .map((name) => name.replace(/\.ts$/, ""));

it("every check is registered once, under the name of its file", () => {
  expect(checks.map(({ id }) => id).sort()).toEqual(files.sort());
});

it.each(checks.map((check) => [check.id, check] as const))(
  "%s has a page with the six headings, and a source",
  (id, check) => {
    const page = readFileSync(join(folder, `${id}.md`), "utf8");
    expect(page.match(/^## .+$/gm)).toEqual([
      "## Why",
      "## What is checked",
      "## Fails",
      "## Passes",
      "## Fix",
      "## Source",
    ]);
    expect(check.source.length).toBeGreaterThan(10);
  },
);

/** `cases()` takes at least one that fails and one that passes, and runs them. */
it.each(checks.map(({ id }) => id))("%s has a test that shows that it can fail, and a near miss that passes", (id) => {
  const test = join(import.meta.dirname, "checks", `${id}.test.ts`);
  expect(existsSync(test), `write test/unit/checks/${id}.test.ts`).toBe(true);
  const text = readFileSync(test, "utf8");
  const name = new RegExp(`import (\\w+) from "[./]+harness/checks/${id}\\.ts"`).exec(text)?.[1] ?? "none";
  expect(text, `call cases(${name}, { fails, passes })`).toContain(`cases(${name}, {`);
});
