import { defineCheck, failOrPass } from "../define-check.ts";
import type { Severity } from "../../model/result.ts";

/** Rules of `host/bridge/validate.ts` and of the bridge's own answers. */
const SEVERITY: Readonly<Record<string, Severity>> = {
  "unknown-method": "warning",
  "initialize-twice": "warning",
  "before-initialized": "warning",
  "unknown-version": "warning",
  "id-reused": "warning",
};

export default defineCheck({
  id: "bridge/protocol",
  title: "Messages follow the MCP Apps protocol",
  severity: "error",
  needs: ["bridge"],
  messages: {
    violation: "{rule}: {detail} ({count}×).",
  },
  source: "ext-apps specification/2026-01-26/apps.mdx; ohmywind #78 (clientInfo instead of appInfo)",
  run({ bridge }) {
    const ours = bridge.violations.find(({ rule }) => rule === "stage");
    if (ours) return { outcome: "review", reason: `the bridge itself failed: ${ours.detail}` };
    // One that speaks to parent too has only said it once too often.
    const severityOf = (rule: string): Severity =>
      rule === "misaddressed" && bridge.handshake === "initialized" ? "warning" : (SEVERITY[rule] ?? "error");
    return failOrPass(
      bridge.violations.map(({ rule, detail, count }) => ({
        messageId: "violation",
        data: { rule, detail, count },
        identity: ["rule", "detail"],
        channel: "stage",
        severity: severityOf(rule),
      })),
    );
  },
});
