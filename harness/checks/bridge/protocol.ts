import { isRecord } from "../../../host/csp/record.ts";
import type { DisplayMode, HostProfile } from "../../../host/profiles/types.ts";
import { defineCheck, failOrPass, review, type RawFinding } from "../define-check.ts";
import type { BridgeEvidence } from "../../model/evidence.ts";
import type { Severity } from "../../model/result.ts";
import { senderOf } from "../shared/evidence.ts";
import type { ViolationRule } from "../../model/tags.ts";

type Rule = Exclude<ViolationRule, "stage">;
/** What the messages show together, and none of them alone. */
type OwnRule = "tools-unlisted" | "display-mode" | "mode-undeclared" | "link-scheme";

const DISPLAY_MODES = ["inline", "fullscreen", "pip"] as const satisfies readonly DisplayMode[];

/** One row for each rule that the bridge can report: a new one does not compile before it has a severity. */
const SEVERITY: Readonly<Record<Rule, Severity>> = {
  malformed: "error",
  "app-info": "error",
  "app-capabilities": "error",
  "protocol-version": "error",
  "before-initialize": "error",
  "before-initialized": "warning",
  "initialize-twice": "warning",
  "unknown-method": "warning",
  "unknown-version": "warning",
  "id-reused": "warning",
  "invalid-params": "error",
  misaddressed: "error",
};

export default defineCheck({
  id: "bridge/protocol",
  title: "Messages follow the MCP Apps protocol",
  severity: "error",
  needs: ["bridge"],
  messages: {
    malformed: "A message is no JSON-RPC 2.0, and the host does not read it: {detail} ({count}×).",
    "app-info": "ui/initialize does not say which app it is: {detail} ({count}×).",
    "app-capabilities": "ui/initialize does not say what the app can do: {detail} ({count}×).",
    "protocol-version": "ui/initialize does not say which version it speaks: {detail} ({count}×).",
    "before-initialize": "{detail} was sent before ui/initialize ({count}×).",
    "before-initialized": "{detail} was sent before ui/notifications/initialized ({count}×).",
    "initialize-twice": "ui/initialize was sent more than once ({count}×).",
    "unknown-method": "{detail} is no method of MCP Apps ({count}×).",
    "unknown-version": "ui/initialize names a version that there is not: {detail} ({count}×).",
    "id-reused": "Two requests have the same id: {detail} ({count}×).",
    "invalid-params": "The parameters of a call are not as its method takes them: {detail} ({count}×).",
    misaddressed: "A message went to another window than the host's: {detail} ({count}×).",
    "tools-unlisted":
      "ui/initialize says that the app has tools, and tools/list got no list from it. Answer it, or leave appCapabilities.tools out.",
    "display-mode":
      "The widget asks for {mode}, and {host} has {modes} alone: look at availableDisplayModes of the host context first.",
    "mode-undeclared":
      "The widget asks for {mode}, and its own appCapabilities.availableDisplayModes are {modes}: no host may switch it there. Declare the mode.",
    "link-scheme": "{host} opens links over {schemes} alone, and refuses {url}.",
  } satisfies Record<Rule | OwnRule, string>,
  reasons: {
    stage: "the bridge itself failed: {detail}",
  },
  source:
    "docs/hosts.md#mcp-apps; ohmywind #78 (clientInfo instead of appInfo); ext-apps specification, Requests (Host → App), Display Modes",
  inTrials: ["pressed"],
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ bridge }, { profile }) {
    const ours = bridge.violations.find(({ rule }) => rule === "stage");
    if (ours) return review("stage", { detail: ours.detail });
    const broken = bridge.violations.filter(isOfWidget).map(({ rule, detail, method, count }) => {
      const where = senderOf(bridge, method);
      return {
        messageId: rule,
        data: { detail, count },
        identity: ["detail"],
        channel: "stage" as const,
        severity: severityOf(rule, bridge.handshake),
        ...(where ? { where } : {}),
      };
    });
    return failOrPass<Rule | OwnRule>([
      ...broken,
      ...toolsUnlisted(bridge),
      ...foreignModes(bridge, profile.title, profile.bridge.availableDisplayModes.value),
      ...undeclaredModes(bridge),
      ...refusedLinks(bridge, profile),
    ]);
  },
});

