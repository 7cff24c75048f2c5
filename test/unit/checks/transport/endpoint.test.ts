import endpoint from "../../../../harness/checks/transport/endpoint.ts";
import type { ServerTransport } from "../../../../harness/model/evidence/server.ts";
import { cases, transportOf } from "../server-make.ts";

const at = (url: string | null, more: Partial<ServerTransport> = {}) => ({ transport: transportOf({ url, ...more }) });
const redirecting = (redirectedTo: string) => ({
  answers: [{ method: "POST", status: 200, headers: {}, redirectedTo, count: 1 }],
});

cases(endpoint, {
  fails: [
    ["plain http", at("http://mcp.acme.dev/mcp"), "insecure error"],
    ["a tunnel", at("https://a1b2.ngrok-free.app/mcp"), "tunnel error"],
    ["a tunnel, where nothing is reviewed", at("https://a1b2.ngrok-free.app/mcp"), "tunnel warning", false],
    ["no path", at("https://mcp.acme.dev"), "no-path info"],
    ["a login in the address", at("https://user:pass@mcp.acme.dev/mcp"), "secret-in-url warning"],
    ["a masked secret in the address", at("https://mcp.acme.dev/mcp?key=[masked]"), "secret-in-url warning"],
    ["a redirect", at("https://mcp.acme.dev/mcp", redirecting("https://mcp.acme.dev/mcp/")), "redirects warning"],
    [
      "a redirect out of https",
      at("https://mcp.acme.dev/mcp", redirecting("http://mcp.acme.dev/mcp")),
      "redirects-down error",
    ],
    ["the old transport", at("https://mcp.acme.dev/sse", { kind: "sse" }), "sse warning"],
  ],
  passes: [
    ["https with a path", {}, "pass"],
    ["a command", at(null, { kind: "stdio" }), "inapplicable no-endpoint"],
    ["this machine, while it is made", at("http://localhost:3000/mcp"), "inapplicable this-machine"],
    ["a name with ngrok in it", at("https://ngrok.acme.dev/mcp"), "pass"],
  ],
});
