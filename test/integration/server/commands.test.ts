import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Io } from "../../../harness/commands/io.ts";
import { runProgram } from "../../../harness/commands/program.ts";
import type { SandglassError } from "../../../harness/model/errors.ts";
import { serveAuthorized, type Authorized } from "../../fixtures/authorization.ts";
// What commands load when they run is loaded here already, and not within the first test's time.
import "./kit.ts";

let served: Authorized;
const folder = mkdtempSync(join(tmpdir(), "sandglass-commands-"));
beforeAll(async () => {
  served = await serveAuthorized();
});
afterAll(() => served.close());

/** Runs the words; `onErr` is told what is written to stderr. */
async function run(argv: readonly string[], onErr: (text: string) => void = () => undefined) {
  const written = { out: "", err: "" };
  const io: Io = {
    cwd: folder,
    env: { XDG_CONFIG_HOME: folder },
    outIsTerminal: false,
    color: false,
    out: (text) => void (written.out += text),
    err: (text) => {
      written.err += text;
      onErr(text);
    },
  };
  const code = await runProgram(argv, "1.2.3", io);
  return { code, ...written };
}

test("without a token a server can be asked how it refuses, and nothing else", async () => {
  const outside = await run(["check", "--only", "auth", "--mcp", served.url]);
  expect(outside.code).toBe(0);
  expect(outside.out).toContain("No tool was asked");
  expect(outside.out).toContain("server, from outside");
  const refused: unknown = await run(["check", "--only", "auth,tools", "--mcp", served.url]).catch(
    (error: unknown) => error,
  );
  expect(refused).toMatchObject({ code: "SERVER_UNREACHABLE" } satisfies Partial<SandglassError>);
  const { message, next } = refused as SandglassError;
  expect(message).toBe(`${served.url} lets nobody in without a login (HTTP 401).`);
  expect(next).toContain(`sandglass login --mcp ${served.url}`);
});

test("a login, then a check with it; nothing that was kept stands in what is written", async () => {
  const allow = (text: string): void => {
    const address = /^http\S+authorize\S+$/m.exec(text)?.[0];
    if (address !== undefined) void served.authorize(address).then((back) => fetch(back));
  };
  const login = await run(["login", "--mcp", served.url], allow);
  expect(login).toMatchObject({ code: 0, out: "" });
  expect(login.err).toContain("with the scopes notes.read; kept in");
  expect(login.err).toContain(`ask as you: sandglass check --mcp ${served.url}`);

  const check = await run(["check", "--only", "auth", "--mcp", served.url, "--format", "json"]);
  expect(check.code).toBe(0);
  const { servers } = JSON.parse(check.out) as { servers: { checks: { id: string; outcome: string }[] }[] };
  // The client of the login is known, so that redirects are tried.
  expect(servers[0]?.checks.find(({ id }) => id === "auth/redirect")?.outcome).toBe("pass");
  for (const text of [login.err, check.out, check.err]) expect(text).not.toMatch(/eyJ[\w-]{20}|renew-me/);

  const forget = await run(["login", "--mcp", served.url, "--forget"]);
  expect(forget.err).toContain("is gone");
});

test("a snapshot, and what differs from it; --token says who asks", async () => {
  const server = ["--mcp", served.url, "--token", await served.token()];
  const { err } = await run(["snapshot", ...server, "--write", "reviewed.json"]);
  expect(err).toContain("3 tools, 0 UI resources. What a change costs: sandglass check --snapshot reviewed.json");
  const compare = ["check", "--only", "snapshot", ...server, "--snapshot", "reviewed.json"];
  expect((await run(compare)).code).toBe(0);
  const file = join(folder, "reviewed.json");
  writeFileSync(file, readFileSync(file, "utf8").replace("Reads the notes.", "Reads all notes."));
  const changed = await run(compare);
  expect(changed.code).toBe(1);
  expect(changed.out).toContain("read_notes: the description differs from reviewed.json");
  expect((await run([...compare, "--release"])).code).toBe(0);
});