/** The host asks who says that it has tools; no host on record needs the answer. */
function toolsUnlisted(bridge: BridgeEvidence): RawFinding<OwnRule>[] {
  const ofList = bridge.messages.filter(({ method }) => method === "tools/list");
  const isAsked = ofList.some(({ direction, kind }) => direction === "to-widget" && kind === "request");
  const isAnswered = ofList.some(
    ({ direction, kind, error }) => direction === "to-host" && kind === "response" && error === undefined,
  );
  if (!isAsked || isAnswered || bridge.dropped > 0) return [];
  const where = senderOf(bridge, "ui/initialize");
  return [
    {
      messageId: "tools-unlisted",
      data: {},
      identity: [],
      channel: "stage",
      severity: "warning",
      ...(where ? { where } : {}),
    },
  ];
}

/** Payloads of one method that the widget sent. */
const sentBy = (bridge: BridgeEvidence, name: string): Readonly<Record<string, unknown>>[] =>
  bridge.messages.flatMap(({ direction, method, payload }) =>
    direction === "to-host" && method === name && isRecord(payload) ? [payload] : [],
  );

const askedModes = (bridge: BridgeEvidence): readonly unknown[] =>
  sentBy(bridge, "ui/request-display-mode").map(({ mode }) => mode);

/** The specification, Display Modes: a host must not switch a view to a mode that it does not declare, where it declares any. */
function undeclaredModes(bridge: BridgeEvidence): RawFinding<OwnRule>[] {
  const [capabilities] = sentBy(bridge, "ui/initialize").map((params) => params.appCapabilities);
  const declared = isRecord(capabilities) ? capabilities.availableDisplayModes : undefined;
  if (!Array.isArray(declared)) return [];
  const asked = askedModes(bridge);
  const where = senderOf(bridge, "ui/request-display-mode");
  return DISPLAY_MODES.filter((mode) => asked.includes(mode) && !declared.includes(mode)).map((mode) => ({
    messageId: "mode-undeclared",
    data: { mode, modes: declared.join(", ") || "none" },
    identity: ["mode"],
    channel: "stage",
    severity: "warning",
    ...(where ? { where } : {}),
  }));
}

function refusedLinks(bridge: BridgeEvidence, { title, bridge: { linkSchemes } }: HostProfile): RawFinding<OwnRule>[] {
  const schemes = linkSchemes.value;
  if (schemes === null) return [];
  const isOpened = (url: string): boolean =>
    schemes.includes(/^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? "");
  const refused = new Set(bridge.externalLinks.map(({ url }) => url).filter((url) => !isOpened(url)));
  return [...refused].map((url) => ({
    messageId: "link-scheme",
    data: { host: title, schemes: schemes.join(" and "), url },
    identity: ["url"],
    channel: "stage",
    severity: "warning",
  }));
}

/** Modes that there are, and that this host has not; the host stays as it is. */
function foreignModes(bridge: BridgeEvidence, host: string, modes: readonly DisplayMode[]): RawFinding<OwnRule>[] {
  const asked = askedModes(bridge);
  const foreign = DISPLAY_MODES.filter((mode) => asked.includes(mode) && !modes.includes(mode));
  const where = senderOf(bridge, "ui/request-display-mode");
  return foreign.map((mode) => ({
    messageId: "display-mode",
    data: { mode, host, modes: modes.join(", ") },
    identity: ["mode"],
    channel: "stage",
    severity: "warning",
    ...(where ? { where } : {}),
  }));
}

type Violation = BridgeEvidence["violations"][number];

const isOfWidget = (violation: Violation): violation is Violation & { readonly rule: Rule } =>
  violation.rule !== "stage";

/** One that speaks to parent too has only posted once too often. */
function severityOf(rule: Rule, handshake: BridgeEvidence["handshake"]): Severity {
  return rule === "misaddressed" && handshake === "initialized" ? "warning" : SEVERITY[rule];
}
