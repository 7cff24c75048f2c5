/** A conversation: several calls, what hosts do to cards meanwhile, and what a card may ask for. */
import type { Frame, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeBrowser, manifest, openDev, openPage, show, tempFolder, type Dev } from "./kit.ts";

const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Talk</title></head><body>
<button onclick="say('pressed')">Go</button> <label>Name <input oninput="say('typed ' + value)"></label>
<p id="out"></p>
<script>
const said = [];
const say = (text) => { said.push(text); document.getElementById("out").textContent = said.join(" "); };
const send = (message) => parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
addEventListener("message", ({ data }) => {
  if (data?.id === 1) send({ method: "ui/notifications/initialized" });
  if (data?.method === "ui/resource-teardown") send({ id: data.id, result: {} });
  if (data?.method) say(data.method.split("/").at(-1) + (data.params?.arguments?.city ? ":" + data.params.arguments.city : ""));
});
send({ id: 1, method: "ui/initialize", params: { appInfo: { name: "w", version: "1" }, appCapabilities: {}, protocolVersion: "2026-01-26" } });
const { openai } = window;
say("state=" + JSON.stringify(openai?.widgetState) + " output=" + JSON.stringify(openai?.toolOutput) + " view=" + JSON.stringify(openai?.view));
fetch("https://undeclared.example/x").catch(() => 0);
</script></body></html>`;

const temp = tempFolder();
let dev: Dev;
let page: Page;
beforeAll(async () => {
  temp.write("w/index.html", HTML);
  temp.write(
    "w/widget.json",
    manifest("w", "index.html", {
      scenarios: {
        default: { toolInput: { city: "Berlin" }, toolOutput: { sunny: true }, _meta: { secret: "unseen" } },
      },
    }),
  );
  dev = await openDev(["w"], { cwd: temp.path, checks: "never" });
  await dev.loaded;
  page = await openPage(dev.url);
  page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await dev.close();
  await closeBrowser();
  temp.remove();
});

type OpenAi = Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>;
const button = (name: string) => page.getByRole("button", { name, exact: true });
const out = (frame: Frame): Promise<string> => frame.locator("#out").innerText();
/** The widget in a card, newest last, once it says so. A frame that is replaced meanwhile is looked for again. */
async function card(nth: number, text: string | RegExp, within = ".turn__card"): Promise<Frame> {
  const body = page
    .locator(within)
    .nth(nth)
    .frameLocator(".stage:not(.stage--next):not([hidden]) iframe")
    .frameLocator("iframe")
    .locator("body");
  const deadline = performance.now() + 15_000;
  for (;;) {
    try {
      await body.filter({ hasText: text }).waitFor({ timeout: 3000 });
      const frame = await (await body.elementHandle({ timeout: 3000 })).ownerFrame();
      if (frame && !frame.isDetached()) return frame;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}

describe("calls", () => {
  it("stand below each other, and each keeps what it left", async () => {
    const first = await card(0, "tool-result");
    await first.evaluate(() => {
      const { openai } = window as unknown as { openai: OpenAi };
      void openai.setWidgetState?.({ modelContent: "likes sun", privateContent: "hidden" });
      void openai.sendFollowUpMessage?.({ prompt: "And tomorrow?" });
      for (const [index, text] of ["looks at Monday", "looks at Tuesday"].entries())
        parent.postMessage(
          {
            jsonrpc: "2.0",
            id: 901 + index,
            method: "ui/update-model-context",
            params: { content: [{ type: "text", text }] },
          },
          "*",
        );
    });
    await page
      .locator(".turn--by-widget", { hasText: "Sent by the widget w" })
      .filter({ hasText: "And tomorrow?" })
      .waitFor();
    await button("Call again").click();
    const second = await card(1, 'state=null output={"sunny":true}');
    expect(new URL(second.url()).host, "a sandbox of its own").not.toBe(new URL(first.url()).host);
    expect(first.isDetached(), "the first is left as it is").toBe(false);
    const order = await page
      .locator(".thread > .turn")
      .evaluateAll((turns) => turns.map((turn) => [...turn.classList].at(-1)));
    expect(order).toEqual(["turn--user", "turn--assistant", "turn--by-widget", "turn--user", "turn--assistant"]);
  });
  it("show what the model sees of them, of several contexts the last, and what it does not", async () => {
    const seen = page.locator(".model-sees").first();
    await seen.locator("summary").click();
    const text = await seen.innerText();
    expect(text).toMatch(/likes sun/);
    expect(text).toMatch(/looks at Tuesday/);
    expect(text).not.toMatch(/hidden|unseen|Monday/);
  });
  it("are rebuilt with their state, all of them", async () => {
    await button("Reload conversation").click();
    await card(0, 'state={"modelContent":"likes sun","privateContent":"hidden"}');
    await card(1, "state=null");
  });
  it("an older one is taken down, and comes back", async () => {
    await button("Take down").click();
    expect(await page.locator(".turn__card").first().locator("iframe").count()).toBe(0);
    await button("Show it again").click();
    await card(0, "likes sun");
  });
  it("a host that loses its state on a restart does so here", async () => {
    await show(page, "profile=chatgpt-desktop");
    await card(0, "likes sun");
    await button("Host restarts").click();
    await card(0, "state=null");
  });
});

describe("delivery", () => {
  it("late: nothing, until it is given", async () => {
    await show(page, "deliver=late&pace=60000");
    const frame = await card(1, "output=null");
    await page.getByText("its result is held back", { exact: false }).waitFor();
    expect(await out(frame)).not.toContain("tool-result");
    await button("Give the result now").click();
    await card(1, "tool-result");
  });
  it("in parts: as a model writes it, where the host has a channel", async () => {
    await show(page, "profile=claude&deliver=stream&pace=20");
    await card(1, /tool-input-partial:B .*tool-input-partial:Berl.* tool-input:Berlin tool-result/);
  });
  it("never: the call is cancelled, and there is no result", async () => {
    await show(page, "deliver=cancel&pace=0");
    expect(await out(await card(1, "tool-cancelled"))).not.toContain("tool-result");
    await show(page, "");
  });
  it("a second result is one more", async () => {
    await card(1, "tool-result");
    await button("Second result").click();
    await card(1, "tool-result tool-result");
  });
});

describe("what a card asks for", () => {
  it("a modal, over the conversation alone, and one at a time", async () => {
    const frame = await card(1, "tool-result");
    await frame.evaluate(() => {
      const { openai } = window as unknown as { openai: OpenAi };
      for (const n of [1, 2]) void openai.requestModal?.({ params: { n } });
    });
    await card(0, 'view={"mode":"modal","params":{"n":1}}', ".modal");
    expect(await page.locator(".modal").count()).toBe(1);
    // The page's own controls stay in reach.
    await button("Dark theme").click();
    await button("Light theme").click();
    await button("Close the modal").click();
    expect(await page.locator(".modal").count()).toBe(0);
  });
  it("files: those that the user chose, and no others", async () => {
    const frame = await card(1, "tool-result");
    const asked = frame.evaluate(async () => {
      const { openai } = window as unknown as { openai: OpenAi };
      const [file] = (await openai.selectFiles?.()) as { fileId: string; fileName: string; mimeType: string }[];
      const { downloadUrl } = (await openai.getFileDownloadUrl?.({ fileId: file?.fileId })) as { downloadUrl: string };
      const unknown = await openai
        .getFileDownloadUrl?.({ fileId: "file_1" })
        .catch((error: unknown) => (error as Error).message);
      return [file?.fileName, file?.mimeType, await (await fetch(downloadUrl)).text(), unknown];
    });
    await page
      .getByLabel("Files for the widget")
      .setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("my words") });
    expect(await asked).toEqual([
      "a.txt",
      "text/plain",
      "my words",
      "Sandglass has the files alone that were chosen on its page",
    ]);
  });
  it("a checkout: answered as the user says, or declined", async () => {
    const frame = await card(1, "tool-result");
    const ask = () =>
      frame.evaluate(() =>
        (window as unknown as { openai: OpenAi }).openai
          .requestCheckout?.({ id: "s1" })
          .catch((error: unknown) => (error as Error).message),
      );
    const paid = ask();
    await page.getByLabel("What the host answers").fill('{ "order": 7 }');
    await button("Answer").click();
    expect(await paid).toEqual({ order: 7 });
    const declined = ask();
    await button("Decline").click();
    expect(await declined).toBe("The user declined");
  });
  it("without end: a few questions stand, and turns are counted", async () => {
    const frame = await card(1, "tool-result");
    await frame.evaluate(() => {
      const { openai } = window as unknown as { openai: OpenAi };
      for (let n = 0; n < 200; n++) {
        void openai.selectFiles?.().catch(() => undefined);
        void openai.sendFollowUpMessage?.({ prompt: `again ${n}` });
      }
    });
    await page.locator(".bubble", { hasText: "again 199" }).waitFor();
    expect(await page.locator(".ask").count()).toBeLessThanOrEqual(3);
    expect(await page.locator(".turn--by-widget").count()).toBeLessThanOrEqual(50);
  });
});

it("the network fails as it is told to, by origin", async () => {
  const answers = async (how: string) => {
    const edits = JSON.stringify({ faults: [{ origin: "https://api.dev.example", how }] });
    await show(page, `edits=${encodeURIComponent(edits)}`);
    const ask = async () =>
      (await card(1, "tool-result")).evaluate(() =>
        fetch("https://api.dev.example/x").then(
          ({ status }) => status,
          (error: unknown) => (error as Error).name,
        ),
      );
    // The rendering before this one stays until the new one is there.
    return expect.poll(ask);
  };
  await (await answers("error")).toBe(503);
  await (await answers("unreachable")).toBe("TypeError");
  await show(page, "");
});

describe("side by side", () => {
  it("marks where the verdicts differ, and mirrors what is done", async () => {
    const other = await openPage(dev.url, "versus=profile%3Achatgpt-dev");
    other.setDefaultTimeout(15_000);
    const differences = other.locator(".differences");
    await differences.filter({ hasText: "https://undeclared.example" }).waitFor();
    const lane = other.locator(".lane").frameLocator("iframe").frameLocator("iframe");
    const main = other.locator(".thread").frameLocator("iframe").frameLocator("iframe");
    // By the keyboard: a pointer is not aimed through two frames that are shown smaller.
    await main.getByRole("button", { name: "Go" }).press("Enter");
    await lane.locator("#out", { hasText: "pressed" }).waitFor();
    await lane.getByLabel("Name").fill("Ada");
    await main.locator("#out", { hasText: "typed Ada" }).waitFor();
    // What was mirrored is not mirrored back.
    expect((await main.locator("#out").innerText()).match(/pressed/g)).toHaveLength(1);
    await other.close();
  });
});

describe("commands", () => {
  it("are found by their names, and run by the keyboard alone", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Command" }).fill("theme dark");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    expect(page.url()).toContain("theme=dark");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });
});
