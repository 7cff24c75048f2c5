/** The page is for everybody: no axe violation, every control by keyboard, no overflow from 360 px on, no dead control. */
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "../axe.ts";
import { partOf } from "../long.ts";
import { closeBrowser, openDev, openPage, show, verdictOf, widgetFrame, type Dev } from "./kit.ts";

const PANELS = ["verdict", "network", "apis", "props", "bridge", "policy", "allowlist", "scenario"] as const;
const TARGETS = ["widgets/weather", "widgets/broken/csp/blocked-request", "widgets/broken/bridge/protocol"];

let dev: Dev;
beforeAll(async () => {
  dev = await openDev(TARGETS, { checks: "once" });
  await dev.loaded;
});
afterAll(async () => {
  await dev.close();
  await closeBrowser();
});

const openSections = (page: Page) =>
  page
    .locator("details:not([open]) > summary")
    .evaluateAll((summaries) =>
      summaries.forEach((summary) => ((summary.parentElement as HTMLDetailsElement).open = true)),
    );

describe.each(["light", "dark"])("axe, %s", (theme) => {
  let page: Page;
  beforeAll(async () => {
    page = await openPage(dev.url, `widget=broken%2Fcsp%2Fblocked-request&theme=${theme}`);
  });
  afterAll(() => page.close());

  it.each(partOf(PANELS, theme === "light" ? 1 : 3))("%s", async (panel) => {
    await show(page, `widget=broken%2Fcsp%2Fblocked-request&theme=${theme}&panel=${panel}`);
    await widgetFrame(page);
    await verdictOrPanel(page, panel);
    await openSections(page);
    const finding = page.locator(".finding").first();
    if (panel === "verdict") {
      await finding.click();
      await page.locator(".finding-detail .prose").waitFor();
    }
    expect(await violations(page)).toEqual([]);
  });
});

describe.each(["light", "dark"])("axe at 360 px, %s", (theme) => {
  let page: Page;
  beforeAll(async () => {
    page = await openPage(dev.url, `theme=${theme}`, { width: 360, height: 740 });
  });
  afterAll(() => page.close());

  it.each(["widget", "controls", "panels"])("%s", async (area) => {
    await show(page, `theme=${theme}&area=${area}`);
    await page.locator(".areas").waitFor();
    if (area === "widget") await widgetFrame(page);
    await openSections(page);
    expect(await violations(page)).toEqual([]);
  });
});

it.each(partOf(["dark", "light"], 2))("axe, a conversation with another host beside it, %s", async (theme) => {
  const page = await openPage(dev.url, `widget=weather&theme=${theme}&deliver=late&pace=60000&versus=profile%3Aclaude`);
  await page.getByRole("button", { name: "Cancel the call" }).click();
  await page.getByRole("button", { name: "Call again" }).click();
  await page.locator(".differences, .lane__scroll > .hint").first().waitFor();
  await openSections(page);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Control+k");
  await page.locator(".palette [role=option]").first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.close();
});

async function verdictOrPanel(page: Page, panel: string): Promise<void> {
  if (panel === "verdict") await verdictOf(page, "Live, in this page");
  else await page.locator(`[data-panel="${panel}"] .panel-body`).waitFor();
}

