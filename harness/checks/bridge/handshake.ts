import { defineCheck, failOrPass, inapplicable, review } from "../define-check.ts";
import type { BridgeEvidence, ConsoleEntry, PropsEvidence } from "../../model/evidence.ts";
import { senderOf, tellingStubs } from "../shared/evidence.ts";

/** Chromium's words for a message whose target is another origin than its window's. */
const MISSED = /^Failed to execute 'postMessage' on '\w+': The target origin provided \('([^']*)'\)/;

export default defineCheck({
  id: "bridge/handshake",
  title: "MCP Apps handshake is completed",
  severity: "error",
  isAboutWhole: true,
  needs: ["bridge", "console", "document", "network", "props"],
  messages: {
    rejected: "The host rejected ui/initialize, so nothing arrives. See bridge/protocol for what was wrong with it.",
    unfinished:
      "ui/initialize was answered, and ui/notifications/initialized never sent: the host sends nothing before it.",
    absent: "Messages were sent, and ui/initialize was not: the host answers none of them.",
    misaddressed:
      "A message was posted with the target {target}, and the widget's parent is the host's sandbox, on another origin: the browser does not deliver it. Post to \"*\".",
    unused: "This host has no window.openai, and the widget did not start the MCP Apps handshake: it gets no data.",
  },
  reasons: {
    "ended-early": "the run ended ({ended}) before the handshake did",
    "script-stubbed": "the widget's code was not run: {url} got a stub for an answer",
    "other-bridge": "the widget does not use the MCP Apps bridge",
    "no-data": "there is no data that the widget could miss",
  },
  source: "ext-apps specification/2026-01-26/apps.mdx, lifecycle; ohmywind #78",
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ bridge, console, document, network, props }, { profile }) {
    if (bridge.handshake === "initialized") return { outcome: "pass" };
    const lost = misaddressed(bridge, console, props);
    if (lost) return lost;
    // Where it does not ask for the handshake, the place of what it sends instead.
    const where = senderOf(bridge, "ui/initialize") ?? bridge.senders?.[0]?.where;
    const fail = (messageId: "rejected" | "unfinished" | "absent" | "unused") =>
      ({
        outcome: "fail",
        findings: [{ messageId, data: {}, channel: "stage", ...(where ? { where } : {}) }],
      }) as const;
    if (bridge.handshake === "rejected") return fail("rejected");
    if (bridge.handshake === "initialize-sent")
      return document.ended === "settled" ? fail("unfinished") : review("ended-early", { ended: document.ended });
    const stubbed = tellingStubs(network).find(({ kind }) => kind === "script");
    if (stubbed) return review("script-stubbed", { url: stubbed.url });
    if (bridge.surfaces.includes("mcp-apps")) return fail("absent");
    if (profile.bridge.windowOpenai.value) return inapplicable("other-bridge");
    if (props.sizes.structuredContent + props.sizes.content === 0) return inapplicable("no-data");
    return fail("unused");
  },
});

/** Its messages are delivered to nobody; a widget that has its data of window.openai lost a message, and not its data. */
function misaddressed(bridge: BridgeEvidence, console: readonly ConsoleEntry[], props: PropsEvidence) {
  const missed = console.find(({ text }) => MISSED.test(text));
  if (!missed || bridge.handshake !== "none") return null;
  const hasData = props.reads?.fields.some(({ state }) => state !== "unread") ?? false;
  return failOrPass([
    {
      messageId: "misaddressed",
      data: { target: MISSED.exec(missed.text)?.[1] ?? null },
      channel: "log",
      ...(missed.where ? { where: missed.where } : {}),
      ...(hasData ? { severity: "warning" } : {}),
    },
  ]);
}
