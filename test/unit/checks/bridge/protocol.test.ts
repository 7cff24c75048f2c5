import protocol from "../../../../harness/checks/bridge/protocol.ts";
import type { BridgeMessage } from "../../../../harness/model/evidence.ts";
import type { ViolationRule } from "../../../../harness/model/tags.ts";
import { cases } from "../cases.ts";
import { bridgeOf } from "../make.ts";

const message = (given: Partial<BridgeMessage>): BridgeMessage => ({
  direction: "to-host",
  protocol: "mcp-apps",
  kind: "request",
  method: "",
  bytes: 10,
  atMs: 1,
  ...given,
});
const spoken = (...messages: readonly Partial<BridgeMessage>[]) => ({
  bridge: bridgeOf({ handshake: "initialized", messages: messages.map(message) }),
});
const ASKED = { direction: "to-widget", method: "tools/list" } as const;
const ANSWERED = { kind: "response", method: "tools/list" } as const;
const wants = (mode: string) => spoken({ method: "ui/request-display-mode", payload: { mode } });

const declares = (availableDisplayModes: readonly string[], mode: string) =>
  spoken(
    { method: "ui/initialize", payload: { appCapabilities: { availableDisplayModes } } },
    { method: "ui/request-display-mode", payload: { mode } },
  );
const linksTo = (url: string) => ({
  bridge: bridgeOf({ handshake: "initialized", externalLinks: [{ url, safeLink: false }] }),
});

const violation = (rule: ViolationRule) => ({ rule, detail: "x", count: 1 });
const broken = (rule: ViolationRule) => ({ bridge: bridgeOf({ violations: [violation(rule)] }) });

cases(protocol, {
  fails: [
    ["clientInfo instead of appInfo", broken("app-info"), "app-info error"],
    ["a method that there is not", broken("unknown-method"), "unknown-method warning"],
    ["a message to another window", broken("misaddressed"), "misaddressed error"],
    [
      "a message to another window, from a widget that speaks to parent too",
      { bridge: bridgeOf({ ...broken("misaddressed").bridge, handshake: "initialized" }) },
      "misaddressed warning",
    ],
    [
      "a fault of the bridge itself",
      { bridge: bridgeOf({ violations: [violation("app-info"), violation("stage")] }) },
      "review stage",
    ],
    ["tools that are declared and not listed", spoken(ASKED), "tools-unlisted warning"],
    [
      "tools that are declared, and refused",
      spoken(ASKED, { ...ANSWERED, error: "Method not found" }),
      "tools-unlisted warning",
    ],
    ["a mode that the host has not", wants("pip"), "display-mode warning", "claude-desktop"],
    ["a mode that the widget itself leaves out", declares(["inline"], "fullscreen"), "mode-undeclared warning"],
    ["a link that the host does not open", linksTo("mailto:a@example.com"), "link-scheme warning", "vscode"],
  ],
  passes: [
    ["nothing broken", {}, "pass"],
    ["tools that are declared and listed", spoken(ASKED, { ...ANSWERED, payload: { tools: [] } }), "pass"],
    ["the list of the server, which the widget asks for", spoken({ method: "tools/list" }), "pass"],
    ["an answer that was not kept", { bridge: bridgeOf({ ...spoken(ASKED).bridge, dropped: 3 }) }, "pass"],
    ["a mode that the host has", wants("pip"), "pass"],
    ["a mode that the widget declares", declares(["inline", "fullscreen"], "fullscreen"), "pass"],
    ["a link that the host opens", linksTo("https://example.com/"), "pass", "vscode"],
    ["a link over a scheme that no source speaks of", linksTo("mailto:a@example.com"), "pass"],
    ["a mode that there is not is another finding", wants("popup"), "pass", "claude-desktop"],
  ],
});
