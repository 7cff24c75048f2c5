import { directiveSources, innerPolicy } from "../../../host/csp/policy.ts";
import { defineCheck, failOrPass } from "../define-check.ts";

/** ChatGPT allows it; the specification's default policy does not. */
export default defineCheck({
  id: "bundle/eval",
  title: "Bundle makes no code from strings",
  severity: "info",
  needs: ["bundle", "policy"],
  messages: {
    portability:
      "{api} makes code from a string. This host allows it; hosts that follow the MCP Apps specification (mcp-apps) refuse it.",
    refused: "{api} makes code from a string, which this host's script-src refuses.",
  },
  source:
    "facts 1.2 and 4: 'unsafe-eval' in ChatGPT's policy of 2026-10-02, absent from the MCP Apps template of 2026-01-26",
  run({ bundle, policy }) {
    const inner = innerPolicy(policy.effective)?.value;
    const sources = inner === undefined ? null : directiveSources(inner, "script-src");
    const refused = sources !== null && !sources.some((source) => source.toLowerCase() === "'unsafe-eval'");
    // A use in `try`, or one that a probe precedes, has another way to go.
    const uses = bundle.uses.filter(
      ({ what, detail }) => (what === "eval" || what === "string-timer") && !/, (in try|probed before)$/.test(detail),
    );
    return failOrPass(
      uses.map(({ what, detail, where }) => ({
        messageId: refused ? "refused" : "portability",
        data: {
          api: what === "string-timer" ? `${detail} with a string` : detail,
          line: where.line ?? null,
          column: where.column ?? null,
        },
        identity: ["api", "line", "column"],
        channel: "static",
        where,
        ...(refused ? { severity: "warning" } : {}),
      })),
    );
  },
});
