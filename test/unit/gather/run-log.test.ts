import { expect, it } from "vitest";
import { isAwaited } from "../../../harness/gather/witness/on-network.ts";
import type { EventName } from "../../../harness/gather/browser/protocol.ts";
import { pageHandlers } from "../../../harness/gather/witness/on-page.ts";
import type { Session } from "../../../harness/gather/witness/session.ts";
import { RunLog, type SeenRequest } from "../../../harness/gather/witness/run-log.ts";

const request = (url: string): SeenRequest => ({
  channel: "network",
  url,
  method: "GET",
  kind: "worker",
  role: "inner",
  place: null,
  hops: [],
  isForm: false,
  requestOrigin: null,
  state: "pending",
  atMs: 0,
});

it("a worker that has ended is not waited for: neither what it asked for nor its own script", () => {
  const log = new RunLog(10);
  const [script, other] = ["blob:https://w.example/1", "https://api.example.com/"];
  log.requests.set("script", request(script)).set("own", request(other)).set("widget", request(other));
  log.inFlight.set("script", "page").set("own", "worker").set("widget", "page");
  log.starting.add("worker");
  log.forget("worker", script);
  expect([...log.inFlight.keys()]).toEqual(["widget"]);
  expect(log.starting.size).toBe(0);
});

it.each([
  ["Fetch", "https://api.example.com/", true],
  ["Other", "https://w.example/worker.js", true],
  ["Other", "blob:https://w.example/1", false],
  ["Script", "blob:https://w.example/1", false],
  ["EventSource", "https://api.example.com/", false],
] as const)("the end of a %s of %s is waited for: %s", (type, url, expected) =>
  expect(isAwaited(type, url)).toBe(expected),
);

it("a rejection that is handled late is none, and one that is not stays", () => {
  const log = new RunLog(10);
  const session: Session = {
    ...{ id: "s", targetId: "t", type: "iframe", contextId: "c", url: "https://w.example/", isStage: false },
    parent: null,
    log,
  };
  const handler = <M extends EventName>(name: M) => {
    const of = pageHandlers[name];
    if (!of) throw new Error(`nothing handles ${name}`);
    return of;
  };
  const reject = (exceptionId: number, text: string) =>
    handler("Runtime.exceptionThrown")(
      session,
      { timestamp: 0, exceptionDetails: { exceptionId, text, lineNumber: 0, columnNumber: 0 } },
      () => "inner",
    );
  const handleLate = (exceptionId: number) =>
    handler("Runtime.exceptionRevoked")(session, { reason: "Handler added", exceptionId }, () => "inner");
  reject(1, "one");
  reject(2, "other");
  reject(3, "other");
  for (const id of [1, 2, 9]) handleLate(id);
  expect(log.allMessages.map(({ text, count }) => [text, count])).toEqual([["other", 1]]);
  reject(4, "one");
  expect(log.allMessages.map(({ text, count }) => [text, count])).toEqual([
    ["other", 1],
    ["one", 1],
  ]);
});
