/** The recorder before natives that a test stands in for. */
import { afterEach, expect, it, vi } from "vitest";
import { installRecorder } from "../../../../host/emulator/guest/record.ts";

afterEach(() => vi.unstubAllGlobals());

class Peer {
  configured = 0;
  setConfiguration(_configuration: unknown): void {
    this.configured++;
  }
}

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
