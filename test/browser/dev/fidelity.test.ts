/** What a widget meets in the live stage is what it meets in ChatGPT, or the statement says why it cannot be. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright";
import { fidelityWidget, markOf } from "../fidelity/widget.ts";
import { statements } from "../fidelity/statements.ts";
import { partOf } from "../long.ts";
import { closeBrowser, openDev, openPage, tempFolder, type Dev } from "./kit.ts";

const temp = tempFolder();
let dev: Dev;

beforeAll(async () => {
  for (const statement of statements) {
    const { html, widget, scenario } = fidelityWidget(statement);
    temp.write(`${statement.id}/index.html`, html);
    temp.write(
      `${statement.id}/widget.json`,
      JSON.stringify({
        name: statement.id,
        entry: "index.html",
        _meta: widget.meta,
        scenarios: { default: { toolInput: scenario.toolInput, toolOutput: scenario.toolOutput } },
      }),
    );
  }
  dev = await openDev(["."], { cwd: temp.path, checks: "never" });
  await dev.loaded;
});
afterAll(async () => {
  await dev.close();
  await closeBrowser();
  temp.remove();
});

/** Statements that the overlay alone answers otherwise: with it off, they hold. */
const OVERLAY_ONLY: Readonly<Record<string, unknown>> = { "connect-fetch": "sent" };

describe.each(["off", "on"])("live stage, overlay %s", (overlay) => {
  let page: Page;
  beforeAll(async () => {
    page = await openPage("about:blank");
  });
  afterAll(() => page.close());

  const asked = partOf(statements, overlay === "off" ? 2 : 6, ({ id }) => id in OVERLAY_ONLY);
  it.each(asked.map((statement) => [statement.id, statement] as const))("%s", async (id, statement) => {
    const mark = markOf(statement);
    const answer = page.waitForEvent("console", (message) => message.text().startsWith(mark));
    // From one statement to the next the page stays, and shows another widget.
    await page.goto(`${dev.url}#widget=${id}&overlay=${overlay}`);
    const { expected } = statement.live ?? statement;
    const text = (await answer).text().slice(mark.length);
    expect(JSON.parse(text), statement.says).toEqual(
      overlay === "on" && id in OVERLAY_ONLY ? OVERLAY_ONLY[id] : expected,
    );
  });
});
