/** Messages between us and a server, as they are listened to. */
import type { JSONRPCMessage, Transport } from "@modelcontextprotocol/client";
import { expect, it } from "vitest";
import { Traffic } from "../../../harness/sources/traffic.ts";

it("a server that asks without end is answered a few hundred times, and our own requests go on", async () => {
  const sent: JSONRPCMessage[] = [];
  const transport: Transport = {
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    send: (message) => Promise.resolve(void sent.push(message)),
  };
  new Traffic().listen(transport);
  for (let id = 0; id < 2000; id += 1) await transport.send({ jsonrpc: "2.0", id, result: {} });
  await transport.send({ jsonrpc: "2.0", id: 1, method: "ping" });
  expect(sent.length).toBeLessThan(500);
  expect(sent.at(-1)).toMatchObject({ method: "ping" });
});
