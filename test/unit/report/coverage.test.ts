import { describe, expect, it } from "vitest";
import { coverageLine, percentOf } from "../../../harness/report/check/coverage.ts";
import { checkReporters } from "../../../harness/report/index.ts";
import type { CodeCoverage } from "../../../harness/model/result.ts";
import { failing, resultOf, runOf } from "./make.ts";

const shares = (ran: number) => ({ characters: { ran, of: 100 }, functions: { ran: 3, of: 7 } });
const coverage = (given: Partial<CodeCoverage> = {}): CodeCoverage => ({
  own: shares(62),
  bundled: null,
  packages: shares(10),
  refusedInPackages: 0,
  files: [{ file: "src/<a>.ts", ...shares(62) }],
  ...given,
});

describe("how much ran", () => {
  it.each([
    [{ ran: 0, of: 1000 }, 0],
    [{ ran: 1, of: 1000 }, 1],
    [{ ran: 999, of: 1000 }, 99],
    [{ ran: 1000, of: 1000 }, 100],
    [{ ran: 0, of: 0 }, 100],
  ])("%o is %i %%", (share, percent) => expect(percentOf(share)).toBe(percent));

  it("is told of the widget's own code, else of what may hold it", () => {
    expect(coverageLine({ coverage: coverage() })).toBe("62 % of the widget's own code ran");
    expect(coverageLine({ coverage: coverage({ own: null, bundled: shares(24) }) })).toBe(
      "24 % of the bundled code ran",
    );
    // Of a bundle it is not known how much of it is the widget's: a short script beside it says little.
    expect(coverageLine({ coverage: coverage({ own: shares(100), bundled: shares(20) }) })).toBe(
      "60 % of the bundled code ran",
    );
    expect(coverageLine({ coverage: coverage({ own: null }) })).toBeNull();
    expect(coverageLine({})).toBeNull();
  });
  it("counts what packages hold that the host would refuse", () =>
    expect(coverageLine({ coverage: coverage({ refusedInPackages: 2 }) })).toBe(
      "62 % of the widget's own code ran, 2 places in packages that the host would refuse did not run",
    ));
});

describe("every report", () => {
  const result = resultOf(
    runOf({ coverage: coverage() }),
    failing({ widget: "v", coverage: coverage({ own: shares(7) }) }),
  );
  const textOf = (format: string) => checkReporters.get(format)?.(result) ?? "";

  it.each(["pretty", "junit", "sarif", "github", "markdown", "html"] as const)(
    "%s has the line of each run",
    (format) => {
      const text = textOf(format).replaceAll("&#39;", "'").replaceAll("&apos;", "'").replaceAll("%25", "%");
      expect(text).toContain("62 % of the widget's own code ran");
      expect(text).toContain("7 % of the widget's own code ran");
    },
  );
  it("json has the numbers", () =>
    expect(JSON.parse(textOf("json"))).toMatchObject({
      runs: [{ coverage: { own: { characters: { ran: 62 } } } }, {}],
    }));
  it("html has a row for each file", () => {
    expect(textOf("html")).toContain("src/&lt;a&gt;.ts");
    expect(textOf("html")).toContain("3 of 7");
  });
  it("says nothing where nothing was measured", () => {
    for (const format of ["pretty", "junit", "sarif", "github", "markdown", "html"] as const)
      expect(checkReporters.get(format)?.(resultOf(runOf(), failing()))).not.toMatch(/coverage|code ran|Code that ran/);
  });
});
