import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allChecks } from "../../harness/checks/all.ts";

const DOCS = join(import.meta.dirname, "../../docs");
const ids: ReadonlySet<string> = new Set(allChecks.map(({ id }) => id));

/** Cells of every row below the head, without the outer bars. */
const rowsOf = (file: string): readonly (readonly string[])[] =>
  readFileSync(join(DOCS, file), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .filter((line, at, all) => at > all.findLastIndex((one) => one.startsWith("| ---")))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
const checksIn = (text: string): string[] => [...text.matchAll(/`([a-z]+\/[a-z-]+)`/g)].map(([, id = ""]) => id);

describe("docs/mcp-apps-rules.md", () => {
  const rows = rowsOf("mcp-apps-rules.md");

  it("has each of the validator's 18 rules once, in order", () => {
    const range = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, at) => `APP-${String(from + at).padStart(3, "0")}`);
    expect(rows.map(([rule]) => rule)).toEqual([...range(1, 11), ...range(100, 106)]);
  });

  it.each(rows.map(([rule = "", , by = ""]) => [rule, by] as const))("%s is told by checks that are there", (_, by) => {
    const named = checksIn(by);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });
});

/** What review alone refuses is graver where the server is asked about by name: its page says so. */
const CHECKS = join(import.meta.dirname, "../../harness/checks");
const graver = ["metadata", "tools", "transport", "auth", "snapshot"].flatMap((area) =>
  readdirSync(join(CHECKS, area))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(CHECKS, area, file))
    .filter((file) => /\brun\([^)]*\brefusal\b/.test(readFileSync(file, "utf8"))),
);

it("pages of checks that are graver where the server is asked about by name say so", () => {
  expect(graver.length).toBeGreaterThan(5);
  const silent = graver.filter((file) => {
    const page = readFileSync(file.replace(/\.ts$/, ".md"), "utf8");
    return !/asked about by name \(`--only \w+`\) and a host of the run reviews, and a warning beside/.test(page);
  });
  expect(silent).toEqual([]);
});

describe("docs/readiness-coverage.md", () => {
  const rows = rowsOf("readiness-coverage.md");
  const STATES = ["tested", "more", "given", "account", "person", "package", "not tested"];

  it("has as many items as it says, each once, with a state of the legend", () => {
    const said = /(\d+) ids/.exec(readFileSync(join(DOCS, "readiness-coverage.md"), "utf8"))?.[1];
    expect(String(rows.length)).toBe(said);
    expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
    expect(rows.filter(([, state = ""]) => !STATES.includes(state))).toEqual([]);
  });

  it("says how many of the 68 are in each state", () => {
    const page = readFileSync(join(DOCS, "readiness-coverage.md"), "utf8");
    const own = rows.filter(([id = ""]) => !/^(?:profile|feature|migration)\./.test(id));
    const told = [
      ...(page
        .split("| the 68 |")[1]
        ?.split("\n\n")[0]
        ?.matchAll(/\| (\d+) \|/g) ?? []),
    ].map(([, count]) => Number(count));
    expect(own.length).toBe(68);
    expect(told).toEqual(STATES.slice(0, 6).map((state) => own.filter(([, one]) => one === state).length));
  });

  it("says how many are in each state", () => {
    const page = readFileSync(join(DOCS, "readiness-coverage.md"), "utf8");
    const counted = STATES.map((state) => `${rows.filter(([, own]) => own === state).length} ${state}`);
    expect(page).toContain(`Today: ${counted.join(", ")} (`);
  });

  it.each(rows.map((row) => [row[0] ?? "", row] as const))(
    "%s names checks that are there, where it is tested",
    (_, [, state, by = "", how = ""]) => {
      expect(checksIn(`${by} ${how}`).filter((id) => !ids.has(id))).toEqual([]);
      const isTested = state === "tested" || state === "more";
      expect(checksIn(by).length > 0 || how.includes("sandglass ready --")).toBe(isTested || how.includes("--domain"));
      if (state === "more") expect(how).not.toBe("");
    },
  );
});
