import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { afterEach, expect, test } from "vitest";
import type { LoadedConfig } from "../../../harness/config/index.ts";
import { loadTarget } from "../../../harness/sources/index.ts";
import { createServer as createMcp } from "../../fixtures/mcp-server.mjs";
import { serveHttp, type HttpFixture } from "../../fixtures/serve-http.ts";
import { serveSse } from "../../fixtures/serve-sse.ts";
import { containing, matching, present } from "../../expecting.ts";

let served: HttpFixture | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

test("widgets come over streamable HTTP, with the server's origin", async () => {
  served = await serveHttp(() => createMcp());
  const target = await loadTarget({ targets: ["ui://blob"], mcp: served.url, cwd: tmpdir() });
  expect(target.widgets).toMatchObject([
    { name: "flat", serverOrigin: new URL(served.url).origin, source: { kind: "mcp", server: served.url } },
  ]);
  await target.close();
});

test("each call has a session of its own, as ChatGPT makes, and every session is ended", async () => {
  served = await serveHttp(() => createMcp());
  const target = await loadTarget({ targets: ["ui://blob"], mcp: served.url, cwd: tmpdir() });
  const before = served.sessions.opened;
  await present(target.widgets[0]?.server).callTool("for-app", {});
  await present(target.widgets[0]?.server).callTool("for-app", {});
  expect(served.sessions.opened).toBe(before + 2);
  await target.close();
  expect(served.sessions.ended).toBe(served.sessions.opened);
});

test("sessionPerCall: false keeps one session", async () => {
  served = await serveHttp(() => createMcp());
  const target = await loadTarget({ targets: ["ui://blob"], mcp: served.url, cwd: tmpdir(), sessionPerCall: false });
  await present(target.widgets[0]?.server).callTool("for-app", {});
  await target.close();
  expect(served.sessions).toEqual({ opened: 1, ended: 1 });
});

test("headers of the config go to the config's server; without them 401 says what to do", async () => {
  const token = ["to", "ken"].join("");
  served = await serveHttp(() => createMcp(), token);
  const config: LoadedConfig = {
    file: "",
    root: tmpdir(),
    targets: ["ui://blob"],
    mcp: served.url,
    mcpHeaders: { authorization: `Bearer ${token}` },
    assume: {},
    scenarios: {},
    allow: [],
    checks: {},
    personalData: true,
    profiles: [],
  };
  const target = await loadTarget({ targets: [], config, cwd: tmpdir() });
  expect(target.widgets).toHaveLength(1);
  await target.close();
  const headers = { authorization: `Bearer ${token}` };
  const { mcp: _, ...unnamed } = config;
  for (const settings of [{ headers }, { config: unnamed }, { config }]) {
    const named = await loadTarget({ targets: ["ui://blob"], mcp: served.url, cwd: tmpdir(), ...settings });
    expect(named.widgets).toHaveLength(1);
    await named.close();
  }
  const written = { ...config, mcpHeaders: { Authorization: "Bearer of-before" } };
  const over = await loadTarget({ targets: [], mcp: served.url, cwd: tmpdir(), config: written, headers });
  expect(new Set(served.authorizations)).toEqual(new Set([`Bearer ${token}`]));
  await over.close();
  await expect(loadTarget({ targets: [], mcp: served.url, cwd: tmpdir() })).rejects.toMatchObject({
    code: "SERVER_UNREACHABLE",
    next: containing("mcpHeaders"),
  });
});

test("headers are not sent to a server that the config does not name", async () => {
  served = await serveHttp(() => createMcp());
  const config: LoadedConfig = {
    file: "",
    root: tmpdir(),
    targets: [],
    mcp: "https://other.example/mcp",
    mcpHeaders: { authorization: "x" },
    assume: {},
    scenarios: {},
    allow: [],
    checks: {},
    personalData: true,
    profiles: [],
  };
  const target = await loadTarget({ targets: ["ui://blob"], mcp: served.url, config, cwd: tmpdir() });
  expect(new Set(served.authorizations)).toEqual(new Set([undefined]));
  await target.close();
});

