// The lowest floor: the same Chromium by its protocol alone, with nothing between.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [executablePath, page] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "bench-raw-"));
const args = ["--headless", "--remote-debugging-pipe", "--no-startup-window", `--user-data-dir=${folder}`];
if (process.getuid?.() === 0) args.push("--no-sandbox");
const browser = spawn(executablePath, args, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], detached: true });
const [, , , into, outOf] = browser.stdio;
const waiting = new Map();
let rest = "";
let last = 0;
outOf.setEncoding("utf8").on("data", (text) => {
  const messages = (rest + text).split("\0");
  rest = messages.pop();
  for (const message of messages.map((one) => JSON.parse(one))) waiting.get(message.id ?? message.method)?.(message);
});
const answer = (key) => new Promise((resolve) => waiting.set(key, resolve));
function send(method, params = {}, sessionId = undefined) {
  into.write(`${JSON.stringify({ id: ++last, method, params, sessionId })}\0`);
  return answer(last).then(({ result }) => result);
}

const { browserContextId } = await send("Target.createBrowserContext");
const { targetId } = await send("Target.createTarget", { url: "about:blank", browserContextId });
const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
await send("Page.enable", {}, sessionId);
const loaded = answer("Page.loadEventFired");
await send("Page.navigate", { url: page }, sessionId);
await loaded;
process.kill(-browser.pid, "SIGKILL");
await new Promise((done) => browser.once("exit", done));
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