describe("layout", () => {
  const view = "widget=broken%2Fcsp%2Fblocked-request&panel=policy";
  let page: Page;
  beforeAll(async () => {
    page = await openPage(dev.url, view);
  });
  afterAll(() => page.close());

  const sizes = [
    [320, 640],
    [390, 844],
    [768, 1024],
    [1024, 768],
    [1280, 800],
    [1440, 900],
    [1920, 1080],
    [2560, 1440],
  ] as const;
  it.each(partOf(sizes, 2))("%i × %i: nothing overflows", async (width, height) => {
    await page.setViewportSize({ width, height });
    for (const area of ["widget", "controls", "panels"]) {
      await show(page, `${view}&area=${area}`);
      await page.locator(".app").waitFor();
      await openSections(page);
      if (area === "widget") await widgetFrame(page);
      const wide = await page.evaluate(() => {
        const scrolls = (element: Element): boolean =>
          element.closest("pre, .source-line, .table-scroll, .stage, .visually-hidden, .skip-link") !== null;
        return [...document.querySelectorAll("body *")]
          .filter(
            (element) =>
              element.getClientRects().length > 0 &&
              !scrolls(element) &&
              (element.getBoundingClientRect().right > innerWidth + 1 || element.getBoundingClientRect().left < -1),
          )
          .map((element) => `${element.tagName}.${element.className}`);
      });
      expect(wide, area).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  });
  it("gives the widget ChatGPT's width, and says when it shows it smaller", async () => {
    const page = await openPage(dev.url, "widget=weather", { width: 360, height: 740 });
    expect(await (await widgetFrame(page)).evaluate(() => innerWidth)).toBe(720);
    await page.getByText(/720 px wide, shown at \d+%/).waitFor();
    await page.close();
  });
});

describe("keyboard", () => {
  it("reaches every control, with a visible focus", async () => {
    const page = await openPage(dev.url, "widget=weather&panel=policy");
    await widgetFrame(page);
    await openSections(page);
    const expected = await page.evaluate(() => {
      const all = [
        ...document.querySelectorAll<HTMLElement>("button, select, input, textarea, summary, a[href], [role=tab]"),
      ].filter(
        (element) =>
          element.getClientRects().length > 0 && !(element as HTMLButtonElement).disabled && element.tabIndex >= 0,
      );
      // Radios of one group are one stop.
      const stops = all.filter(
        (element) => !(element instanceof HTMLInputElement && element.type === "radio" && !element.checked),
      );
      stops.forEach((element, index) => (element.dataset.stop = String(index)));
      return stops.length;
    });
    const reached = new Set<string>();
    for (let press = 0; press < expected + 60; press++) {
      await page.keyboard.press("Tab");
      const now = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement | null;
        if (!element || element === document.body) return null;
        const shown = element.closest("label, .segmented__choice") ?? element;
        const marked = [element, shown, ...shown.querySelectorAll("span"), element.parentElement].some(
          (one) => one !== null && getComputedStyle(one).outlineStyle !== "none",
        );
        return { stop: element.dataset.stop ?? null, tag: element.tagName, marked };
      });
      if (!now) continue;
      if (now.tag !== "IFRAME") expect(now.marked, `focus is seen on ${now.tag} ${now.stop}`).toBe(true);
      if (now.stop !== null) reached.add(now.stop);
    }
    expect(reached.size).toBe(expected);
    await page.close();
  });
  it("moves between tabs with the arrow keys", async () => {
    const page = await openPage(dev.url, "widget=weather");
    const verdict = page.getByRole("tab", { name: /^Verdict/ });
    await verdict.focus();
    await page.keyboard.press("ArrowRight");
    await page.locator('[data-panel="network"]').waitFor();
    expect(await page.getByRole("tab", { name: /^Network/ }).evaluate((tab) => tab === document.activeElement)).toBe(
      true,
    );
    await page.keyboard.press("End");
    await page.locator('[role=tab]:last-child[aria-selected="true"]').waitFor();
    await page.close();
  });
});

describe("view", () => {
  it("lives in the URL, and survives a reload and a broken one", async () => {
    const page = await openPage(
      dev.url,
      "widget=weather&scenario=service+down&theme=dark&panel=bridge&device=mobile&safe=1,2,3,4",
    );
    await page.reload();
    await page.locator('[data-panel="bridge"]').waitFor();
    expect(await page.getByLabel("Scenario", { exact: true }).inputValue()).toBe("service down");
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    expect(await (await widgetFrame(page)).evaluate(() => innerWidth)).toBe(375);
    await page.goto(
      `${dev.url}#panel=none&theme=pink&locale=%%%&safe=a,b&edits={oops&widget=${encodeURIComponent("<b>")}`,
    );
    await page.reload();
    // Another widget's verdict in its place would be a false one.
    await page
      .getByRole("alert")
      .filter({ hasText: "NO_WIDGET" })
      .filter({ hasText: "<b> is not among the widgets" })
      .waitFor();
    expect(await page.locator("[data-verdict]").count()).toBe(0);
    await page.getByRole("button", { name: "weather", exact: true }).click();
    await page.locator('[data-panel="verdict"]').waitFor();
    expect(await page.getByLabel("Widget", { exact: true }).inputValue()).toBe("weather");
    await page.close();
  });
});
