import protocol from "../../../../harness/checks/transport/protocol.ts";
import type { ServerTransport } from "../../../../harness/model/evidence/server.ts";
import { cases, identityOf, resourcesOf, transportOf } from "../server-make.ts";

const transport = (given: Partial<ServerTransport>) => ({ transport: transportOf(given) });
const answering = (status: number, type: string | null, kind: ServerTransport["kind"] = "streamable-http") =>
  transport({
    kind,
    answers: [
      { method: "POST", status, headers: type === null ? {} : { "content-type": type }, redirectedTo: null, count: 2 },
    ],
  });

cases(protocol, {
  fails: [
    ["a banner on stdout", transport({ strayOutput: "Server running on stdio" }), "stray-output error"],
    [
      "a process that ended",
      transport({ kind: "stdio", url: null, ended: { how: "code", value: "1" }, stderr: "TypeError: x" }),
      "ended error",
    ],
    ["an old version", { identity: identityOf({ protocolVersion: "2024-11-05" }) }, "old-version warning"],
    ["UI and no capability", { identity: identityOf({ capabilities: { tools: {} } }) }, "no-resources warning"],
    ["sampling", transport({ requests: ["sampling/createMessage", "ping"] }), "server-requests info"],
    ["HTML as an answer", answering(200, "text/html"), "content-type error"],
    ["an answer without a type", answering(200, null), "content-type error"],
    ["a fault of the server", answering(502, "text/html"), "server-error warning"],
  ],
  passes: [
    ["all as it should be", {}, "pass"],
    ["a stream", answering(200, "text/event-stream; charset=utf-8"), "pass"],
    ["JSON with a charset", answering(200, "application/json; charset=utf-8"), "pass"],
    ["accepted, without a body", answering(202, null), "pass"],
    [
      "a server without UI needs no resources",
      { identity: identityOf({ capabilities: { tools: {} } }), resources: resourcesOf({ reads: [] }) },
      "pass",
    ],
    ["a newer version", { identity: identityOf({ protocolVersion: "2026-07-28" }) }, "pass"],
  ],
});
