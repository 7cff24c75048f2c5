import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Har } from "har-format";
import { afterAll, beforeAll, expect, it } from "vitest";
import { UNREACHABLE, type AnswerSource } from "../../../harness/gather/network/answers.ts";
import { openLive, openRecording } from "../../../harness/gather/network/recording.ts";
import { A, arrived } from "./make.ts";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "sandglass-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const text = async (source: AnswerSource, url = A) => {
  const answer = await source(arrived({ url }));
  return typeof answer === "symbol" ? answer : answer && String(answer.body);
};

it("equal requests get their answers in order, then the last, and each rendering starts anew", async () => {
  const entries = ["one", "two"].map((body) => ({
    request: { method: "GET", url: A },
    response: { status: 200, headers: [], content: { text: body } },
  }));
  const path = join(folder, "order.har");
  await writeFile(path, JSON.stringify({ log: { entries } }));
  const replay = await openRecording(path);
  for (const source of [replay(), replay()])
    expect([await text(source), await text(source), await text(source)]).toEqual(["one", "two", "two"]);
  expect(await text(replay(), `${A}?other`)).toBe("one");
});

it("a server that refuses or is silent is no answer, and is not recorded", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const live = openLive((url) => url, { timeoutMs: 50, allowLocal: [`127.0.0.1:${port}`] });
  expect(await text(live.source, `http://127.0.0.1:${port}/`)).toBe(UNREACHABLE);
  silent.closeAllConnections();
  await new Promise((resolve) => silent.close(resolve));
  expect(await text(live.source, `http://127.0.0.1:${port}/`)).toBe(UNREACHABLE);
  const path = join(folder, "live.har");
  await live.save(path);
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ log: { entries: [] } });
});

it("what was recorded is HAR 1.2, replays byte for byte, and keeps nothing of the request but its address", async () => {
  const bytes = Buffer.from([0, 255, 10, 128]);
  const server = createServer((_request, response) => {
    response.writeHead(201, { "content-type": "image/x-test", "set-cookie": "id=1" }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const url = `http://${host}/pixel`;
  const live = openLive((text) => text, { allowLocal: [host] });
  await live.source(arrived({ url, headers: { authorization: "Bearer of mine" } }));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const path = join(folder, "full.har");
  await live.save(path);
  const { log } = JSON.parse(await readFile(path, "utf8")) as Har;
  expect(log.entries).toMatchObject([
    {
      startedDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      request: { method: "GET", url, headers: [], cookies: [] },
      response: { status: 201, statusText: "", cookies: [], content: { size: 4, mimeType: "image/x-test" } },
      timings: { send: 0, wait: 0, receive: 0 },
      cache: {},
    },
  ]);
  expect(JSON.stringify(log)).not.toMatch(/of mine|id=1/);
  const answer = await (await openRecording(path))()(arrived({ url }));
  expect(answer).toMatchObject({ status: 201, headers: { "content-type": "image/x-test" }, body: bytes });
});

it("a file of others: what nothing can be answered with is passed over, and so are headers that no server sends", async () => {
  const good = {
    request: { method: "GET", url: A },
    response: { status: 200, headers: [], content: { text: "good" } },
  };
  const headers = [null, 5, { name: 5, value: {} }, { name: "a\r\nb", value: "c" }, { name: "d", value: "e\r\nf" }];
  const entries: unknown[] = [
    null,
    5,
    {},
    { request: null },
    { ...good, request: { method: "GET", url: 5 } },
    { ...good, request: { method: {}, url: A } },
    { ...good, response: null },
    { ...good, response: { ...good.response, status: "abc" } },
    { ...good, response: { ...good.response, status: 99_999 } },
    { ...good, response: { ...good.response, content: { text: 5, encoding: "base64" } } },
    { ...good, response: { ...good.response, headers: [...headers, { name: "X-Kept", value: "yes" }] } },
  ];
  const path = join(folder, "others.har");
  await writeFile(path, JSON.stringify({ log: { entries } }));
  const answer = await (await openRecording(path))()(arrived({ url: A }));
  expect(answer).toEqual({ status: 200, headers: { "x-kept": "yes" }, body: "good" });
  expect(await text((await openRecording(path))(), "https://other.example/")).toBeNull();
});
