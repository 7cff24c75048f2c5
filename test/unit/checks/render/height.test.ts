import height from "../../../../harness/checks/render/height.ts";
import { cases } from "../cases.ts";
import { bridgeOf, documentOf } from "../make.ts";

cases(height, {
  fails: [
    [
      "none was reported where the host waits for one, and the content is higher",
      { document: documentOf({ contentHeight: 420 }) },
      "unreported warning",
      "claude-desktop",
    ],
    [
      "it grows with its frame",
      { bridge: bridgeOf({ lastHeight: 900, heightLoop: { height: 900, step: 32 } }) },
      "loop error",
    ],
    [
      "nothing at last",
      { bridge: bridgeOf({ lastHeight: 0 }), document: documentOf({ textLength: 5 }) },
      "collapsed error",
    ],
  ],
  passes: [
    ["a height", { bridge: bridgeOf({ lastHeight: 320 }) }, "pass"],
    [
      "nothing, when there is nothing to show",
      { bridge: bridgeOf({ lastHeight: 0 }), document: documentOf({ textLength: 0, visibleElements: 0 }) },
      "pass",
    ],
    ["none was reported", {}, "inapplicable not-reported"],
    ["the host measures by itself", { document: documentOf({ contentHeight: 420 }) }, "inapplicable not-reported"],
    [
      "the content fits",
      { document: documentOf({ contentHeight: 150 }) },
      "inapplicable not-reported",
      "claude-desktop",
    ],
    ["older evidence does not know", {}, "inapplicable not-reported", "claude-desktop"],
    [
      "the handshake failed",
      { bridge: bridgeOf({ handshake: "rejected" }), document: documentOf({ contentHeight: 420 }) },
      "inapplicable not-reported",
      "claude-desktop",
    ],
    [
      "a height was reported",
      { bridge: bridgeOf({ lastHeight: 420 }), document: documentOf({ contentHeight: 420 }) },
      "pass",
      "claude-desktop",
    ],
  ],
});
