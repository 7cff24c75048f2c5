/** From looking to a test: what is done in the widget is kept as a scenario, and the finding says why. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeBrowser, openDev, openPage, tempFolder, widgetFrame, type Dev } from "./kit.ts";

const PAGE = `<!doctype html><html lang="en"><body><h1>Tables</h1><button id="go">Reserve</button><p id="state">4 free</p>
<label>Name <input id="name"></label> <label><input type="checkbox"> Vegetarian</label>
<form onsubmit="return false"><input aria-label="Guest"><button>Add</button></form>
<script>
document.getElementById("go").addEventListener("click", () => {
  openai.callTool("reserve", { seats: 2 });
  document.getElementById("state").textContent = "Reserved";
});
fetch("https://api.example.com/tables");
</script></body></html>`;
const MANIFEST = {
  name: "tables",
  entry: "index.html",
  _meta: { ui: { csp: { connectDomains: [], resourceDomains: [] }, domain: "https://tables.example.com" } },
  scenarios: { default: { tools: { reserve: { content: [] } } } },
};

const folder = tempFolder();
let dev: Dev;
beforeAll(async () => {
  folder.write("widgets/tables/widget.json", JSON.stringify(MANIFEST, null, 2));
  folder.write("widgets/tables/index.html", PAGE);
  dev = await openDev([], { cwd: folder.path, checks: "never" });
  await dev.loaded;
});
afterAll(async () => {
  await dev.close();
  await closeBrowser();
  folder.remove();
});

const manifest = () =>
  JSON.parse(readFileSync(join(folder.path, "widgets/tables/widget.json"), "utf8")) as typeof MANIFEST & {
    scenarios: Record<string, unknown>;
  };

it("keeps input, steps and expectations, applies the list, and takes both back", async () => {
  const page = await openPage(dev.url, "widget=tables&panel=scenario&zone=Asia/Tokyo&languages=ja,en");
  const frame = await widgetFrame(page, "4 free");
  await frame.locator("#name").fill("Ada");
  await frame.locator("#go").click();
  // The click on the label makes one on the box, and Enter makes one on the button: each is one act.
  await frame.getByText("Vegetarian").click();
  await frame.getByLabel("Guest").fill("Bo");
  await frame.getByLabel("Guest").press("Enter");
  const panel = page.getByRole("tabpanel");
  await panel.getByText('click role=button[name="Reserve"]').waitFor();
  await panel.getByRole("button", { name: "Read the screen" }).click();
  await panel.getByLabel('text "Reserved"').check();
  await panel.getByLabel(/call of the tool reserve/).check();
  await panel.getByLabel("Name of the scenario").fill("reserves");
  await panel.getByRole("button", { name: "Save as scenario" }).click();
  await panel.getByText("Written: widgets/tables/widget.json").waitFor();
  expect(manifest().scenarios.reserves).toMatchObject({
    steps: [
      { fill: 'role=textbox[name="Name"]', value: "Ada" },
      { click: 'role=button[name="Reserve"]' },
      { click: 'role=checkbox[name="Vegetarian"]' },
      { fill: 'role=textbox[name="Guest"]', value: "Bo" },
      { press: 'role=textbox[name="Guest"]', key: "Enter" },
    ],
    context: { timeZone: "Asia/Tokyo", languages: ["ja", "en"] },
    expect: [{ text: "Reserved" }, { tool: "reserve", with: { seats: 2 } }],
    tools: { reserve: { content: [] } },
  });
  await panel.getByRole("button", { name: "Undo" }).click();
  await panel.getByText("Taken back:").waitFor();
  expect(manifest()).toEqual(MANIFEST);
  await page.getByRole("tab", { name: /^Allow-list/ }).click();
  await panel.getByRole("button", { name: "Apply to widget.json" }).click();
  await panel.getByText("Written: widgets/tables/widget.json").waitFor();
  expect(manifest()._meta.ui.csp.connectDomains).toEqual(["https://api.example.com"]);
  await panel.getByRole("button", { name: "Undo" }).click();
  await panel.getByText("Taken back:").waitFor();
  await page.getByRole("tab", { name: /^Verdict/ }).click();
  await panel
    .getByRole("button", { name: /https:\/\/api\.example\.com/ })
    .first()
    .click();
  const chain = panel.getByLabel("How it came to be");
  await chain.getByText("none: the policy blocked it before it left").waitFor();
  expect(await panel.locator(".source-line").count()).toBeGreaterThan(3);
  await panel.getByRole("button", { name: "Try this fix here" }).click();
  await chain.waitFor({ state: "detached" });
  await page.close();
});
