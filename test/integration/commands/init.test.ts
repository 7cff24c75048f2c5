import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "sandglass-init-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
cpSync(join(root, "test/fixtures/mcp-server.mjs"), join(folder, "server.mjs"));
const MANIFEST = `{\n\t"name": "mine",\n\t"type": "module",\n\t"scripts": {\n\t\t"start": "node server.mjs"\n\t}\n}\n`;
writeFileSync(join(folder, "package.json"), MANIFEST);

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync("node", [join(root, "dist/cli.js"), ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};
const read = (file: string) => readFileSync(join(folder, file), "utf8");

test("without a terminal it says what it would write, and writes with --yes alone", () => {
  const { status, stdout } = run("init");
  expect(status).toBe(2);
  expect(stdout).toContain("Found: an MCP server over stdio: node server.mjs");
  expect(stdout).toContain("Nothing was written");
  expect(existsSync(join(folder, "sandglass.config.json"))).toBe(false);
});

test("it writes a config that check takes, with a scenario for what only reads; what is there is kept", () => {
  const { status, stdout } = run("init", "--yes");
  expect(status).toBe(0);
  const config = JSON.parse(read("sandglass.config.json")) as { scenarios: Record<string, unknown>; mcpStdio: string };
  expect(config.mcpStdio).toBe("node server.mjs");
  expect(config.scenarios).toHaveProperty("echo.default.toolInput.city", "Lisbon");
  for (const tool of ["wipe", "order", "offer"]) {
    expect(config.scenarios).not.toHaveProperty(tool);
    expect(stdout).toContain(tool);
  }
  expect(Object.keys((parse(read(".github/workflows/sandglass.yml")) as { jobs: object }).jobs)).toEqual(["check"]);
  expect(read("package.json")).toBe(
    MANIFEST.replace('server.mjs"\n', 'server.mjs",\n\t\t"check:widgets": "sandglass check"\n'),
  );
  expect(run("check", "--only", "metadata").stdout).toContain("node server.mjs");

  writeFileSync(join(folder, "sandglass.config.json"), JSON.stringify({ ...config, failOn: "warning" }));
  expect(run("init", "--yes").stdout).toContain("Everything is there.");
  expect(read("sandglass.config.json")).toContain("failOn");
});

test("where there is nothing it says what to name", () => {
  const { status, stderr } = spawnSync("node", [join(root, "dist/cli.js"), "init", "--yes"], {
    cwd: mkdtempSync(join(folder, "empty-")),
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toContain("[NO_WIDGETS]");
  expect(stderr).toContain("--mcp-stdio");
});
