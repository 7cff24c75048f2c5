/** `sandglass probe` with a measurement in hand: words and files in, files, exit code or one clear error out. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import type { Io } from "../../../harness/commands/io.ts";
import { runProgram } from "../../../harness/commands/program.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { containing } from "../../expecting.ts";
import { measured } from "../measurement/make.ts";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

interface Place {
  readonly folder: string;
  readonly said: { out: string; err: string };
  readonly run: (...argv: readonly string[]) => Promise<number>;
  readonly files: () => string[];
}

const text = JSON.stringify(measured(profiles.claude));

/** A folder of its own, with a measurement in it. @param pasted what stands on standard input */
function place(pasted?: string): Place {
  const folder = mkdtempSync(join(tmpdir(), "sandglass-probe-"));
  folders.push(folder);
  writeFileSync(join(folder, "m.json"), text);
  const said = { out: "", err: "" };
  const io: Io = {
    cwd: folder,
    env: {},
    outIsTerminal: false,
    color: false,
    ...(pasted === undefined ? {} : { input: () => Readable.from([pasted]) }),
    out: (words) => void (said.out += words),
    err: (words) => void (said.err += words),
  };
  return {
    folder,
    said,
    run: (...argv) => runProgram(["probe", ...argv], "1.2.3", io),
    files: () => readdirSync(folder).filter((file) => file !== "m.json"),
  };
}

describe("probe read", () => {
  it("keeps what was pasted, with words around it, beside what is there of the same host and day", async () => {
    const { run, files, said, folder } = place(`Here it is:\n${text}\nThanks`);
    expect(await run("read", "-")).toBe(0);
    expect(files()).toEqual(["claude-2026-11-26.measurement.json"]);
    expect(JSON.parse(readFileSync(join(folder, "claude-2026-11-26.measurement.json"), "utf8"))).toEqual(
      JSON.parse(text),
    );
    expect(said.out).toContain("Claude 1.0.0, 2026-11-26, Chrome 156\ninner policy: default-src 'self'");
    expect(said.err).toContain("sandglass probe compare claude-2026-11-26.measurement.json --profile ID");
    expect(await run("read", "m.json")).toBe(0);
    expect(files()).toEqual(["claude-2026-11-26-2.measurement.json", "claude-2026-11-26.measurement.json"]);
  });
  it("writes where it is told to", async () => {
    const { run, files } = place();
    expect(await run("read", "m.json", "--write", "kept.json")).toBe(0);
    expect(files()).toEqual(["kept.json"]);
  });
});

describe("probe compare", () => {
  it("is clean where nothing differs, and says what was not measured", async () => {
    const { run, said } = place();
    expect(await run("compare", "m.json", "--profile", "claude")).toBe(0);
    expect(said.out).toMatch(/^claude: \d+ equal, 0 different/);
  });
  it("has findings where something differs, in each of the hosts that were named", async () => {
    const { run, said } = place();
    expect(await run("compare", "m.json", "--profile", "claude,goose")).toBe(1);
    expect(said.out).toMatch(/^claude: \d+ equal, 0 different[\s\S]*^goose: \d+ equal, \d+ different/m);
    expect(said.out).toContain("  innerPolicy worker-src\n    profile:  (none)\n    measured: ");
  });
  it("compares with ChatGPT when no host is named", async () => {
    const { run, said } = place();
    expect(await run("compare", "m.json")).toBe(1);
    expect(said.out).toMatch(/^chatgpt: /);
  });
});

describe("probe profile", () => {
  it("writes a profile that check takes, and no second time over the first", async () => {
    const { run, files, folder, said } = place();
    expect(await run("profile", "m.json")).toBe(0);
    expect(files()).toEqual(["claude-2026-11-26.json"]);
    expect(said.err).toContain("sandglass check --profile ./claude-2026-11-26.json");
    expect(await run("compare", "m.json", "--profile", "./claude-2026-11-26.json")).toBe(0);
    writeFileSync(join(folder, "claude-2026-11-26.json"), "corrected by hand");
    await expect(run("profile", "m.json")).rejects.toMatchObject({
      code: "BAD_USAGE",
      message: "claude-2026-11-26.json is there already.",
      next: containing("--write claude-2026-11-26.json"),
    });
    expect(readFileSync(join(folder, "claude-2026-11-26.json"), "utf8")).toBe("corrected by hand");
    expect(await run("profile", "m.json", "--write", "claude-2026-11-26.json")).toBe(0);
    expect(readFileSync(join(folder, "claude-2026-11-26.json"), "utf8")).toContain('"extends": "claude"');
  });
});

describe("bad input", () => {
  it.each([
    [[], "BAD_USAGE", "missing required argument", "sandglass probe --help"],
    [["look"], "BAD_USAGE", "There is no probe look.", "read, compare or profile"],
    [["read"], "BAD_USAGE", "probe read needs a file.", "with a FILE"],
    [["compare", "m.json", "n.json"], "BAD_USAGE", "n.json is one word too many.", "with a FILE"],
    [["serve", "m.json"], "BAD_USAGE", "There is no probe serve m.json.", "sandglass probe serve"],
    [["read", "none.json"], "BAD_USAGE", "none.json cannot be read: ENOENT", "with a FILE"],
    [["read", "-"], "BAD_USAGE", "There is no standard input.", "sandglass probe serve"],
    [
      ["read", "half.json"],
      "BAD_EVIDENCE",
      "half.json holds no measurement: it is not JSON.",
      "first brace to its last",
    ],
    [["compare", "other.json"], "BAD_EVIDENCE", "other.json holds no measurement: kind", "first brace to its last"],
    [
      ["compare", "m.json", "--profile", "no-host"],
      "UNKNOWN_PROFILE",
      'There is no host profile "no-host".',
      "chatgpt",
    ],
    [["read", "m.json", "--write", "m.json/x"], "BAD_USAGE", "cannot be written", "may write to"],
    [["serve", "--declare", "all"], "BAD_USAGE", "all", ""],
    [["serve", "--public-url", "http://a.example"], "BAD_USAGE", "is no https address", "your tunnel"],
    [["serve", "--stdio"], "BAD_USAGE", "There is no standard input.", "sandglass probe serve"],
  ])("%j: %s", async (argv, code, message, next) => {
    const { run, folder, files } = place();
    writeFileSync(join(folder, "half.json"), text.slice(0, 300));
    writeFileSync(join(folder, "other.json"), '{"kind":"another"}');
    await expect(run(...argv)).rejects.toMatchObject({ code, message: containing(message), next: containing(next) });
    expect(files()).toEqual(["half.json", "other.json"]);
  });
});
