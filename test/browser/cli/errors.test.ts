/** Bad input: exit 2, one clear message with a code and a next step, within 15 s, and no stack. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sandglass } from "./run.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandglass-"));
  await writeFile(join(folder, "not.html"), JSON.stringify({ not: "html" }));
  await writeFile(join(folder, "good.html"), "<!doctype html><p>x</p>");
  await writeFile(join(folder, "bad.har"), "{}");
  await writeFile(join(folder, "sandglass.config.json"), "{}");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cases: readonly [string, readonly string[], string, Readonly<Record<string, string>>?][] = [
  ["a dead server", ["check", "--mcp", "http://127.0.0.1:9/mcp"], "SERVER_UNREACHABLE"],
  ["a server command that ends", ["check", "--mcp-stdio", "node -e process.exit(3)"], "SERVER_UNREACHABLE"],
  ["a server command that is not there", ["check", "--mcp-stdio", "no-such-command-here"], "SERVER_UNREACHABLE"],
  ["HTML that is not HTML", ["check", "not.html"], "NOT_HTML"],
  ["a missing browser", ["check", "good.html", "--browser-path", "/nowhere/chromium"], "BROWSER_NOT_FOUND"],
  [
    "a missing browser by variable",
    ["check", "good.html"],
    "BROWSER_NOT_FOUND",
    { SANDGLASS_BROWSER: "/nowhere/chromium" },
  ],
  ["no widgets", ["check", "."], "NO_WIDGETS"],
  ["a target that is not there", ["check", "absent.html"], "NO_WIDGETS"],
  ["an unknown profile", ["check", "good.html", "--profile", "netscape"], "UNKNOWN_PROFILE"],
  ["an unknown scenario", ["check", "good.html", "--scenario", "absent"], "UNKNOWN_SCENARIO"],
  ["an unknown format", ["check", "good.html", "--format", "pdf"], "BAD_USAGE"],
  ["an assumption without a value", ["check", "good.html", "--assume", "popups"], "BAD_USAGE"],
  ["an unknown assumption", ["check", "good.html", "--assume", "weather=fine"], "BAD_USAGE"],
  ["a recording that is none", ["check", "good.html", "--replay", "bad.har"], "BAD_RECORDING"],
  ["evidence that is not there", ["check", "--evidence", "absent"], "BAD_EVIDENCE"],
  ["an unknown check", ["explain", "csp/absent"], "UNKNOWN_CHECK"],
];

it.concurrent.each(cases)("%s", async (_what, args, errorCode, env) => {
  const { code, out, err, ms } = await sandglass(args, { cwd: folder, ...(env ? { env } : {}) });
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(`[${errorCode}]`) as string });
  expect(out).toBe("");
  expect(err).not.toMatch(/\n\s+at /);
  expect(ms).toBeLessThan(15_000);
});

it("an unknown flag exits 2 and names it", async () => {
  const { code, err } = await sandglass(["check", "--no-such-flag"], { cwd: folder });
  expect(code).toBe(2);
  expect(err).toContain("--no-such-flag");
});

it("help exits 0", async () => {
  expect((await sandglass(["--help"])).code).toBe(0);
});
