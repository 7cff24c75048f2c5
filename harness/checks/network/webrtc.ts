import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { channelOf } from "../shared/evidence.ts";

export default defineCheck({
  id: "network/webrtc",
  title: "Widget opens no peer connection",
  severity: "warning",
  needs: ["apiUses"],
  messages: {
    constructed:
      "RTCPeerConnection is used ({count}×; servers: {servers}). No directive limits it, so reviewers see a way around the declared domains.",
  },
  source: "docs/hosts.md#chromium: STUN and TURN leave whatever the policy says",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) =>
    failOrPass(
      apiUses
        // Through the sandbox document: `network/escape` tells of it.
        .filter(({ api, initiator }) => api === "RTCPeerConnection" && initiator !== "outer")
        .map((use) => ({
          messageId: "constructed",
          data: { servers: use.returned || "none", count: use.count },
          identity: ["servers"],
          channel: channelOf(use.channels),
          ...(use.where ? { where: use.where } : {}),
        })),
    ),
});
