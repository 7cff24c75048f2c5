import { defineCheck, failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import type { BridgeEvidence } from "../../model/evidence.ts";
import { senderOf } from "../shared/evidence.ts";

/** A frame lower than this shows nothing, CSS pixels. */
const SEEN_PX = 8;

/** How a widget reports its height, in each of the bridges. */
const SIZE_METHODS = ["ui/notifications/size-changed", "notifyIntrinsicHeight"];

export default defineCheck({
  id: "render/height",
  title: "Widget's height is that of its content",
  severity: "error",
  isAboutWhole: true,
  needs: ["bridge", "document"],
  messages: {
    loop: "The height that the widget reports grows with its frame: it was given {frame} px, and at once asked for {height}, {step} more. Report the height of the content, and leave out 100vh, 100% of html and body, and min-height in vh.",
    collapsed:
      "The widget reports a height of {height} px at last: its frame shows nothing. Report the height of the content, and nothing before there is some.",
    unreported:
      "The widget reports no height, and {host} keeps an inline frame at {frame} px until one is reported: of {height} px the rest is cut off, or has to be scrolled. Send ui/notifications/size-changed with the height of the content whenever it changes (App of the SDK does it with autoResize).",
  },
  reasons: {
    "not-reported": "the widget reports no height",
  },
  source:
    "docs/hosts.md#mcp-apps: a host sizes an inline frame by ui/notifications/size-changed; specification 2026-01-26",
  breaksAtRunTime: true,
  run({ bridge, document }, { profile }) {
    const { heightLoop, lastHeight } = bridge;
    const frame = profile.bridge.unreportedHeight.value;
    const height = document.contentHeight ?? 0;
    if (lastHeight === undefined && frame !== null && height > frame && mayReport(bridge))
      return failOrPass([
        {
          messageId: "unreported",
          data: { host: profile.title, frame, height },
          identity: [],
          channel: "stage",
          severity: "warning",
        },
      ]);
    const findings: RawFinding<"loop" | "collapsed">[] = [];
    const sender = SIZE_METHODS.map((method) => senderOf(bridge, method)).find((where) => where !== undefined);
    const placed = sender ? { where: sender } : {};
    if (heightLoop)
      findings.push({
        messageId: "loop",
        data: { ...heightLoop, frame: heightLoop.height - heightLoop.step },
        identity: [],
        channel: "stage",
        ...placed,
      });
    // One that has nothing to show may say so.
    const shows = document.textLength > 0 || document.visibleElements > 0;
    if (lastHeight !== undefined && lastHeight < SEEN_PX && shows)
      findings.push({
        messageId: "collapsed",
        data: { height: lastHeight },
        identity: [],
        channel: "stage",
        ...placed,
      });
    return lastHeight === undefined ? inapplicable("not-reported") : failOrPass(findings);
  },
});

/** A handshake that failed has a finding of its own, and nothing that is reported after it arrives. */
const mayReport = ({ handshake }: BridgeEvidence): boolean => handshake === "initialized" || handshake === "none";
