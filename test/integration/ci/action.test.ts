/** The shell of `action.yml`, run as a runner would, with a stand-in for the command line and for `gh`. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../../..");
interface Step {
  readonly run?: string;
}
const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as {
  readonly inputs: Readonly<Record<string, { readonly description?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};
const scripts = Object.fromEntries(
  action.runs.steps.flatMap(({ run }) => (run ? [[/^# (\w+):/.exec(run)?.[1] ?? "", run]] : [])),
);

const base = mkdtempSync(join(tmpdir(), "sandglass-action-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let folder = "";
let turn = 0;

/** Writes what it was called with, and the files that it was asked for; ends as `CHECK_CODE` says. */
const SANDGLASS = `const fs = require("node:fs");
const words = process.argv.slice(2);
fs.appendFileSync("calls.jsonl", JSON.stringify(words) + "\\n");
for (const word of words) { const [, file] = /^(?:json|github|html|markdown|junit|sarif)=(.*)$/.exec(word) ?? []; if (file) fs.writeFileSync(file, "made " + file); }
process.exitCode = words[0] === "check" ? Number(process.env.CHECK_CODE ?? 0) : Number(process.env.INSTALL_CODE ?? 0);
`;
/** Lists \`GH_LISTS\` as the comments found, and keeps what is written. */
const GH = `const fs = require("node:fs");
const words = process.argv.slice(2);
fs.appendFileSync("gh.jsonl", JSON.stringify(words) + "\\n");
if (words[1] === "user") process.stdout.write(process.env.GH_ME ?? "");
if (words.includes("--paginate")) { fs.writeFileSync("marks", process.env.MARK + " " + process.env.ME); process.stdout.write(process.env.GH_LISTS ?? ""); process.exitCode = Number(process.env.GH_CODE ?? 0); }
const body = words.find((word) => word.startsWith("body=@"));
if (body) fs.copyFileSync(body.slice(6), "body.md");
`;

function put(path: string, script: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(`${path}.cjs`, script);
  writeFileSync(path, `#!/bin/sh\nexec node "${path}.cjs" "$@"\n`);
  chmodSync(path, 0o755);
}

beforeEach(() => {
  folder = join(base, String(turn++));
  put(join(folder, "node_modules/.bin/sandglass"), SANDGLASS);
  put(join(folder, "bin/gh"), GH);
});

function run(name: string, env: Readonly<Record<string, string>> = {}) {
  const out = join(folder, "output");
  const summary = join(folder, "summary");
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", scripts[name] ?? "exit 99"],
    {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: `${join(folder, "bin")}:${process.env.PATH}`,
        GITHUB_OUTPUT: out,
        GITHUB_STEP_SUMMARY: summary,
        REPORT_DIR: "reports",
        TARGETS: "",
        ARGS: "",
        VERSION: "latest",
        ...env,
      },
    },
  );
  const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");
  const lines = (path: string) =>
    read(join(folder, path))
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as string[]);
  return {
    status,
    said: stdout + stderr,
    output: read(out),
    summary: read(summary),
    calls: lines("calls.jsonl"),
    gh: lines("gh.jsonl"),
  };
}

describe("the check", () => {
  test("keeps every report, and remembers its exit code for later", () => {
    const { status, said, output, calls } = run("check", { CHECK_CODE: "1" });
    expect(status).toBe(0);
    expect(said).toContain("made reports/annotations.txt");
    expect(output).toBe("exit-code=1\nreport-dir=reports\n");
    expect(calls.map(([name]) => name)).toEqual(["install-browser", "check"]);
    for (const file of ["result.json", "annotations.txt", "report.html", "summary.md", "junit.xml", "result.sarif"])
      expect(existsSync(join(folder, "reports", file)), file).toBe(true);
  });

  test("hands on words as they were quoted, and runs nothing of them", () => {
    const args = `--mcp-stdio "node server.js --stdio" --profile chatgpt,claude $(touch ran) \`touch ran\` ; touch ran`;
    const { calls } = run("check", { TARGETS: "widgets/a widgets/b", ARGS: args });
    expect(calls[1]?.slice(1, 7)).toEqual([
      "widgets/a",
      "widgets/b",
      "--mcp-stdio",
      "node server.js --stdio",
      "--profile",
      "chatgpt,claude",
    ]);
    expect(existsSync(join(folder, "ran"))).toBe(false);
  });

  test("without targets and options the config file decides", () => {
    expect(run("check").calls[1]?.slice(0, 3)).toEqual(["check", "--format", "pretty"]);
  });

  test("checks nothing when a quote is not closed: options would be lost", () => {
    const { calls, output, said } = run("check", { ARGS: '--profile chatgpt --mcp-stdio "node server.js' });
    expect(calls.map(([name]) => name)).toEqual(["install-browser"]);
    expect(output).toContain("exit-code=2");
    expect(said).toContain("is not closed");
  });

  test("could not judge without a browser", () => {
    const { calls, output } = run("check", { INSTALL_CODE: "2" });
    expect(calls).toHaveLength(1);
    expect(output).toContain("exit-code=2");
  });
});

