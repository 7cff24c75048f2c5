import type { HostProfile } from "../../../host/profiles/types.ts";
import { defineCheck, failOrPass, type RawFinding } from "../define-check.ts";
import type { Severity } from "../../model/result.ts";

const MIME = "text/html;profile=mcp-app";
/** What apps were served as before MCP Apps; still seen in ChatGPT, and known to no other host. */
const LEGACY = "text/html+skybridge";

export default defineCheck({
  id: "bridge/resource",
  title: "Resource is one that hosts show as an app",
  severity: "error",
  isAboutDeclaration: true,
  needs: ["policy"],
  messages: {
    mime: "The resource's mimeType is {mimeType}, and hosts enable the bridge only for text/html;profile=mcp-app.",
    legacy:
      "The resource's mimeType is text/html+skybridge, of before MCP Apps. Serve it as text/html;profile=mcp-app.",
    spelling:
      "The resource's mimeType is {mimeType}. Write text/html;profile=mcp-app to the letter: hosts compare the text.",
    domain:
      "This host shows no frame at all for {domain} as ui.domain, which is not of its own giving. Set openai/widgetDomain for ChatGPT, and leave ui.domain out.",
  },
  source:
    "developers.openai.com/plugins mcp-server, read September 2026; ext-apps specification 2026-01-26; ext-apps docs/csp-cors.md",
  breaksAtRunTime: true,
  run({ policy }, { profile }) {
    return failOrPass([...mimeProblem(policy.mimeType, profile), ...domainProblem(policy.declared.domain, profile)]);
  },
});

type Message = "mime" | "legacy" | "spelling" | "domain";

/** Nothing is said of a type that the evidence does not hold. */
function mimeProblem(mimeType: string | undefined, { bridge }: HostProfile): RawFinding<Message>[] {
  if (mimeType === undefined || mimeType === MIME) return [];
  const finding = (messageId: Message, severity: Severity): RawFinding<Message>[] => [
    { messageId, data: { mimeType: mimeType.slice(0, 100) || "missing" }, identity: [], channel: "static", severity },
  ];
  if (mimeType.replace(/\s+/g, "").toLowerCase() === MIME) return finding("spelling", "warning");
  return mimeType === LEGACY
    ? finding("legacy", bridge.windowOpenai.value ? "warning" : "error")
    : finding("mime", "error");
}

function domainProblem(domain: string | null, { frames }: HostProfile): RawFinding<Message>[] {
  if (domain === null || frames.declaredDomain.value !== "refused" || domain.endsWith(`.${frames.sandboxSuffix.value}`))
    return [];
  return [{ messageId: "domain", data: { domain }, channel: "static" }];
}
