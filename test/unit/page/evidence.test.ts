/** Evidence of the page says what evidence of `check` says of the same thing. */
import { describe, expect, it, vi } from "vitest";
import { EMPTY, type LiveSnapshot } from "../../../host/page/state/live-log.ts";
import { profiles } from "../../../host/profiles/index.ts";
import type { StageAnswer } from "../../../host/server/types.ts";

vi.stubGlobal("navigator", { userAgent: "Chrome/156" });
const { liveEvidence } = await import("../../../host/page/evidence/evidence.ts");

const stage = {
  id: 1,
  boot: {
    profile: profiles.chatgpt,
    frame: { outerOrigin: "http://w.localhost:1" },
    toolResult: { structuredContent: { city: "Lisbon" } },
  },
  hostedOrigin: "https://w.web-sandbox.oaiusercontent.com",
  devServers: [],
  policy: { effective: [] },
} as unknown as StageAnswer;
const inspector = {
  text: (_: string, masked: string) => ({ masked, detections: [], limits: [] }),
  value: (_: string, masked: unknown) => ({ masked, detections: [], limits: [] }),
  place: () => undefined,
};
function artifactsOf(live: Partial<LiveSnapshot>) {
  const { artifacts } = liveEvidence({
    live: { ...EMPTY, stage, ...live },
    widget: { name: "w", source: { kind: "html", path: "w.html" } },
    profile: "chatgpt",
    scenario: "default",
    inventedArguments: false,
    source: { status: "failed", error: { code: "X", message: "" } },
    inspector: inspector as never,
  });
  return artifacts;
}
const violation = (blockedUrl: string) =>
  ({
    type: "violation",
    blockedUrl,
    directive: "img-src",
    policy: "",
    disposition: "enforce",
    sourceFile: "",
    line: 0,
    column: 0,
    sample: "",
    atMs: 1,
  }) as const;
const networkOf = (blockedUrl: string) => {
  const { network } = artifactsOf({ violations: [violation(blockedUrl)] });
  return network.status === "ok" ? network.value[0] : undefined;
};
const readsOf = (handshake: LiveSnapshot["handshake"]) => {
  const { props } = artifactsOf({ handshake, reads: { type: "reads", fields: [], opaque: [] } });
  return props.status === "ok" ? props.value.reads : undefined;
};

describe("blocked addresses that a browser names by their scheme", () => {
  it.each(["blob", "data"])("%s has its colon, as in check", (scheme) =>
    expect(networkOf(scheme)).toMatchObject({
      url: expect.stringMatching(`^${scheme}:`),
      kind: "image",
      blockClass: "csp-inexpressible",
    }),
  );
  it("leaves whole addresses alone", () =>
    expect(networkOf("https://data.example/blob")?.url).toBe("https://data.example/blob"));
});

describe("reads of the tool's output", () => {
  it("are not told when the result went out as a message", () => expect(readsOf("initialized")).toBeNull());
  it("are told of a widget that uses window.openai", () =>
    expect(readsOf("none")?.fields).toEqual([expect.objectContaining({ path: "$.city", state: "unread" })]));
});
