import { expect, it } from "vitest";
import { mayAsk, mayProbe } from "../../../harness/oauth/guarded-fetch.ts";
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
