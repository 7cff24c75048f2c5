/** A local server judged as the deployed one: what it says, and what it answers. */
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { UNREACHABLE } from "../../../harness/gather/network/answers.ts";
import { deployedSource } from "../../../harness/gather/network/deployed.ts";
import { asDeployed, loopbackOriginsIn, textAsDeployed } from "../../../harness/model/deployment.ts";
import type { ServerRecord, ServerRecorder } from "../../../harness/model/server-record.ts";
import type { Widget } from "../../../harness/model/widget.ts";
import { deployed } from "../../../harness/sources/deployed.ts";
import { arrived } from "../gather/make.ts";

const ORIGIN = "https://app.example.com";
const LOCAL = "http://localhost:3000";
const at = (text: string, local = LOCAL) => textAsDeployed(text, { local, origin: ORIGIN });

test.each([
  [`<script src="${LOCAL}/a.js">`, `<script src="${ORIGIN}/a.js">`],
  ["http://127.0.0.1:3000", ORIGIN],
  ["http://[::1]:3000/x", `${ORIGIN}/x`],
  ["ws://localhost:3000/hmr", "wss://app.example.com/hmr"],
  ["//localhost:3000/a.css", "//app.example.com/a.css"],
  [String.raw`"http:\/\/localhost:3000\/a"`, String.raw`"https:\/\/app.example.com\/a"`],
  ["http://localhost:30001/", "http://localhost:30001/"],
  ["http://localhost:3001/", "http://localhost:3001/"],
  ["http://mylocalhost:3000/", "http://mylocalhost:3000/"],
])("%s", (before, after) => expect(at(before)).toBe(after));

test("a port that the scheme implies, written or not, and no other host", () => {
  const local = "http://localhost";
  expect(at("http://localhost/a http://localhost:80/b", local)).toBe(`${ORIGIN}/a ${ORIGIN}/b`);
  expect(at("http://localhost:8080/ http://localhost.example/", local)).toBe(
    "http://localhost:8080/ http://localhost.example/",
  );
  expect(at("http://10.0.0.2:3000/ http://localhost:3000/", "http://10.0.0.2:3000")).toBe(
    `${ORIGIN}/ http://localhost:3000/`,
  );
});

test("values are walked, and a long text is read in no time", () => {
  expect(asDeployed({ [LOCAL]: [1, null, { a: LOCAL }] }, { local: LOCAL, origin: ORIGIN })).toEqual({
    [ORIGIN]: [1, null, { a: ORIGIN }],
  });
  const started = performance.now();
  at("http://localhost:".repeat(50_000));
  at("/".repeat(200_000));
  loopbackOriginsIn("http://localhost:".repeat(50_000));
  expect(performance.now() - started).toBeLessThan(5000);
});

const widget = (given: Partial<Widget> = {}): Widget => ({
  name: "show",
  source: { kind: "mcp", server: `${LOCAL}/mcp`, tool: "show", uri: "ui://show" },
  html: `<script src="${LOCAL}/a.js"></script>`,
  meta: { ui: { csp: { resourceDomains: [LOCAL], connectDomains: [] } } },
  mimeType: "text/html",
  scenarios: [{ name: "default", toolOutput: { image: `${LOCAL}/a.png` }, mocks: [{ url: `${LOCAL}/*` }] }],
  serverOrigin: LOCAL,
  serverId: LOCAL,
  server: {
    callTool: () => Promise.resolve({ next: LOCAL }),
    listTools: () => Promise.resolve({}),
    readResource: () => Promise.resolve({}),
    listResources: () => Promise.resolve({}),
  },
  ...given,
});

const servers = (said: string): ServerRecorder[] => [
  {
    headers: {},
    asking: () => Promise.reject(new Error("nobody asks")),
    another: () => Promise.reject(new Error("nobody asks")),
    tryForeignPage: () => Promise.resolve(),
    record: () => ({
      server: said,
      transport: "stdio",
      url: said,
      exchanges: [],
      messages: [{ said } as unknown as ServerRecord["messages"][number]],
      http: [],
      stderr: "",
      strayOutput: null,
      scenarioTools: [],
      dropped: 0,
    }),
  },
];