test("the summary is what the report says", () => {
  run("check");
  expect(run("summary").summary).toBe("made reports/summary.md");
});

describe("the comment", () => {
  const env = { REPOSITORY: "o/r", NUMBER: "7", KEY: "web", GH_TOKEN: "t" };

  test("is written when there is none, and found again by its first line", () => {
    run("check");
    const { gh, said } = run("comment", env);
    expect(gh[0]).toEqual(["api", "user", "--jq", ".login"]);
    expect(gh[1]?.[2], said).toBe("repos/o/r/issues/7/comments");
    expect(gh[1]?.join(" ")).toContain("startswith(env.MARK)");
    expect(gh[2]?.slice(0, 4)).toEqual(["api", "--method", "POST", "repos/o/r/issues/7/comments"]);
    expect(readFileSync(join(folder, "body.md"), "utf8")).toBe("<!-- sandglass:web -->\nmade reports/summary.md");
  });

  test("is updated when it is there", () => {
    run("check");
    const { gh } = run("comment", { ...env, GH_LISTS: "41\n42\n" });
    expect(gh[2]?.slice(0, 4)).toEqual(["api", "--method", "PATCH", "repos/o/r/issues/comments/41"]);
  });

  test("does not keep an older verdict where nothing could be judged", () => {
    run("check");
    run("check", { INSTALL_CODE: "2" });
    const { gh } = run("comment", { ...env, CODE: "2", GH_LISTS: "41" });
    expect(gh[2]).toContain("PATCH");
    expect(readFileSync(join(folder, "body.md"), "utf8")).toContain("could not judge (exit 2)");
  });

  test("has a key that is data, and is found whoever wrote it with this token", () => {
    run("check");
    const key = `a" or true) | "$(touch ran)`;
    const { gh, status, said } = run("comment", { ...env, KEY: key, GH_ME: "someone" });
    expect(status, said).toBe(0);
    expect(gh[1]?.join(" ")).not.toContain(key);
    expect(gh[1]?.at(-1)).toContain(".user.login == env.ME");
    expect(readFileSync(join(folder, "marks"), "utf8")).toBe(`<!-- sandglass:${key} --> someone`);
    expect(existsSync(join(folder, "ran"))).toBe(false);
  });

  test("that cannot be written does not fail the job", () => {
    run("check");
    const { status, said } = run("comment", { ...env, GH_CODE: "1" });
    expect(status).toBe(0);
    expect(said).toContain("::warning::");
  });
});

test.each([0, 1, 2])("ends as the check did: %i", (code) => {
  expect(run("exit", { CODE: String(code) }).status).toBe(code);
});

test("ends undecided when the check never said", () => {
  expect(run("exit", { CODE: "" }).status).toBe(2);
});

test("every input is described, and stands on the page about CI", () => {
  const page = readFileSync(join(root, "docs/ci.md"), "utf8");
  for (const [name, { description }] of Object.entries(action.inputs)) {
    expect(description, name).toBeTruthy();
    if (name !== "token") expect(page).toContain(`\`${name}\``);
  }
});

test("the examples for CI name options that exist", () => {
  const help = (command: string) =>
    execFileSync("node", [join(root, "dist/cli.js"), command, "--help"], { encoding: "utf8" });
  const known = Object.fromEntries(
    ["check", "allowlist", "merge", "install-browser"].map((command) => [command, help(command)]),
  );
  for (const file of ["github.yml", "github-shards.yml", "gitlab.yml", "Dockerfile"]) {
    const text = readFileSync(join(root, "docs/ci", file), "utf8").replaceAll(/",? "/g, " ");
    const lines = [...text.matchAll(/sandglass (check|allowlist|merge|install-browser)([^\n\]]*)/g)];
    expect(lines.length, file).toBeGreaterThan(0);
    for (const [, command = "", rest = ""] of lines)
      for (const [option] of rest.matchAll(/--[a-z-]+/g))
        expect(known[command], `${file}: ${command}`).toContain(option);
  }
});
