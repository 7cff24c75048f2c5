import { listNames } from "../../../host/csp/declaration.ts";
import { Version } from "csp_evaluator/dist/csp.js";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity, Type } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import type { CspList } from "../../../host/profiles/types.ts";
import { defineCheck, failOrPass, inapplicable, type RawFinding } from "../define-check.ts";

type Message = "bypass" | "ip-address" | "collector";

/** Services that show whatever is sent to them to whoever made the address, or tunnel to somebody's machine. */
const COLLECTORS =
  /(^|\.)(webhook\.site|requestbin\.(com|net)|pipedream\.net|beeceptor\.com|hookbin\.com|requestcatcher\.com|interact\.sh|oast\.(pro|live|site|online|fun|me)|burpcollaborator\.net|ngrok\.io|ngrok\.app|ngrok-free\.(app|dev)|trycloudflare\.com|loca\.lt|localtunnel\.me|serveo\.net|localhost\.run|lhr\.life|devtunnels\.ms)$/i;

/**
 * What Google's evaluator says of the declared script sources alone: the
 * keywords beside them are the host's and are not put before it. Where data
 * may be sent it does not judge; that part is ours.
 */
export default defineCheck({
  id: "csp/evaluator",
  title: "Declared entries add no known weakness",
  severity: "info",
  isAboutDeclaration: true,
  needs: ["policy"],
  messages: {
    bypass: "{entry} in {lists} is a known way around script policies: {detail}",
    "ip-address": "{entry} in {lists} is an address, not a name: {detail}",
    collector:
      "{entry} in {lists} shows or tunnels whatever is sent to it to whoever set it up. Use the service that you will run.",
  },
  reasons: {
    undeclared: "nothing is declared",
  },
  source:
    "csp_evaluator 1.1.8 (Google), CSP Level 3; developers.openai.com/plugins: app-review, no tunnel, local or test endpoints, 2026-09",
  run({ policy }) {
    if (policy.declared.from === null) return inapplicable("undeclared");
    // What no user can reach is told by csp/declaration.
    const local = new Set(policy.problems.filter(({ code }) => code === "localhost").map(({ entry }) => entry));
    return failOrPass([
      ...evaluated(policy.declared.resource.filter((entry) => !local.has(entry))),
      ...collectors("connect", policy.declared.connect),
      ...collectors("resource", policy.declared.resource),
      ...collectors("frame", policy.declared.frame),
    ]);
  },
});

function evaluated(resource: readonly string[]): RawFinding<Message>[] {
  const sources = resource.filter((entry) => /^https?:\/\/[^*;,\s]+$/i.test(entry));
  if (sources.length === 0) return [];
  const { csp } = new CspParser(`script-src ${sources.join(" ")}`);
  return new CspEvaluator(csp, Version.CSP3).evaluate().flatMap((finding): RawFinding<Message>[] => {
    if (finding.directive !== "script-src" || finding.value === undefined || !sources.includes(finding.value))
      return [];
    const data = { entry: finding.value, lists: listNames("resource"), detail: finding.description };
    // "No bypass found" is said of every host: only what is known counts.
    if (finding.type === Type.SCRIPT_ALLOWLIST_BYPASS && finding.severity === Severity.HIGH)
      return [{ messageId: "bypass", data, identity: ["entry"], channel: "static" }];
    if (finding.type === Type.IP_SOURCE)
      return [{ messageId: "ip-address", data, identity: ["entry"], channel: "static", severity: "warning" }];
    return [];
  });
}

function collectors(list: CspList, entries: readonly string[]): RawFinding<Message>[] {
  return entries
    .filter((entry) => COLLECTORS.test(/^[a-z]+:\/\/(?:\*\.)?([^/:?#]+)/i.exec(entry)?.[1] ?? ""))
    .map((entry) => ({
      messageId: "collector",
      data: { entry, lists: listNames(list), detail: "" },
      identity: ["entry", "lists"],
      channel: "static",
      severity: "warning",
    }));
}
