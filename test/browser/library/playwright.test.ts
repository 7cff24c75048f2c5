/** `sandglass/playwright`, as somebody's own `playwright test` runs it: each assertion once as it should be, once not. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JSONReport } from "playwright/types/testReporter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isLong } from "../long.ts";

/** Each failure starts a worker anew: a whole run takes two of them. */
const grep = isLong ? [] : ["--grep", "passes: |fails: (toHaveRequested|toHaveSent)"];

const root = join(import.meta.dirname, "../../..");
const project = join(root, "test/fixtures/playwright");

/** Test → what its failing assertion says. */
const FAILS = {
  toWorkIn: /expected the widget to work in chatgpt\n\n[^]*csp\/blocked-request: .*tracker\.example/,
  toHaveRequested:
    /to have requested https:\/\/elsewhere\.example\/\*\n\nSeen:\n[^]*https:\/\/api\.example\.com\/rooms allowed \(connect-src\)/,
  toHaveBeenBlocked:
    /to have been blocked from https:\/\/api\.example\.com\/\*[^]*tracker\.example\/visit blocked-by-csp \(connect-src\)/,
  toHaveCalledTool: /to have called the tool book\n\nSeen:\n {2}no tool call/,
  toHaveSent: /to have sent Booked\n/,
  "a locator": /getByText\('Porto'\)/,
  "what is not there": /nowhere/,
} as const;

describe("sandglass/playwright", () => {
  const folder = mkdtempSync(join(tmpdir(), "sandglass-playwright-"));
  let report: JSONReport;

  beforeAll(async () => {
    const file = join(folder, "report.json");
    const runner = join(root, "node_modules/playwright/cli.js");
    await new Promise((resolve, reject) => {
      spawn(
        process.execPath,
        [runner, "test", "-c", project, "--reporter=json", "--output", join(folder, "out"), ...grep],
        {
          cwd: project,
          env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, FORCE_COLOR: "0" },
          stdio: "ignore",
        },
      )
        .once("error", reject)
        .once("close", resolve);
    });
    report = JSON.parse(readFileSync(file, "utf8")) as JSONReport;
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const resultOf = (title: string) => {
    const spec = report.suites.flatMap(({ specs }) => specs).find((one) => one.title.startsWith(title));
    return spec?.tests[0]?.results[0];
  };

  it.runIf(isLong)("a hang ends no test run", () => {
    const spec = report.suites.flatMap(({ specs }) => specs).find((one) => one.title.startsWith("long: "));
    expect(spec?.tests[0]?.results[0]).toMatchObject({ status: "passed" });
  });

  it.each(["locators", "toWorkIn", "not.toWorkIn", "what did not come"])("passes: %s", (title) => {
    const result = resultOf(`passes: ${title}`);
    expect({ status: result?.status, error: result?.error?.message }).toEqual({ status: "passed" });
  });

  it.each(Object.entries(FAILS).filter(([title]) => isLong || /^toHave(Requested|Sent)$/.test(title)))(
    "fails: %s",
    (title, message) => {
      const result = resultOf(`fails: ${title}`);
      expect(result?.status).toBe("failed");
      expect(result?.error?.message).toMatch(message);
    },
  );

  it("a test that fails keeps its evidence, and Playwright's trace", () => {
    const names = resultOf("fails: toHaveSent")?.attachments.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["sandglass-evidence", "trace"]));
  });
});
