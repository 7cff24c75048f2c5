/** What the user gave to be let in, and a tool repeats: it is in no report, no kept evidence and no snapshot. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { McpServer } from "@modelcontextprotocol/server";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Io } from "../../../harness/commands/io.ts";
import { runProgram } from "../../../harness/commands/program.ts";
import { SandglassError } from "../../../harness/model/errors.ts";
import { check } from "../../../harness/index.ts";
import { serveHttp, type HttpFixture } from "../../fixtures/serve-http.ts";
import "./kit.ts";

const TOKEN = ["opaque", "kq83hdw0zp"].join("-");
const KEY = ["of-mine", "and-of-nobody-else"].join("-");

/** Repeats what it was asked with, in whatever it says. */
function echoing(told: () => string): McpServer {
  const server = new McpServer({ name: "echo", version: "1.0.0" }, { instructions: `You are ${told()}` });
  server.registerTool(
    "whoami",
    { description: `Says ${told()}`, inputSchema: z.object({}), annotations: { readOnlyHint: true } },
    () => ({ content: [{ type: "text", text: told() }], structuredContent: { [told()]: btoa(told()) } }),
  );
  return server;
}

test("nothing that is written holds it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandglass-given-"));
  const served: HttpFixture = await serveHttp(() => echoing(() => `${TOKEN} ${KEY}`));
  const written: string[] = [];
  const hidden: string[] = [];
  const io: Io = {
    cwd: folder,
    env: {},
    outIsTerminal: false,
    color: false,
    out: (text) => void written.push(text),
    err: (text) => void written.push(text),
    hide: (secrets) => Promise.resolve(void hidden.push(...secrets)),
  };
  const asked = ["--mcp", served.url, "--token", TOKEN, "--header", `x-api-key=${KEY}`];
  await runProgram(
    ["check", "--only", "tools,transport,auth", ...asked, "--save-evidence", "kept", "--format", "json=all.json"],
    "1",
    io,
  );
  await runProgram(["snapshot", ...asked, "--write", "reviewed.json"], "1", io);
  await served.close();
  expect(served.authorizations).toContain(`Bearer ${TOKEN}`);
  expect(new Set(hidden)).toEqual(new Set([TOKEN, KEY]));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  expect(files.length).toBeGreaterThanOrEqual(3);
  const kept = files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  expect(kept).toContain("whoami");
  for (const form of [TOKEN, KEY, btoa(TOKEN).slice(0, 20)]) expect(written.join("") + kept).not.toContain(form);
});

test("a server that asks for a token lets no foreign page in, which has none", async () => {
  const served = await serveHttp(() => echoing(() => "nobody"), TOKEN);
  const request = { cwd: tmpdir(), mcp: served.url, headers: { authorization: `Bearer ${TOKEN}` } };
  const { servers = [] } = await check({ ...request, only: ["transport/origin"] });
  await served.close();
  expect(servers[0]?.checks.map(({ id, outcome, reason }) => [id, outcome, reason?.id])).toEqual([
    ["transport/origin", "review", "unclear"],
  ]);
});

test("the library's errors do not hold it", async () => {
  const line = `"${process.execPath}" -e "console.error(process.env.STORE_KEY); process.exit(3)"`;
  const request = { cwd: tmpdir(), mcpStdio: line, env: { STORE_KEY: KEY }, only: ["tools"] };
  const error: unknown = await check(request).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SandglassError);
  expect(error).toMatchObject({ code: "SERVER_UNREACHABLE" });
  expect((error as SandglassError).message).toContain("exited with code 3");
  expect(inspect(error)).not.toContain(KEY);
});