test("a tool that refuses by HTTP was answered, and is not slow", async () => {
  const scope = await served.token({ scope: "notes.read" });
  const { out } = await run([
    "check",
    "--only",
    "tools,transport/answer-time",
    "--mcp",
    served.url,
    "--token",
    scope,
    "--format",
    "json",
  ]);
  const { servers } = JSON.parse(out) as { servers: { checks: { id: string; outcome: string }[] }[] };
  expect(servers[0]?.checks.find(({ id }) => id === "transport/answer-time")?.outcome).toBe("pass");
});

test("ready prints every item, of a server or of results", async () => {
  const server = ["--mcp", served.url, "--token", await served.token()];
  const { out, code } = await run(["ready", ...server, "--domain-challenge", "expected"]);
  // The challenge file is not there.
  expect(code).toBe(1);
  expect(out).toMatch(/FAILS +\/\.well-known\/openai-apps-challenge/);
  expect(out).toMatch(/tested +Resource and authorization server are described/);
  expect(out).toMatch(/look +Purchases follow/);
  await run(["check", "--only", "auth", ...server, "--format", "json=auth.json"]);
  const listed = await run(["ready", "--result", "auth.json", "--format", "json"]);
  const { rows } = JSON.parse(listed.out) as { rows: { id: string; state: string }[] };
  expect(rows.find(({ id }) => id === "auth/metadata")?.state).toBe("passed");
  expect(rows.find(({ id }) => id === "ui/csp")?.state).toBe("not-run");
  // It has no widgets, so that there is nothing of them to look at.
  const asked = await run(["ready", ...server]);
  expect(asked.out).toMatch(/does not apply +The policy lists exactly/);
  expect(asked.err).not.toContain("What the widgets do");
});

test("ready begins a submission file, and looks one through", async () => {
  const server = ["--mcp", served.url, "--token", await served.token()];
  const stateOf = (out: string, id: string) =>
    (JSON.parse(out) as { rows: { id: string; state: string; detail?: string }[] }).rows.find((row) => row.id === id);
  const begun = await run(["ready", ...server, "--draft", "submission.json", "--format", "json"]);
  expect(begun.err).toContain("submission.json: begun");
  expect(stateOf(begun.out, "listing/cases")?.state).toBe("not-given");
  await expect(run(["ready", ...server, "--draft", "submission.json"])).rejects.toThrow("writes nothing over");

  const file = join(folder, "submission.json");
  const looked = await run(["ready", ...server, "--submission", "submission.json", "--format", "json"]);
  expect(stateOf(looked.out, "tools/justified")).toMatchObject({ state: "failed" });
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(/"TODO[^"]*"/g, '"read_notes"'));
  const written = await run(["ready", ...server, "--submission", "submission.json", "--format", "json"]);
  expect(stateOf(written.out, "tools/justified")).toMatchObject({ state: "passed" });
  expect(stateOf(written.out, "listing/cases")).toMatchObject({ state: "passed" });
  writeFileSync(file, "[]");
  await expect(run(["ready", ...server, "--submission", "submission.json"])).rejects.toThrow("cannot be read");
});

test.each([
  [["login"], "No server was named"],
  [["login", "--mcp", "ftp://x"], "is no http or https URL"],
  [["snapshot"], "No target was given"],
  [["check", "--only", "auth", "--mcp", "http://127.0.0.1:1/mcp", "--bad-token", "old=x"], "--bad-token takes"],
  [["check", "--mcp", "http://127.0.0.1:1/mcp", "--snapshot", "none.json"], "The snapshot none.json cannot be read"],
  [["check", "--only", "auth", "--mcp", "http://127.0.0.1:1/mcp"], "cannot be reached"],
  [["check", "--evidence", "x", "--snapshot", "y"], "--snapshot needs the server"],
])("%j says what is wrong", async (argv, message) => {
  await expect(run(argv)).rejects.toThrow(message);
});
