/** `sandglass probe serve`, as a host connects to it: over HTTP, and as a process of its own over stdio. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, describe, expect, it } from "vitest";
import { probe } from "../../../harness/commands/probe.ts";
import type { Io } from "../../../harness/commands/io.ts";
import type { Measurement } from "../../../harness/model/measurement.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { containing } from "../../expecting.ts";
import { measured } from "../../unit/measurement/make.ts";

const folder = mkdtempSync(join(tmpdir(), "sandglass-serve-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const CLI = join(import.meta.dirname, "../../../dist/cli.js");
const sent = JSON.stringify(measured(profiles.claude));

const clientOf = (): Client => new Client({ name: "some-host", version: "2.0.0" }, { capabilities: {} });
const keptIn = (name: string): Measurement => JSON.parse(readFileSync(join(folder, name), "utf8")) as Measurement;
const record = (client: Client) =>
  client.callTool({ name: "record_measurement", arguments: { measurement: sent } }) as Promise<{
    readonly content: readonly { readonly text: string }[];
  }>;

describe("over HTTP", () => {
  it("keeps what its widget sends where it runs, one file each, until it is ended", async () => {
    let said = "";
    const end = new AbortController();
    const io: Io = {
      cwd: folder,
      env: {},
      outIsTerminal: false,
      color: false,
      out: () => undefined,
      err: (text) => void (said += text),
      interrupted: () => new Promise((resolve) => end.signal.addEventListener("abort", () => resolve())),
    };
    const serving = probe(["serve"], { port: 0, declare: "both" }, io);
    await expect.poll(() => said).toContain("Connect a host to it and ask for measure_host");
    const [url = ""] = /http:\S+/.exec(said) ?? [];
    const client = clientOf();
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    expect((await record(client)).content[0]?.text).toBe("Kept in claude-2026-11-26.measurement.json");
    expect((await record(client)).content[0]?.text).toBe("Kept in claude-2026-11-26-2.measurement.json");
    expect(keptIn("claude-2026-11-26.measurement.json").client).toEqual({
      name: "some-host",
      version: "2.0.0",
      ui: false,
    });
    expect(said).toContain("Claude 1.0.0, 2026-11-26, Chrome 156");
    await expect(probe(["serve"], { port: Number(new URL(url).port) }, io)).rejects.toMatchObject({
      code: "PORT_TAKEN",
      next: containing("--port N"),
    });
    await client.close();
    end.abort();
    expect(await serving).toBe(0);
  });
});

describe("over stdio", () => {
  it("speaks the protocol alone, tries what may be refused when it was started so, and ends with its host", async () => {
    const client = clientOf();
    const args = [CLI, "probe", "serve", "--stdio", "--attempts", "--declare", "ui", "--write", "over-stdio.json"];
    const transport = new StdioClientTransport({ command: process.execPath, args, cwd: folder, stderr: "ignore" });
    await client.connect(transport);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["measure_host", "record_measurement", "fail_on_purpose"]);
    expect(await client.callTool({ name: "measure_host", arguments: {} })).toMatchObject({
      structuredContent: { attempts: true },
    });
    const { contents } = await client.readResource({
      uri: (tools[0]?._meta?.ui as { readonly resourceUri: string }).resourceUri,
    });
    expect(contents[0]?._meta).not.toHaveProperty("openai/widgetCSP");
    expect((await record(client)).content[0]?.text).toBe("Kept in over-stdio.json");
    expect(keptIn("over-stdio.json").client?.name).toBe("some-host");
    await client.close();
    expect(readdirSync(folder)).toContain("over-stdio.json");
  }, 20_000);
});
