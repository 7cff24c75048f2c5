/** ChatGPT as it was captured on a day: what is dated otherwise is as in `chatgpt`. */
import { chatgpt } from "./chatgpt.ts";
import { fact } from "./sourced.ts";
import type { HostProfile } from "./types.ts";

const CAPTURE = "MCPJam/inspector seed-host-template.ts, DevTools capture (PR #2143)";

/** What a capture of the day settles is no longer contested for it. */
const without = (...names: readonly string[]) => chatgpt.assumptions.filter(({ name }) => !names.includes(name));

/** The frame delegated the clipboard. */
export const chatgpt20260518: HostProfile = {
  ...chatgpt,
  id: "chatgpt@2026-05-18",
  title: "ChatGPT of 2026-05-18",
  summary:
    "A published app as captured in May 2026: the frame delegates clipboard-write, and no style variables are sent.",
  innerPolicy: {
    ...chatgpt.innerPolicy,
    confidence: "low",
    note: "the text is that of 2026-10-02, the first that was read whole; console strings of 2026-01 to 2026-07 agree with its script-src, style-src-elem and base-uri",
  },
  frames: {
    ...chatgpt.frames,
    outerAllow: fact(
      "clipboard-write *; local-network-access *; microphone *; midi *",
      "high",
      CAPTURE,
      "2026-05-18",
      "third-party app",
    ),
  },
  bridge: {
    ...chatgpt.bridge,
    styles: fact(null, "medium", "MCPJam's profile of ChatGPT", "2026-05"),
  },
  assumptions: without("clipboard-write"),
};

/** The policy that was read out of the sandbox's own code, in the frames of the capture before it. */
export const chatgpt20261002: HostProfile = {
  ...chatgpt,
  id: "chatgpt@2026-10-02",
  title: "ChatGPT of 2026-10-02",
  summary: "A published app as read in October 2026, in the frames captured on 2026-09-23.",
};
