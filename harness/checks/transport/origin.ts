import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, review } from "../define-check.ts";
import { found } from "../shared/servers.ts";
import { isLocalHost, parseUrl } from "../../../host/csp/addresses.ts";

/** What a server refuses a foreign page with. */
const REFUSED: ReadonlySet<number | null> = new Set([400, 403, 404, 405, 421]);

export default defineServerCheck({
  id: "transport/origin",
  title: "A server on this machine lets no web page in",
  severity: "error",
  needs: ["transport"],
  messages: {
    rebinding:
      "The server opened a session for a foreign Origin and for a foreign Host: any web page that the developer visits can call its tools (DNS rebinding).",
    origin: "The server opened a session for a foreign Origin: MCP asks servers to check it.",
  },
  reasons: {
    "no-endpoint": "the server runs as a command, and has no endpoint",
    "not-local": "the endpoint is not on this machine: a page reaches it by no bent name",
    "not-tried": "a foreign page was not tried",
    unclear: "the server answered a foreign page with {status}: whether it lets one in is not known",
  },
  source:
    'MCP specification 2025-11-25, "Security Warning" of streamable HTTP: servers must validate Origin, and bind to localhost alone',
  run({ transport: { url, probes } }, { refusal }) {
    if (url === null) return inapplicable("no-endpoint");
    if (!isLocalHost(parseUrl(url)?.hostname ?? "")) return inapplicable("not-local");
    const byOrigin = probes?.find(({ kind }) => kind === "foreign-origin");
    if (!byOrigin) return review("not-tried");
    if (byOrigin.accepted) {
      const byHost = probes?.some(({ kind, accepted }) => kind === "foreign-host" && accepted) ?? false;
      return failOrPass([
        byHost ? found("rebinding", {}, { severity: refusal }) : found("origin", {}, { severity: "warning" }),
      ]);
    }
    return REFUSED.has(byOrigin.status)
      ? { outcome: "pass" }
      : review("unclear", { status: byOrigin.status ?? "nothing" });
  },
});
