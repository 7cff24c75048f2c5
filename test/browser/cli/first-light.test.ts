/** The first widget that has to fail, and the same one repaired. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunResult } from "../../../harness/model/result.ts";
import { sandglass } from "./run.ts";

/** Built from parts, so that no file holds a token. */
const TOKEN = ["ghp", "x7Kq2mVb9TzR4wLc8NfH1sDp6JgY3aQe".padEnd(36, "Z5tU")].join("_");
let folder: string;
let listener: Server;
let arrived = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandglass-"));
  listener = createServer((_request, response) => {
    arrived++;
    response.end("{}");
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const meta = (connect: string[]) => ({
    ui: { csp: { connectDomains: connect, resourceDomains: [] }, domain: "https://first.example.com" },
    "openai/widgetCSP": { connect_domains: connect, resource_domains: [] },
    "openai/widgetDomain": "https://first.example.com",
  });
  const page = (code: string) =>
    `<!doctype html>\n<html lang="en"><head><title>First</title></head>\n<body>\n<p id="who"></p>\n<button id="go">Go</button>\n<script>\nconst show = () => (who.textContent = window.openai.toolOutput?.login ?? ""); addEventListener("openai:set_globals", show); show();\n${code}\n</script>\n</body></html>\n`;
  const write = async (name: string, html: string, declared: string[], toolOutput: unknown) => {
    await writeFile(join(folder, `${name}.html`), html);
    await writeFile(
      join(folder, `${name}.widget.json`),
      JSON.stringify({ name, _meta: meta(declared), scenarios: { default: { toolOutput } } }),
    );
  };
  const port = (listener.address() as AddressInfo).port;
  await write(
    "faulty",
    page(
      `fetch("https://api.undeclared.example/me").catch(() => 0);\nalert("hi");\nif (confirm("sure?")) who.textContent = "yes";\nnavigator.clipboard.writeText("x").catch(() => 0);`,
    ),
    [],
    { login: "octo", token: TOKEN },
  );
  await write(
    "repaired",
    page(
      `fetch("https://api.undeclared.example/me").catch(() => 0);\ngo.onclick = () => document.execCommand("copy");`,
    ),
    ["https://api.undeclared.example"],
    { login: "octo" },
  );
  await write(
    "outward",
    page(
      `fetch("http://127.0.0.1:${port}/leak").catch(() => 0);\nparent.fetch("http://127.0.0.1:${port}/escape").catch(() => 0);\nparent.fetch("https://escape.example/x").catch(() => 0);`,
    ),
    [],
    { login: "octo" },
  );
});
afterAll(async () => {
  listener.close();
  await rm(folder, { recursive: true, force: true });
});

const resultOf = (out: string) => JSON.parse(out) as RunResult;
const errorsOf = (result: RunResult) =>
  result.runs.flatMap((run) =>
    run.checks.flatMap((check) =>
      check.findings.filter((finding) => (finding.severity ?? check.severity) === "error").map(() => check.id),
    ),
  );

describe.concurrent("first light", () => {
  it("the faulty widget exits 1 with its four faults and no others", async () => {
    const { code, out } = await sandglass(["check", "faulty.html", "--format", "json"], { cwd: folder });
    expect(code).toBe(1);
    expect([...new Set(errorsOf(resultOf(out)))].sort()).toEqual([
      "api/clipboard",
      "api/modal-dialog",
      "csp/blocked-request",
      "props/secret",
    ]);
    const dialogs = resultOf(out).runs[0]?.checks.find(({ id }) => id === "api/modal-dialog");
    expect(dialogs?.findings.map(({ where }) => where?.line)).toEqual([9, 10]);
    expect(dialogs?.findings[1]?.message).toContain("false");
  });

  it("the same widget repaired exits 0", async () => {
    const { code, out } = await sandglass(["check", "repaired.html", "--format", "json"], { cwd: folder });
    expect({ code, errors: errorsOf(resultOf(out)) }).toEqual({ code: 0, errors: [] });
  });

  it("nothing arrives outside, and an escape through the parent is a finding", async () => {
    const { code, out } = await sandglass(["check", "outward.html", "--format", "json"], { cwd: folder });
    expect(code).toBe(1);
    expect(errorsOf(resultOf(out))).toEqual(expect.arrayContaining(["network/escape", "network/local-network"]));
    expect(arrived).toBe(0);
  });

  it("the token is in no output", async () => {
    const saved = join(folder, "evidence");
    const ran = await sandglass(
      [
        "check",
        "faulty.html",
        "--save-evidence",
        saved,
        "--format",
        "html=report.html",
        "--format",
        "json=report.json",
        "--format",
        "sarif=report.sarif",
        "--format",
        "markdown=report.md",
        "--format",
        "junit=report.xml",
        "--format",
        "github",
      ],
      { cwd: folder },
    );
    const files = await Promise.all(
      [
        ...(await readdir(saved)).map((name) => join(saved, name)),
        ...["report.html", "report.json", "report.sarif", "report.md", "report.xml"].map((name) => join(folder, name)),
      ].map((path) => readFile(path, "utf8")),
    );
    expect(files.length).toBeGreaterThan(5);
    for (const text of [ran.out, ran.err, ...files])
      expect(text.includes(TOKEN) || text.includes(TOKEN.slice(8))).toBe(false);
  });

  it("saved evidence judged again gives the same result, without a browser", async () => {
    const saved = join(folder, "again");
    const first = await sandglass(["check", "faulty.html", "--save-evidence", saved, "--format", "json"], {
      cwd: folder,
    });
    const second = await sandglass(["check", "--evidence", saved, "--format", "json"], {
      cwd: folder,
      env: { SANDGLASS_BROWSER: "/nowhere" },
    });
    expect(second.code).toBe(first.code);
    expect(resultOf(second.out).runs[0]?.checks).toEqual(resultOf(first.out).runs[0]?.checks);
  });

  it("developer mode works where publishing breaks, and the headline says so", async () => {
    const { code, out } = await sandglass(
      ["check", "outward.html", "--profile", "chatgpt-dev,chatgpt", "--format", "json"],
      { cwd: folder },
    );
    expect(code).toBe(1);
    expect(resultOf(out).runs.map(({ profile }) => profile)).toEqual(["chatgpt-dev", "chatgpt"]);
  });
});