describe("widgets", () => {
  it("document, metadata, results and later answers are as deployed; mocks are the user's", async () => {
    const { widgets, warnings, ...said } = deployed({ widgets: [widget()], servers: servers(LOCAL) }, ORIGIN);
    expect(said.servers.map((one) => one.record())).toMatchObject([
      { server: LOCAL, url: LOCAL, messages: [{ said: ORIGIN }] },
    ]);
    expect(widgets).toMatchObject([
      {
        html: `<script src="${ORIGIN}/a.js"></script>`,
        meta: { ui: { csp: { resourceDomains: [ORIGIN] } } },
        scenarios: [{ toolOutput: { image: `${ORIGIN}/a.png` }, mocks: [{ url: `${LOCAL}/*` }] }],
        serverOrigin: ORIGIN,
        deployment: { local: LOCAL, origin: ORIGIN },
      },
    ]);
    expect(await widgets[0]?.server?.callTool("x", {})).toEqual({ next: ORIGIN });
    expect(warnings).toEqual([expect.stringContaining(`${LOCAL} is judged as ${ORIGIN}`)]);
  });

  it("of a command, the one server that its pages name", () => {
    const own = { serverOrigin: null, source: { kind: "mcp", server: "node s.js", tool: "t", uri: "ui://t" } } as const;
    const { widgets } = deployed({ widgets: [widget(own)], servers: [] }, ORIGIN);
    expect(widgets).toMatchObject([{ deployment: { local: LOCAL }, serverOrigin: null }]);
    expect(() =>
      deployed({ widgets: [widget({ ...own, html: `${LOCAL} http://localhost:4000` })], servers: [] }, ORIGIN),
    ).toThrow(/several servers/);
    expect(deployed({ widgets: [widget({ ...own, html: "", meta: {} })], servers: [] }, ORIGIN).warnings).toEqual([
      expect.stringContaining("changed nothing"),
    ]);
  });

  it.each([
    "app.example.com",
    "http://app.example.com",
    "https://app.example.com/path",
    "https://localhost:3000",
    "https://user@app.example.com",
  ])("%s is no origin to be deployed at", (written) => {
    expect(() => deployed({ widgets: [widget()], servers: [] }, written)).toThrow(/takes the origin/);
  });

  it("neither files nor a server that is deployed already have a local origin", () => {
    const file = widget({ source: { kind: "html", path: "a.html" }, serverOrigin: null });
    expect(() => deployed({ widgets: [file], servers: [] }, ORIGIN)).toThrow(/has none/);
    expect(() =>
      deployed({ widgets: [widget({ serverOrigin: "https://other.example" })], servers: [] }, ORIGIN),
    ).toThrow(/local server/);
  });
});

describe("answers", () => {
  let server: Server;
  let local = "";
  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      if (url === "/away") return void response.writeHead(302, { location: `${local}/a.js?b` }).end();
      if (url === "/a.png") return void response.writeHead(200, { "content-type": "image/png" }).end(local);
      response.writeHead(200, { "content-type": "text/javascript" }).end(`fetch("${local}${url}")`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    local = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  it("are the local server's, as deployed; of another origin it has none", async () => {
    const source = deployedSource({ local, origin: ORIGIN });
    const ask = (url: string) => source(arrived({ url }));
    expect(await ask(`${ORIGIN}/a.js?v=1`)).toMatchObject({ status: 200, body: `fetch("${ORIGIN}/a.js?v=1")` });
    expect(await ask(`${ORIGIN}/away`)).toMatchObject({ status: 302, headers: { location: `${ORIGIN}/a.js?b` } });
    expect(await ask(`${ORIGIN}/a.png`)).toMatchObject({ body: Buffer.from(local) });
    expect(await ask("https://api.example.com/")).toBeNull();
    expect(await ask(`${local}/a.js`)).toBeNull();
  });

  it("of a server that is not there: nobody's", async () => {
    const source = deployedSource({ local: "http://127.0.0.1:9", origin: ORIGIN });
    expect(await source(arrived({ url: `${ORIGIN}/` }))).toBe(UNREACHABLE);
  });
});
