/** What clients do beside asking, over both transports: servers that bear it, and servers that do not. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { serveClients } from "../../fixtures/clients-server.mjs";
import { look } from "./kit.ts";

const FILE = join(import.meta.dirname, "../../fixtures/clients-server.mjs");
const stdio = (mode: string, clients = { secondProcess: false }) =>
  look({ mcpStdio: `"${process.execPath}" "${FILE}" ${mode}` }, { clients });
const lock = () => join(mkdtempSync(join(tmpdir(), "sandglass-clients-")), "lock");

async function http(mode: string) {
  const served = await serveClients(mode);
  try {
    return await look({ mcp: served.url }, { clients: { secondProcess: false } });
  } finally {
    await served.close();
  }
}

describe.concurrent("a call that is given up", () => {
  test.for([
    ["sound", "pass"],
    ["dies", "ended"],
    ["works-on", "works-on"],
  ] as const)("%s: %s", async ([mode, expected], { expect: own }) => {
    own((await stdio(mode)).outcomes["transport/cancellation"]).toBe(expected);
    own((await http(mode)).outcomes["transport/cancellation"]).toBe(expected);
  });

  test("an endpoint that refuses a ping is asked for its tools", async ({ expect: own }) => {
    own((await http("no-ping")).outcomes["transport/cancellation"]).toBe("pass");
    // What it is asked for then is not what was given up.
    own((await http("no-ping-slow")).outcomes["transport/cancellation"]).toBe("pass");
    own((await http("no-ping-dies")).outcomes["transport/cancellation"]).toBe("silent");
  });

  test("over HTTP the notification itself may be refused", async ({ expect: own }) => {
    own((await http("refuses")).outcomes["transport/cancellation"]).toBe("refused");
  });
});

describe.concurrent("a second client over HTTP", () => {
  test.for([
    ["sound", "pass"],
    ["single", "refused"],
    ["mixes", "mixed"],
    ["drops", "lost"],
  ] as const)("%s: %s", async ([mode, expected], { expect: own }) => {
    own((await http(mode)).outcomes["transport/second-client"]).toBe(expected);
  });
});

describe.concurrent("a second client over stdio", () => {
  const CHECK = "transport/second-client";
  test("is a second process: sound", async ({ expect: own }) => {
    own((await stdio("sound", { secondProcess: true })).outcomes[CHECK]).toBe("pass");
  });
  test("is a second process: one that locks a file", async ({ expect: own }) => {
    own((await stdio(`locks "${lock()}"`, { secondProcess: true })).outcomes[CHECK]).toBe("process");
  });
  test("is not started when nobody asks for it", async ({ expect: own }) => {
    own((await stdio(`locks "${lock()}"`)).outcomes[CHECK]).toBe("inapplicable not-asked");
  });
});

describe.concurrent("a session that the server does not know", () => {
  test.for([
    ["sound", "pass"],
    ["bad-request", "status"],
    ["fails", "server-error"],
    ["adopts", "adopted"],
    ["locked", "not-reopened"],
  ] as const)("%s: %s", async ([mode, expected], { expect: own }) => {
    own((await http(mode)).outcomes["transport/stale-session"]).toBe(expected);
  });

  test("over stdio there is none", async ({ expect: own }) => {
    own((await stdio("sound")).outcomes["transport/stale-session"]).toBe("inapplicable no-sessions");
  });
});

test("a made-up id is answered as one of before a restart is", async () => {
  const before = await serveClients("sound");
  const initialize = { jsonrpc: "2.0", id: 1, method: "initialize", params: { protocolVersion: "2025-06-18" } };
  const post = (body: object, session?: string) =>
    fetch(before.url, {
      method: "POST",
      headers: session === undefined ? {} : { "mcp-session-id": session },
      body: JSON.stringify(body),
    });
  const session = (await post(initialize)).headers.get("mcp-session-id") ?? "";
  const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
  expect((await post(list, session)).status).toBe(200);
  await before.close();
  const after = await serveClients("sound", before.port);
  try {
    const { outcomes, evidence } = await look({ mcp: after.url }, { clients: { secondProcess: false } });
    expect(outcomes["transport/stale-session"]).toBe("pass");
    const { clients } = evidence.artifacts;
    const made = clients.status === "ok" ? clients.value?.stale?.probes[0]?.status : undefined;
    expect((await post(list, session)).status).toBe(made);
  } finally {
    await after.close();
  }
});
