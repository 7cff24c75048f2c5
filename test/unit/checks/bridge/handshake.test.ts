import handshake from "../../../../harness/checks/bridge/handshake.ts";
import { cases } from "../cases.ts";
import { bridgeOf, documentOf, line, propsOf, stub } from "../make.ts";

const missed = line({
  origin: "browser",
  text: "Failed to execute 'postMessage' on 'DOMWindow': The target origin provided ('https://chatgpt.com') does not match",
});
const reads = { fields: [{ path: "$.a", state: "read", bytes: 1 }], opaque: [] } as const;

cases(handshake, {
  fails: [
    ["a host that rejects it", { bridge: bridgeOf({ handshake: "rejected" }) }, "rejected error"],
    [
      "initialized is never sent",
      { bridge: bridgeOf({ handshake: "initialize-sent", surfaces: ["mcp-apps"] }) },
      "unfinished error",
    ],
    [
      "the run ended before it",
      { bridge: bridgeOf({ handshake: "initialize-sent" }), document: documentOf({ ended: "time-limit" }) },
      "review ended-early",
    ],
    ["messages without a handshake", { bridge: bridgeOf({ surfaces: ["mcp-apps"] }) }, "absent error"],
    ["a message to another origin", { console: [missed] }, "misaddressed error"],
    [
      "a message to another origin, with data of window.openai",
      { console: [missed], props: propsOf({ reads }) },
      "misaddressed warning",
    ],
    ["a script that was not run", { network: [stub("script")] }, "review script-stubbed"],
    ["no window.openai, and no handshake", {}, "unused error", "mcp-apps"],
  ],
  passes: [
    ["done", { bridge: bridgeOf({ handshake: "initialized" }) }, "pass", "mcp-apps"],
    [
      "done, and a message lost beside it",
      { bridge: bridgeOf({ handshake: "initialized" }), console: [missed] },
      "pass",
    ],
    ["window.openai is enough in ChatGPT", {}, "inapplicable other-bridge"],
    ["a stubbed image runs no code", { network: [stub("image")] }, "inapplicable other-bridge"],
    [
      "there is nothing to miss",
      { props: propsOf({ sizes: { ...propsOf().sizes, structuredContent: 0 } }) },
      "inapplicable no-data",
      "mcp-apps",
    ],
  ],
});
