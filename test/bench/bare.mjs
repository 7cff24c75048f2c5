// The floor: what it costs to start the same Chromium, load the same page and close.
import { chromium } from "playwright";

const [executablePath, page] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
const tab = await browser.newPage();
await tab.goto(page, { waitUntil: "load" });
await browser.close();
