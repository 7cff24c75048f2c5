import height from "../../../../harness/checks/render/height.ts";
import { cases } from "../cases.ts";
import { bridgeOf, documentOf } from "../make.ts";

cases(height, {
  fails: [
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
  ],
});
