/** The commands of the docs, run as they stand there, in a project of their own; the whole list with `SANDGLASS_LONG=1`. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blockCommands, ownWords, whyNotRun } from "../../docs/commands.ts";
import { isLong } from "../long.ts";
import { root, sandglass } from "./run.ts";

/** Of a whole run, what is quick, and one that renders. */
const QUICK = /explain|doctor|init$|check widgets\/weather$/;
/** Exit codes that are not 0, and why. */
const EXPECTED: Readonly<Record<string, number>> = {
  // It asks before it writes, and there is nobody to answer.
  "npx sandglass init": 2,
};

describe("the commands of the docs", () => {
  const folder = mkdtempSync(join(tmpdir(), "sandglass-docs-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: folder,
      stdio: "ignore",
    });

  beforeAll(() => {
    cpSync(join(root, "widgets/weather"), join(folder, "widgets/weather"), { recursive: true });
    mkdirSync(join(folder, "dist"));
    writeFileSync(join(folder, "dist/weather.html"), "<!doctype html><title>Weather</title><h1>Weather</h1>");
    writeFileSync(join(folder, "package.json"), '{ "name": "docs" }');
    writeFileSync(join(folder, "widget.har"), '{ "log": { "version": "1.2", "creator": {}, "entries": [] } }');
    writeFileSync(join(folder, "sandglass.allowlist.json"), "{}");
    git("init", "-q");
  });

  const commands = blockCommands.filter((command) => {
    const own = ownWords(command);
    return own !== null && whyNotRun(command) === null && (isLong || QUICK.test(command.text));
  });
  it.each(commands.map((command) => [command.text, command] as const))(
    "%s",
    async (text, command) => {
      if (text.includes("--diff")) {
        git("add", ".");
        git("commit", "-qm", "base");
        git("update-ref", "refs/remotes/origin/main", "HEAD");
      }
      const words = (ownWords(command) ?? []).map((word) => (word === "TARGET" ? "widgets/weather" : word));
      const { code, out, err } = await sandglass(words, { cwd: folder });
      expect(code, out + err).toBe(EXPECTED[text] ?? 0);
    },
    120_000,
  );
});
