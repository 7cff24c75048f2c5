/** The recorder before natives that a test stands in for. */
import { runInNewContext } from "node:vm";
import { afterEach, expect, it, vi } from "vitest";
import { installRecorder } from "../../../../host/emulator/guest/record.ts";

afterEach(() => vi.unstubAllGlobals());

class Peer {
  configured = 0;
  setConfiguration(_configuration: unknown): void {
    this.configured++;
  }
}

/** A clipboard whose answer the test gives, in a page that denies it. */
function refusingClipboard(answer: () => unknown, options = {}) {
  class Clipboard {
    writeText(): unknown {
      return answer();
    }
  }
  for (const name of ["Element", "HTMLElement", "Document"]) vi.stubGlobal(name, { prototype: {} });
  vi.stubGlobal("document", { featurePolicy: { allowsFeature: () => false } });
  vi.stubGlobal("Clipboard", Clipboard);
  const leaving: (() => void)[] = [];
  vi.stubGlobal("addEventListener", (type: string, work: () => void) => type === "pagehide" && leaving.push(work));
  const told: unknown[] = [];
  installRecorder(({ api, returned, blocked }) => told.push([api, returned, blocked]), options);
  return { clipboard: new Clipboard(), told, leave: () => leaving.forEach((work) => work()) };
}
const refused = (returned: string) => [["clipboard.writeText", returned, true]];

it("a promise of another realm is waited for, as one's own", async () => {
  for (const realm of [(code: string) => runInNewContext(code) as unknown, (code: string) => eval(code) as unknown]) {
    const { clipboard, told } = refusingClipboard(() => realm("Promise.reject(new RangeError('no'))"));
    await expect(clipboard.writeText()).rejects.toThrow("no");
    expect(told).toEqual(refused("RangeError"));
  }
});

it("what is no promise is told at once", () => {
  const { clipboard, told } = refusingClipboard(() => ({ then: 1 }));
  clipboard.writeText();
  expect(told).toEqual([["clipboard.writeText", "an object", false]]);
});

it("a call in a frame that is removed meanwhile is told, once", () => {
  const never = () => new Promise(() => undefined);
  const { clipboard, told, leave } = refusingClipboard(never, { mayVanish: true });
  clipboard.writeText();
  leave();
  leave();
  expect(told).toEqual(refused("nothing, as its frame was removed"));
  const own = refusingClipboard(never);
  own.clipboard.writeText();
  own.leave();
  expect(own.told, "the widget's own document ends with the run").toEqual([]);
});

it("servers of a peer connection are told, whenever they are named", () => {
  for (const name of ["Element", "HTMLElement", "Document"]) vi.stubGlobal(name, { prototype: {} });
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("RTCPeerConnection", Peer);
  const told: string[] = [];
  installRecorder(({ api, returned }) => told.push(`${api} ${returned}`));
  const peer = new (globalThis as unknown as { RTCPeerConnection: typeof Peer }).RTCPeerConnection();
  peer.setConfiguration({ bundlePolicy: "balanced" });
  peer.setConfiguration({ iceServers: [{ urls: ["stun:a.example", "turn:b.example"] }, { urls: "stun:c.example" }] });
  expect(told).toEqual(["RTCPeerConnection ", "RTCPeerConnection stun:a.example turn:b.example stun:c.example"]);
  expect(peer.configured).toBe(2);
});