test("what is no MCP server is said at once", async () => {
  const page = createServer((_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<p>hello</p>"),
  );
  await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
  const { port } = page.address() as AddressInfo;
  await expect(loadTarget({ targets: [], mcp: `http://127.0.0.1:${port}/`, cwd: tmpdir() })).rejects.toMatchObject({
    code: "SERVER_UNREACHABLE",
  });
  await new Promise((resolve) => {
    page.close(resolve);
    page.closeAllConnections();
  });
  await expect(loadTarget({ targets: [], mcp: `http://127.0.0.1:${port}/`, cwd: tmpdir() })).rejects.toMatchObject({
    code: "SERVER_UNREACHABLE",
    message: matching(/ECONNREFUSED/),
  });
  await expect(loadTarget({ targets: [], mcp: "localhost:3000", cwd: tmpdir() })).rejects.toMatchObject({
    code: "BAD_USAGE",
  });
});

test("a server that accepts and never answers is given up in time", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const started = performance.now();
  const { port } = silent.address() as AddressInfo;
  await expect(
    loadTarget({ targets: [], mcp: `http://127.0.0.1:${port}/mcp`, cwd: tmpdir(), timeoutMs: 400 }),
  ).rejects.toMatchObject({ code: "SERVER_UNREACHABLE", message: containing("0.4 s") });
  expect(performance.now() - started).toBeLessThan(3000);
  silent.closeAllConnections();
  await new Promise((resolve) => silent.close(resolve));
});

test("a server of the old SSE transport is understood", async () => {
  const old = await serveSse();
  const target = await loadTarget({ targets: [], mcp: old.url, cwd: tmpdir() });
  expect(target.widgets).toMatchObject([
    { name: "old", html: "<p>Old</p>", scenarios: [{ content: [{ text: "still here" }] }] },
  ]);
  await target.close();
  await old.close();
});

test("a wrong path is answered with a hint at the path", async () => {
  served = await serveHttp(() => createMcp());
  await expect(
    loadTarget({ targets: [], mcp: served.url.replace("/mcp", "/api"), cwd: tmpdir() }),
  ).rejects.toMatchObject({ code: "SERVER_UNREACHABLE", next: containing("/mcp") });
});

test.each([301, 302, 303, 307, 308])(
  "headers and tokens do not follow a redirect (%i) to another origin",
  async (status) => {
    const seen: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      seen.push(
        `${request.method ?? ""} ${String(request.headers["x-api-key"])} ${String(request.headers.authorization)}`,
      );
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const to = `http://localhost:${(other.address() as AddressInfo).port}/mcp`;
    const first = createServer((_, response) => response.writeHead(status, { location: to }).end());
    await new Promise<void>((resolve) => first.listen(0, "127.0.0.1", resolve));
    const { port } = first.address() as AddressInfo;
    const headers = { "x-api-key": ["k", "ey1234"].join(""), authorization: "Bearer x" };
    await expect(
      loadTarget({ targets: [], mcp: `http://127.0.0.1:${port}/mcp`, headers, cwd: tmpdir() }),
    ).rejects.toMatchObject({ code: "SERVER_UNREACHABLE", message: containing(to) });
    expect(seen).toEqual([]);
    for (const server of [first, other]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  },
);

test("a redirect within the origin is followed, and on record", async () => {
  const server = await serveHttp(() => createMcp());
  served = server;
  const passing = createServer((request, response) => {
    if (request.url !== "/mcp/") return void response.writeHead(308, { location: "/mcp/" }).end();
    const { hostname, port } = new URL(server.url);
    const on = httpRequest(
      { hostname, port, path: "/mcp", method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(on);
  });
  await new Promise<void>((resolve) => passing.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(passing.address() as AddressInfo).port}`;
  const target = await loadTarget({ targets: ["ui://blob"], mcp: `${origin}/mcp`, cwd: tmpdir() });
  expect(target.widgets).toHaveLength(1);
  const { http } = present(target.servers?.[0]).record();
  expect(new Set(http.flatMap(({ redirectedTo }) => redirectedTo ?? []))).toEqual(new Set([`${origin}/mcp/`]));
  await target.close();
  passing.closeAllConnections();
  await new Promise((resolve) => passing.close(resolve));
});
