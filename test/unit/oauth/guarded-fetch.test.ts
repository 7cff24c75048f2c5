import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Resolve } from "../../../harness/lib/local-address.ts";
import { fetchFor, mayAsk, mayProbe } from "../../../harness/oauth/guarded-fetch.ts";
import { configFolder, LoginStore } from "../../../harness/oauth/store.ts";

it.each([
  ["https://auth.example.com/x", "https://mcp.example.com/mcp", true],
  ["http://auth.example.com/x", "https://mcp.example.com/mcp", false],
  ["http://127.0.0.1:8080/x", "https://mcp.example.com/mcp", false],
  ["https://localhost/x", "https://mcp.example.com/mcp", false],
  ["http://127.0.0.1:8080/x", "http://localhost:3000/mcp", true],
  ["https://user:pass@auth.example.com/x", "https://mcp.example.com/mcp", false],
  ["file:///etc/passwd", "https://mcp.example.com/mcp", false],
])("%s, named by %s: %s", (address, server, may) => expect(mayAsk(new URL(address), new URL(server))).toBe(may));

it.each([
  ["http://mcp:8080/mcp", true],
  ["http://mcp:8080/.well-known/oauth-protected-resource", true],
  ["http://mcp:9090/mcp", false],
  ["http://10.0.0.1/", false],
  ["http://user:pass@mcp:8080/mcp", false],
])("a server without https is asked itself, and leads to nothing: %s: %s", (address, may) =>
  expect(mayProbe(new URL(address), new URL("http://mcp:8080/mcp"))).toBe(may),
);

it("logins lie in the user's config folder, one file an endpoint", () => {
  const env = { XDG_CONFIG_HOME: "/config" };
  expect(configFolder(env)).toBe("/config/sandglass");
  const store = new LoginStore(env);
  expect(store.fileOf("https://a.example/mcp")).not.toBe(store.fileOf("https://a.example/other"));
  expect(store.fileOf("https://a.example:443/mcp")).toBe(store.fileOf("https://a.example/mcp"));
});

describe("what the address is looked up as", () => {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    if (request.url === "/away") response.writeHead(302, { location: "/elsewhere" }).end();
    else response.writeHead(200, { "content-type": "application/json", "set-cookie": ["a=1", "b=2"] }).end('{"a":1}');
  });
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const resolving =
    (hosts: Readonly<Record<string, string>>): Resolve =>
    (host) =>
      Promise.resolve([{ address: hosts[host] ?? host, family: 4 }]);

  it.each([["10.0.0.7"], ["127.0.0.1"], ["169.254.169.254"], ["192.168.1.1"]])(
    "a server of the web leads by https to nothing at %s",
    async (address) => {
      const resolve = resolving({ "mcp.example.com": "93.184.216.34", "auth.example.com": address });
      const fetch = fetchFor("https://mcp.example.com/mcp", { resolve });
      await expect(fetch("https://auth.example.com/.well-known/openid-configuration")).rejects.toMatchObject({
        code: "LOGIN_FAILED",
        message: expect.stringContaining("on this machine or its network") as string,
      });
      expect(asked).toEqual([]);
    },
  );

  it("a server of this network may lead within it, at the address that was looked up", async () => {
    const resolve = resolving({ "mcp.corp.example": "127.0.0.1" });
    const home = `http://mcp.corp.example:${port}/mcp`;
    const fetch = fetchFor(home, { may: mayProbe, resolve });
    const response = await fetch(`http://mcp.corp.example:${port}/x`, {
      method: "POST",
      body: new URLSearchParams({ a: "1" }),
    });
    expect(await response.json()).toEqual({ a: 1 });
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(asked[0]?.headers).toMatchObject({
      host: `mcp.corp.example:${port}`,
      "content-type": expect.stringContaining("application/x-www-form-urlencoded") as string,
    });
    const away = await fetch(`http://mcp.corp.example:${port}/away`);
    expect([away.status, away.headers.get("location")]).toEqual([302, "/elsewhere"]);
  });

  it("nobody there is said", async () => {
    const gone: Resolve = () => Promise.reject(new Error("getaddrinfo ENOTFOUND auth.example.com"));
    await expect(
      fetchFor("https://mcp.example.com/mcp", { resolve: gone })("https://auth.example.com/x"),
    ).rejects.toMatchObject({
      code: "LOGIN_FAILED",
      message: expect.stringContaining("ENOTFOUND") as string,
    });
  });
});
