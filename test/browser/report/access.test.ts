/** HTML reports are for everybody: no axe violation, whatever is in them. */
import { chromium, type Browser } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBrowser } from "../../../harness/gather/browser/find.ts";
import { runsAsRoot } from "../../../harness/gather/browser/flags.ts";
import { formats } from "../../../harness/report/index.ts";
import { allowlistOf } from "../../../harness/allowlist/index.ts";
import { asked, blocked, declare, evidence } from "../../unit/allowlist/make.ts";
import { failing, hostile, resultOf, runOf, suppressed, undecided } from "../../unit/report/make.ts";
import { violations } from "../axe.ts";
import { isLong } from "../long.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findBrowser().path, chromiumSandbox: !runsAsRoot() });
});
afterAll(() => browser.close());

const declaration = declare({ connect: ["https://a.example-host.com", "https://old.example-host.com"] });
const network = [asked("https://a.example-host.com/x"), blocked("https://cdn.jsdelivr.net/npm/x.js", "script")];
const lists = [
  await allowlistOf({
    widget: { name: "w", declaration, serverOrigin: null },
    observed: [evidence({ declaration, network }, "default")],
  }),
];
const reports = {
  "of a pass": formats.html.check(resultOf(runOf({ network })), {}),
  "of everything": formats.html.check(
    {
      ...resultOf(failing({ network }), failing({ profile: "claude" }), undecided({ widget: "open" }), suppressed()),
      allowlist: lists,
    },
    {},
  ),
  "of a hostile widget": formats.html.check(hostile(), {}),
  "of nothing": formats.html.check(resultOf(), {}),
  "of an allow-list": formats.html.allowlist(lists),
};

const names = [
  "of everything",
  "of an allow-list",
  ...(isLong ? (["of a pass", "of a hostile widget", "of nothing"] as const) : []),
] as const;

it.each(names)("%s, in both themes", async (name) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ colorScheme });
    await page.setContent(reports[name]);
    await page
      .locator("details:not([open]) > summary")
      .evaluateAll((summaries) =>
        summaries.forEach((summary) => ((summary.parentElement as HTMLDetailsElement).open = true)),
      );
    expect(await violations(page), colorScheme).toEqual([]);
    await page.close();
  }
});
