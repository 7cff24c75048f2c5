/** Messages over a pipe, and the protocol on top of them. */
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { PipeTransport } from "../../../harness/gather/browser/pipe.ts";
import { Protocol, ProtocolGone } from "../../../harness/gather/browser/protocol.ts";

interface Sent {
  readonly id: number;
  readonly method: string;
  readonly sessionId?: string;
}

/** A protocol whose other end is in the test's hands. */
function connected() {
  const into = new PassThrough();
  const outOf = new PassThrough();
  const protocol = new Protocol(new PipeTransport(into, outOf));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    protocol,
    turn,
    tell: (message: object) => outOf.write(`${JSON.stringify(message)}\0`),
    write: (bytes: Buffer) => outOf.write(bytes),
    hangUp: () => outOf.destroy(),
    sent: async (): Promise<Sent[]> => {
      await turn();
      const text = String((into.read() as Buffer | null) ?? "");
      return text
        .split("\0")
        .filter(Boolean)
        .map((one) => JSON.parse(one) as Sent);
    },
  };
}

it("reads messages that arrive in pieces, several at once, and with letters of several bytes", async () => {
  const { protocol, write, turn } = connected();
  const seen: unknown[] = [];
  protocol.onEvent(({ params }) => void seen.push(params));
  const text = ["ä€", "b", "𝄞"].map((one) => `${JSON.stringify({ method: "Page.x", params: one })}\0`).join("");
  for (const byte of Buffer.from(text)) {
    write(Buffer.from([byte]));
    await turn();
  }
  write(Buffer.from(text));
  await turn();
  expect(seen).toEqual(["ä€", "b", "𝄞", "ä€", "b", "𝄞"]);
});

it("answers what was asked, and rejects with the browser's own words", async () => {
  const { protocol, sent, tell } = connected();
  const right = protocol.send("Browser.getVersion", {});
  const wrong = protocol.send("Page.enable", {}, "s");
  const messages = await sent();
  expect(messages.map(({ method, sessionId }) => [method, sessionId])).toEqual([
    ["Browser.getVersion", undefined],
    ["Page.enable", "s"],
  ]);
  tell({ id: messages[1]?.id, error: { message: "no such session" } });
  tell({ id: messages[0]?.id, result: { product: "Chrome/1" } });
  await expect(right).resolves.toEqual({ product: "Chrome/1" });
  await expect(wrong).rejects.toThrow("no such session");
});

it("what waits for a target that goes, or for a browser that goes, is told so", async () => {
  const { protocol, tell, hangUp } = connected();
  const ofTarget = protocol.send("Page.enable", {}, "s");
  const ofBrowser = protocol.send("Browser.getVersion", {});
  tell({ method: "Target.detachedFromTarget", params: { sessionId: "s" } });
  await expect(ofTarget).rejects.toBeInstanceOf(ProtocolGone);
  hangUp();
  await expect(ofBrowser).rejects.toBeInstanceOf(ProtocolGone);
  await protocol.gone;
  expect(protocol.isGone).toBe(true);
  await expect(protocol.send("Browser.getVersion", {})).rejects.toBeInstanceOf(ProtocolGone);
});

it("a browser that was gone before anybody listened is gone", async () => {
  const outOf = new PassThrough();
  const transport = new PipeTransport(new PassThrough(), outOf);
  const closed = new Promise((resolve) => outOf.once("close", resolve));
  outOf.destroy();
  await closed;
  await expect(new Protocol(transport).send("Browser.getVersion", {})).rejects.toBeInstanceOf(ProtocolGone);
});

it("the events of a lent session, and of those attached through it, go to its client alone", async () => {
  const { protocol, tell, turn } = connected();
  const ours: string[] = [];
  const theirs: string[] = [];
  protocol.onEvent(({ method }, sessionId) => void ours.push(`${sessionId} ${method}`));
  protocol.lend("lent", ({ method }, sessionId) => void theirs.push(`${sessionId} ${method}`));
  tell({ method: "Target.attachedToTarget", params: { sessionId: "child" }, sessionId: "lent" });
  tell({ method: "Page.loadEventFired", params: {}, sessionId: "child" });
  tell({ method: "Page.loadEventFired", params: {}, sessionId: "other" });
  await turn();
  expect(theirs).toEqual(["lent Target.attachedToTarget", "child Page.loadEventFired"]);
  expect(ours).toEqual(["other Page.loadEventFired"]);
});

it("a relayed answer keeps its place among the events, and says when the target is gone", async () => {
  const { protocol, sent, tell, turn } = connected();
  const seen: unknown[] = [];
  protocol.lend("lent", ({ method }) => void seen.push(method));
  protocol.relay({ method: "Page.enable", sessionId: "lent" }, ({ result }) => void seen.push(result));
  protocol.relay({ method: "Page.reload", sessionId: "lent" }, ({ error }) => void seen.push(error?.message));
  const [first] = await sent();
  tell({ id: first?.id, result: "enabled" });
  tell({ method: "Page.loadEventFired", params: {}, sessionId: "lent" });
  tell({ method: "Target.detachedFromTarget", params: { sessionId: "lent" } });
  await turn();
  expect(seen).toEqual(["enabled", "Page.loadEventFired", "the target is gone"]);
});
