import { defineCheck, failOrPass, review } from "../define-check.ts";
import type { BridgeEvidence } from "../../model/evidence.ts";
import type { Severity } from "../../model/result.ts";
import { senderOf } from "../shared/evidence.ts";
import type { ViolationRule } from "../../model/tags.ts";

type Rule = Exclude<ViolationRule, "stage">;

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
  } satisfies Record<Rule, string>,
  reasons: {
    stage: "the bridge itself failed: {detail}",
  },
  source: "docs/hosts.md#mcp-apps; ohmywind #78 (clientInfo instead of appInfo)",
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ bridge }) {
    const ours = bridge.violations.find(({ rule }) => rule === "stage");
    if (ours) return review("stage", { detail: ours.detail });
    return failOrPass(
      bridge.violations.filter(isOfWidget).map(({ rule, detail, method, count }) => {
        const where = senderOf(bridge, method);
        return {
          messageId: rule,
          data: { detail, count },
          identity: ["detail"],
          channel: "stage",
          severity: severityOf(rule, bridge.handshake),
          ...(where ? { where } : {}),
        };
      }),
    );
  },
});

type Violation = BridgeEvidence["violations"][number];

const isOfWidget = (violation: Violation): violation is Violation & { readonly rule: Rule } =>
  violation.rule !== "stage";

/** One that speaks to parent too has only posted once too often. */
function severityOf(rule: Rule, handshake: BridgeEvidence["handshake"]): Severity {
  return rule === "misaddressed" && handshake === "initialized" ? "warning" : SEVERITY[rule];
}
