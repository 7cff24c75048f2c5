/** `--network live` on a machine with services of its own: none of them is asked unless it was named. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LOCAL, UNREACHABLE } from "../../../harness/gather/network/answers.ts";
import { liveAsker } from "../../../harness/gather/network/live.ts";
import { isLocalAddress, type Resolve } from "../../../harness/lib/local-address.ts";
import { readHostPort } from "../../../harness/model/host-port.ts";
import { A, arrived, attemptsFrom } from "./make.ts";
import { arrival, request } from "./raw.ts";

let server: Server;
let port: number;
let asked: string[] = [];
const answers: Record<
  string,
  (request: IncomingMessage) => { status?: number; headers?: Record<string, string>; body?: Buffer | string }
> = {
  "/away": () => ({ status: 302, headers: { location: `http://127.0.0.1:${port}/secret` } }),
  "/packed": () => ({ headers: { "content-encoding": "gzip" }, body: gzipSync("unpacked") }),
  "/broken": () => ({ headers: { "content-encoding": "gzip" }, body: "no gzip" }),
};

beforeAll(async () => {
  server = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.headers.host}${incoming.url}`);
    const { status = 200, headers = {}, body = "secret" } = answers[incoming.url ?? ""]?.(incoming) ?? {};
    response.writeHead(status, headers).end(incoming.method === "HEAD" ? "" : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
});
beforeEach(() => void (asked = []));
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

/** A name that is at these addresses, and how often it was looked up. */
function names(...addresses: string[]): { resolve: Resolve; lookups: string[] } {
  const lookups: string[] = [];
  const resolve: Resolve = (host) => {
    lookups.push(host);
    return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
  };
  return { resolve, lookups };
}

describe("what is not asked", () => {
  test.each(["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])(
    "http://%s",
    async (host) => {
      expect(await liveAsker()(arrived({ url: `http://${host}:${port}/`, method: "POST" }))).toBe(LOCAL);
      expect(asked).toEqual([]);
    },
  );

  test.each([["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::1"], ["169.254.169.254"]])(
    "a public name that is at %s",
    async (...addresses) => {
      const ask = liveAsker({ resolve: names(...addresses).resolve });
      expect(await ask(arrived({ url: `http://public.example:${port}/` }))).toBe(LOCAL);
      expect(asked).toEqual([]);
    },
  );

  test("where an answer leads: it is handed on, and asked for anew", async () => {
    const { resolve } = names("127.0.0.1");
    const ask = liveAsker({ resolve, allowLocal: [`public.example:${port}`] });
    const answer = await ask(arrived({ url: `http://public.example:${port}/away` }));
    expect(answer).toMatchObject({ status: 302, headers: { location: `http://127.0.0.1:${port}/secret` } });
    expect(asked).toEqual([`GET public.example:${port}/away`]);
    expect(await ask(arrived({ url: `http://127.0.0.1:${port}/secret` }))).toBe(LOCAL);
    expect(asked).toHaveLength(1);
  });

  test("another port of a host that was named", async () => {
    const ask = liveAsker({ allowLocal: [`127.0.0.1:${port + 1}`, "127.0.0.1:80"] });
    expect(await ask(arrived({ url: `http://127.0.0.1:${port}/` }))).toBe(LOCAL);
    expect(asked).toEqual([]);
  });
});

describe("what is asked", () => {
  test("a machine that was named, at the address that was looked up once", async () => {
    const { resolve, lookups } = names("127.0.0.1");
    const ask = liveAsker({ resolve, allowLocal: [`intern.example:${port}`] });
    const answer = await ask(arrived({ url: `http://intern.example:${port}/x` }));
    expect(answer).toMatchObject({ status: 200, body: Buffer.from("secret") });
    expect(asked).toEqual([`GET intern.example:${port}/x`]);
    expect(lookups).toEqual(["intern.example"]);
  });

  test("bodies arrive unpacked, the empty one of HEAD too; what cannot be unpacked is no answer", async () => {
    const ask = liveAsker({ allowLocal: [`127.0.0.1:${port}`] });
    const url = `http://127.0.0.1:${port}/packed`;
    const answer = await ask(arrived({ url }));
    expect(answer).toMatchObject({ body: Buffer.from("unpacked") });
    expect(answer).not.toHaveProperty("headers.content-encoding");
    expect(await ask(arrived({ url, method: "HEAD" }))).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    expect(await ask(arrived({ url: `http://127.0.0.1:${port}/broken` }))).toBe(UNREACHABLE);
  });
});

test.each([
  "10.0.0.1",
  "100.64.0.1",
  "100.100.100.200",
  "168.63.129.16",
  "169.254.169.254",
  "172.31.255.255",
  "192.168.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::7f00:1",
  "fe80::1%eth0",
  "fd00:ec2::254",
  "::ffff:10.0.0.1",
  "::ffff:a9fe:a9fe",
  "64:ff9b::127.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "2002:7f00:1::",
  "no address",
])("%s is of this network", (address) => expect(isLocalAddress(address)).toBe(true));
test.each([
  "1.1.1.1",
  "172.32.0.1",
  "192.169.0.1",
  "2606:4700::1111",
  "64:ff9b::101:101",
  "64:ff9b::1.1.1.1",
  "::ffff:1.1.1.1",
])("%s is not", (address) => expect(isLocalAddress(address)).toBe(false));

test("a host and its port, as an option writes them", () => {
  expect(
    ["LocalHost:3000", "localhost:80", "[::1]:8080", "localhost.:3000", "bücher.example:443"].map(readHostPort),
  ).toEqual(["localhost:3000", "localhost:80", "[::1]:8080", "localhost:3000", "xn--bcher-kva.example:443"]);
  expect(
    ["localhost", "http://localhost:3000", "localhost:0", "localhost:99999", "a:b@c:1", ":80", ""].map(readHostPort),
  ).toEqual(Array.from({ length: 7 }, () => null));
});

test.each([
  [A, "unreachable"],
  ["http://127.0.0.1:3000/x", "local-network"],
])("%s, which was not asked, is told as %s", (url, blockClass) => {
  const refused = arrival(url, { answeredBy: "refused-local", status: 0 });
  expect(attemptsFrom({ requests: [request(url)], arrivals: [refused] })).toMatchObject([
    { answeredBy: "refused-local", blockClass },
  ]);
  expect(attemptsFrom({ arrivals: [refused] })).toMatchObject([
    { outcome: "failed", answeredBy: "refused-local", blockClass },
  ]);
});
