/** Lists that come in pages, and those that do not end. */
import type { Client } from "@modelcontextprotocol/client";
import { expect, it } from "vitest";
import { everyPage } from "../../../harness/sources/mcp-request.ts";

/** A client of which only requests are asked. */
const clientOf = (page: (asked: number) => object): Client => {
  let asked = 0;
  return { request: () => Promise.resolve(page(asked++)) } as unknown as Client;
};
const toolsOf = ({ tools }: Readonly<Record<string, unknown>>): readonly string[] => tools as readonly string[];

it("all pages are read, in order", async () => {
  const client = clientOf((at) => (at < 2 ? { tools: [at], nextCursor: `page ${at}` } : { tools: [at] }));
  expect(await everyPage(client, "tools/list", toolsOf)).toEqual([0, 1, 2]);
});

it.each([
  ["a cursor that comes again", () => ({ tools: [], nextCursor: "same" }), 1000, /came again/],
  ["a new cursor each time", (at: number) => ({ tools: [], nextCursor: String(at) }), 60_000, /more than 200 pages/],
  ["pages that come too slowly", (at: number) => ({ tools: [], nextCursor: String(at) }), -1, /not at its end/],
])("%s", async (_name, page, limitMs, expected) => {
  await expect(everyPage(clientOf(page), "tools/list", toolsOf, limitMs)).rejects.toThrow(expected);
});
