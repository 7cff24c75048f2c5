/** `sandglass mcp` over stdio, asked by the official client as a coding agent does. */
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const fixture = join(root, "test/fixtures/mcp-server.mjs");
const client = new Client({ name: "test", version: "1.0.0" });

beforeAll(() =>
  client.connect(
    new StdioClientTransport({ command: process.execPath, args: [join(root, "dist/cli.js"), "mcp"], cwd: root }),
  ),
);
afterAll(() => client.close());

async function call(name: string, given: Readonly<Record<string, unknown>> = {}) {
  const { content, isError = false } = await client.callTool({ name, arguments: given }, { timeout: 60_000 });
  const [first] = content as { readonly text?: string }[];
  return { text: first?.text ?? "", isError };
}

describe.concurrent("sandglass mcp", () => {
  it("says of each tool what it does to the world", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["check", "check_server", "allowlist", "explain", "hosts"]);
    for (const { name, annotations, description } of tools) {
      expect(description, name).toBeTruthy();
      expect(annotations, name).toMatchObject({
        readOnlyHint: ["explain", "hosts"].includes(name),
        destructiveHint: name === "check_server",
      });
    }
  });

  it("checks a server, and says what to change", async () => {
    const { text, isError } = await call("check_server", {
      command: `node ${fixture}`,
      only: "metadata",
    });
    expect(isError).toBe(false);
    expect(text).toMatch(/^verdict: fail\n/);
    expect(text).toMatch(/^1\. error metadata\//m);
    expect(text).toContain("sandglass check --mcp-stdio");
  });

  it("takes no target for an option", async () => {
    const { text, isError } = await call("check", { targets: ["--write-baseline=made.json"] });
    expect(isError).toBe(true);
    expect(text).toContain("--write-baseline=made.json does not exist");
  });

  it("answers what is long beyond all names at once, and goes on", async () => {
    for (const [name, given] of [
      ["explain", { id: "x".repeat(2_000_000) }],
      ["check", { targets: ["w".repeat(200_000)] }],
      ["check_server", { command: "c".repeat(200_000) }],
    ] as const)
      expect((await call(name, given)).isError, name).toBe(true);
    expect((await call("hosts")).text).toContain("chatgpt");
  });

  it("loads no profile from a file", async () => {
    const { text, isError } = await call("check", { targets: ["widgets/weather"], profile: "./made.ts" });
    expect(isError).toBe(true);
    expect(text).toContain("must be ids of hosts");
  });

  it("answers an error with its next step, and without a stack", async () => {
    const { text, isError } = await call("check", { targets: ["no/such/folder"] });
    expect(isError).toBe(true);
    expect(text).toContain("[NO_WIDGETS]");
    expect(text).not.toMatch(/^\s+at /m);
    expect((await call("check_server")).text).toBe("Give url or command.");
  });

  it("explains a check, and lists them and the hosts", async () => {
    expect((await call("explain", { id: "csp/blocked-request" })).text).toMatch(/^# /);
    expect((await call("explain")).text).toContain("csp/blocked-request");
    expect((await call("explain", { id: "csp/blocked" })).isError).toBe(true);
    expect((await call("hosts")).text).toContain("chatgpt: ");
  });
});
