/** Where a Chromium is found, without Playwright being loaded for it. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { findBrowser } from "../../../harness/gather/browser/find.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandglass-find-"));
  vi.stubEnv("SANDGLASS_BROWSER", "");
  vi.stubEnv("PATH", folder);
  vi.stubEnv("PLAYWRIGHT_BROWSERS_PATH", join(folder, "downloads"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function program(...path: string[]): string {
  const file = join(folder, ...path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, 0o755);
  return file;
}

const manifest = createRequire(import.meta.url).resolve("playwright-core/package.json");
const { browsers } = JSON.parse(readFileSync(join(dirname(manifest), "browsers.json"), "utf8")) as {
  readonly browsers: readonly { readonly name: string; readonly revision: string }[];
};
const revision = browsers.find(({ name }) => name === "chromium")?.revision ?? "";

it("takes the one that is named before any other", () => {
  const named = program("named");
  program("chromium");
  expect(findBrowser({ path: named })).toEqual({ path: named, from: "--browser-path" });
  vi.stubEnv("SANDGLASS_BROWSER", named);
  expect(findBrowser()).toEqual({ path: named, from: "SANDGLASS_BROWSER" });
  expect(() => findBrowser({ path: join(folder, "absent") })).toThrow("not an executable file");
});

it("takes Playwright's before an installed one, and of its the shell", () => {
  const installed = program("google-chrome");
  expect(findBrowser()).toEqual({ path: installed, from: "installed" });
  program("downloads", "chromium-1", "chrome-linux64", "chrome");
  expect(findBrowser().from).toBe("installed");
  const full = program("downloads", `chromium-${revision}`, "chrome-linux64", "chrome");
  expect(findBrowser()).toEqual({ path: full, from: "playwright" });
  const shell = program(
    "downloads",
    `chromium_headless_shell-${revision}`,
    "chrome-headless-shell-linux64",
    "chrome-headless-shell",
  );
  expect(findBrowser()).toEqual({ path: shell, from: "playwright" });
});

it("takes the fast shell of the installed ones", () => {
  program("google-chrome");
  const shell = program("chromium-headless-shell");
  expect(findBrowser()).toEqual({ path: shell, from: "installed" });
});
