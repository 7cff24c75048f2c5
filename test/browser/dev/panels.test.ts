/** Each panel shows a thing that really happened, and nothing is shown of a secret. */
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeBrowser, manifest, openDev, openPage, tempFolder, verdictOf, widgetFrame, type Dev } from "./kit.ts";

/** Made here, so that no text of this repository looks like a token. */
const SECRET = ["gh", "p_", "x7Kq2mWv9RtLb4NcZ8sHd3YfGj6Pa1oVuE5Q"].join("");
const HTML = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Orders</title></head>
<body>
<h1>Orders</h1>
<img src="https://images.other.example/logo.png" alt="">
<script>
  const { orders } = window.openai.toolOutput;
  document.body.append(orders[0].title);
  fetch("https://api.dev.example/orders").then((answer) => answer.json());
  fetch("https://tracking.example/pixel").catch(() => 0);
  alert("Welcome");
  window.openai.sendFollowUpMessage({ prompt: "Show the invoice" });
  parent.postMessage({ jsonrpc: "2.0", id: 1, method: "ui/initialize", params: { clientInfo: { name: "x", version: "1" } } }, "*");
  setTimeout((host) => fetch(host + "/x").catch(() => 0), 90000, ["https://late", "example"].join("."));
</script>
</body>
</html>`;
const SCENARIO = {
  toolInput: { customer: "C-1", limit: 2 },
  _meta: { cursor: 12 },
  toolOutput: { orders: [{ title: "Walnut desk" }], internalNotes: "call back", session: { token: SECRET } },
  mocks: [{ url: "https://api.dev.example/orders", json: { ok: true } }],
};
const SCHEMA = {
  type: "object",
  properties: { customer: { type: "string" }, limit: { type: "integer", minimum: 1 } },
  required: ["customer"],
};

const temp = tempFolder();
let dev: Dev;
let page: Page;
beforeAll(async () => {
  temp.write(
    "w/widget.json",
    manifest("orders", "index.html", {
      scenarios: { default: SCENARIO },
      tool: { name: "show_orders", title: "Show orders", inputSchema: SCHEMA },
    }),
  );
  temp.write("w/index.html", HTML);
  dev = await openDev(["w"], { cwd: temp.path });
  page = await openPage(dev.url);
  await widgetFrame(page, "Walnut desk");
});
afterAll(async () => {
  await dev.close();
  await closeBrowser();
  temp.remove();
});

const open = async (name: RegExp): Promise<string> => {
  await page.getByRole("tab", { name }).click();
  await page.locator(".panel-body").waitFor();
  return page.getByRole("tabpanel").innerText();
};
const row = (text: string) => page.locator(".row", { hasText: text });

describe("panels", () => {
  it("Verdict: the finding, its line, its check page", async () => {
    await open(/^Verdict/);
    expect(await verdictOf(page, "Live, in this page")).toBe("fail");
    const finding = page.getByRole("button", { name: /connect-src blocks https:\/\/tracking\.example/ });
    await finding.filter({ hasText: "w/index.html:11" }).waitFor();
    await finding.click();
    const detail = page.locator(".finding-detail");
    await detail.getByRole("heading", { name: "Why" }).waitFor();
    expect(await detail.locator(".source-line--at code").innerText()).toContain(
      'fetch("https://tracking.example/pixel")',
    );
    expect(page.url()).toContain("finding=");
  });
  it("Network: what was allowed and by whom answered, what was blocked and which list would allow it", async () => {
    await open(/^Network/);
    expect(await row("https://api.dev.example/orders").innerText()).toMatch(
      /allowed[\s\S]*connect-src let it through; answered by the scenario’s mock with 200/,
    );
    expect(await row("https://tracking.example/pixel").innerText()).toMatch(
      /blocked[\s\S]*declare https:\/\/tracking\.example in connectDomains\. At w\/index\.html:11/,
    );
    expect(await row("https://images.other.example/logo.png").innerText()).toMatch(
      /blocked[\s\S]*in resourceDomains\. At w\/index\.html:6/,
    );
    await page.getByLabel("Filter by URL, kind or outcome").fill("image");
    expect(await page.getByRole("tabpanel").getByRole("status").innerText()).toBe("1 of 3");
    await page.getByLabel("Filter by URL, kind or outcome").fill("");
    expect(await page.locator(".rows .badge").allInnerTexts(), "what was blocked comes first").toEqual([
      "blocked",
      "blocked",
      "allowed",
    ]);
  });
  it("Blocked APIs: what was called, where, and what it got back", async () => {
    expect(await open(/^Blocked APIs/)).toMatch(
      /blocked\s+alert[\s\S]*The code got back undefined at w\/index\.html:12/,
    );
  });
  it("Props: the tree, with the secret masked and what was never read marked", async () => {
    const text = await open(/^Props/);
    expect(text).toMatch(/GitHub personal access token/);
    await page.locator(".tree__leaf--unread", { hasText: "internalNotes" }).waitFor();
    expect(await page.locator(".tree__leaf--secret", { hasText: "token" }).innerText()).toContain("ghp_…5Q");
    expect(text).not.toContain(SECRET);
    expect(await page.locator(".tree__leaf--unread", { hasText: "title" }).count()).toBe(0);
    await page.getByLabel("Filter by field, value or mark").fill("internalNotes");
    await page.locator(".tree__leaf", { hasText: "internalNotes" }).waitFor();
    expect(await page.locator(".tree__leaf").count()).toBe(1);
    // What is masked cannot be found by what it is.
    await page.getByLabel("Filter by field, value or mark").fill(SECRET);
    await page.getByText("No field matches").waitFor();
    await page.getByLabel("Filter by field, value or mark").fill("");
  });
  it("Bridge: messages both ways, expandable, with errors", async () => {
    expect(await open(/^Bridge/)).toMatch(/clientInfo was sent instead of appInfo/);
    await page.getByRole("button", { name: /sendFollowUpMessage request/ }).click();
    expect(await page.locator(".messages").innerText()).toContain("Show the invoice");
    expect(await page.locator(".message--to-widget", { hasText: "ui/initialize" }).innerText()).toContain("error");
    await page.locator(".bubble", { hasText: "Show the invoice" }).waitFor();
  });
  it("Policy: requested, effective and observed, and the strings themselves", async () => {
    const text = await open(/^Policy/);
    const connect = page.locator(".directive", { hasText: "connect-src" });
    expect(await connect.innerText()).toMatch(
      /Requested\s+https:\/\/api\.dev\.example\s+Effective\s+'self'\s+https:\/\/api\.dev\.example\s+Observed[\s\S]*✓ https:\/\/api\.dev\.example[\s\S]*✗ https:\/\/tracking\.example/,
    );
    expect(text).toContain("dev-example.web-sandbox.oaiusercontent.com");
    const inner = await (
      await widgetFrame(page)
    ).evaluate(() => document.querySelector<HTMLMetaElement>("meta[http-equiv]")?.content);
    expect(
      (await page.locator(".carrier", { hasText: "Widget document" }).locator("pre").innerText()).replaceAll(
        ";\n",
        "; ",
      ),
    ).toBe(inner);
  });
  it("Allow-list: the missing origin and the block to paste, under both keys", async () => {
    await open(/^Allow-list/);
    await row("https://tracking.example").filter({ hasText: "missing" }).waitFor();
    const block = JSON.parse(`{${await page.getByLabel("Metadata block").innerText()}}`) as {
      _meta: { ui: { csp: { connectDomains: string[] } }; "openai/widgetCSP": { resource_domains: string[] } };
    };
    expect(block._meta.ui.csp.connectDomains).toContain("https://tracking.example");
    expect(block._meta["openai/widgetCSP"].resource_domains).toContain("https://images.other.example");
  });
  it("Verdict: what ran of its code, by file, once it was checked", async () => {
    await open(/^Verdict/);
    await verdictOf(page, "sandglass check");
    await page.getByText(/\d+ % of the widget’s own code ran/).click();
    expect(await page.getByRole("row", { name: /w\/index\.html/ }).innerText()).toMatch(/\d+ %\s+\d+ of \d+/);
  });
  it("Time: its life is run on in the check, and what comes stands with its moment", async () => {
    const status = page.getByText(/of its life seen/);
    await open(/^Bridge/);
    await status.filter({ hasText: "1 min of its life seen" }).first().waitFor();
    await page.getByRole("button", { name: "Run on +1 min" }).focus();
    await page.keyboard.press("Enter");
    // Where the result is shown.
    await page.getByRole("tab", { name: /^Verdict/, selected: true }).waitFor();
    const card = page.getByRole("region", { name: "sandglass check", exact: true });
    await card.getByText("2 min of its life seen").waitFor();
    await page
      .getByText(/late\.example[\s\S]*This comes 1 min 30 s into the widget's life/)
      .first()
      .waitFor();
  });
  it("shows no secret anywhere but in the editor of the tool's own output", async () => {
    for (const name of [/^Verdict/, /^Network/, /^Blocked/, /^Props/, /^Bridge/, /^Policy/, /^Allow-list/])
      expect(await open(name)).not.toContain(SECRET);
  });
});

describe("inputs", () => {
  it("an edited declaration applies at once, in the policy, the widget and the verdict", async () => {
    await page.getByRole("heading", { name: "CSP declaration" }).click();
    await page.getByLabel("connectDomains").fill("https://api.dev.example\nhttps://tracking.example");
    expect(await page.getByLabel("Effective policy", { exact: true }).innerText()).toContain(
      "connect-src 'self' https://api.dev.example https://tracking.example",
    );
    await open(/^Network/);
    await row("https://tracking.example/pixel").filter({ hasText: "allowed" }).waitFor();
    await page.getByRole("button", { name: "Back to the declared lists" }).click();
    await row("https://tracking.example/pixel").filter({ hasText: "blocked" }).waitFor();
  });
  it("a blocked request can be tried in its list, and the verdict says that it is of an edit", async () => {
    await open(/^Network/);
    const edited = page.getByRole("button", { name: /^Edited here/ });
    expect(await edited.count()).toBe(0);
    await page.getByRole("button", { name: "Try it here: https://tracking.example in connectDomains" }).click();
    await row("https://tracking.example/pixel").filter({ hasText: "allowed" }).waitFor();
    await row("https://images.other.example/logo.png").filter({ hasText: "blocked" }).waitFor();
    await edited.click();
    await row("https://tracking.example/pixel").filter({ hasText: "blocked" }).waitFor();
    expect(await edited.count()).toBe(0);
  });
  it("the suggested lists can be tried as a whole", async () => {
    await open(/^Allow-list/);
    await row("https://tracking.example").filter({ hasText: "missing" }).waitFor();
    await page.getByRole("button", { name: "Try it here" }).click();
    await open(/^Network/);
    await row("https://images.other.example/logo.png").filter({ hasText: "allowed" }).waitFor();
    expect(await page.locator(".rows .badge").allInnerTexts()).toEqual(["allowed", "allowed", "allowed"]);
    await page.getByRole("button", { name: /^Edited here/ }).click();
  });
  it("an edited tool output reaches the widget, and is kept in the URL", async () => {
    await page.getByRole("heading", { name: "Tool output" }).click();
    await page.getByLabel("structuredContent").fill('{ "orders": [{ "title": "Oak chair" }] }');
    await widgetFrame(page, "Oak chair");
    const again = await openPage(page.url());
    await widgetFrame(again, "Oak chair");
    await again.close();
    await page.getByLabel("structuredContent").fill('{ "orders": [');
    await page.getByText("Not JSON yet", { exact: false }).waitFor();
    await page.locator(".section", { hasText: "Tool output" }).getByRole("button", { name: "Reset" }).first().click();
    await widgetFrame(page, "Walnut desk");
  });
  it("the form is made from the input schema and gives the tool's input", async () => {
    await page.getByLabel("customer", { exact: false }).first().fill("C-9");
    const frame = async () =>
      (await widgetFrame(page)).evaluate(
        () => (window as unknown as { openai: { toolInput: unknown } }).openai.toolInput,
      );
    await expect.poll(frame).toEqual({ customer: "C-9", limit: 2 });
  });
  it("theme, locale, display mode and safe area reach the widget", async () => {
    const globals = async () =>
      (await widgetFrame(page)).evaluate(() => {
        const { theme, locale, displayMode, safeArea } = (window as unknown as { openai: Record<string, unknown> })
          .openai;
        return { theme, locale, displayMode, safeArea, lang: document.documentElement.lang };
      });
    await page.getByRole("radio", { name: "Dark" }).check();
    await page.getByLabel("Locale").fill("pt-BR");
    await page.getByLabel("Phone insets").check();
    await page.getByRole("radio", { name: "Fullscreen" }).check();
    await expect.poll(globals).toEqual({
      theme: "dark",
      locale: "pt-BR",
      lang: "pt-BR",
      displayMode: "fullscreen",
      safeArea: { insets: { top: 47, right: 0, bottom: 34, left: 0 } },
    });
    await page.getByRole("button", { name: "Back to inline" }).click();
    expect(page.url()).toMatch(/theme=dark/);
  });
  it("another host changes the policy", async () => {
    await page.getByLabel("Host", { exact: true }).selectOption("chatgpt-dev");
    await open(/^Policy/);
    await page.getByText("None", { exact: false }).first().waitFor();
    // The rendering before this one stays until the new one is there.
    const metas = async () =>
      (await widgetFrame(page)).evaluate(() => document.querySelectorAll("meta[http-equiv]").length);
    await expect.poll(metas, { timeout: 10_000 }).toBe(0);
  });
});

describe("a panel that fails", () => {
  it("says so, lets one try again, and leaves the rest of the page as it is", async () => {
    const broken = await openPage(dev.url, "panel=allowlist");
    await broken.route("**/api/check", async (route) => {
      const answer = await route.fetch();
      const result = (await answer.json()) as { allowlist: { origins: object[] }[] };
      for (const list of result.allowlist)
        list.origins = [{ origin: "https://a.example", state: "no such state", lists: [], seen: [] }];
      await route.fulfill({ response: answer, json: result });
    });
    const failure = broken.getByRole("tabpanel").getByRole("alert");
    await failure.filter({ hasText: "Allow-list could not be shown" }).waitFor({ timeout: 30_000 });
    await broken.getByRole("tab", { name: /^Network/ }).click();
    await broken.locator(".row", { hasText: "https://tracking.example/pixel" }).waitFor();
    await broken.unroute("**/api/check");
    await broken.getByRole("tab", { name: /^Verdict/ }).click();
    await broken.getByRole("button", { name: "Run check" }).click();
    await broken.getByRole("tab", { name: /^Allow-list/ }).click();
    await broken.locator(".row", { hasText: "https://tracking.example" }).waitFor();
    expect(await failure.count()).toBe(0);
    await broken.close();
  });
});
