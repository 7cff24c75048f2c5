import webrtc from "../../../../harness/checks/network/webrtc.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

cases(webrtc, {
  fails: [
    [
      "a peer connection",
      { apiUses: [use({ api: "RTCPeerConnection", returned: "stun:stun.example:3478", blocked: false })] },
      "constructed warning",
    ],
  ],
  passes: [
    ["another API", { apiUses: [use({ api: "WebTransport" })] }, "pass"],
    [
      "one of the sandbox document, of which network/escape tells",
      { apiUses: [use({ api: "RTCPeerConnection", initiator: "outer", blocked: false })] },
      "pass",
    ],
  ],
});
