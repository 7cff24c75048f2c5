import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import { found } from "../shared/servers.ts";
import { isLocalHost, parseUrl } from "../../../host/csp/addresses.ts";
import type { ServerTransport } from "../../model/evidence/server.ts";

const TUNNEL =
  /(?:^|\.)(?:ngrok(?:-free)?\.(?:app|dev|io)|trycloudflare\.com|loca\.lt|localhost\.run|serveo\.net|devtunnels\.ms|tunnelmole\.net|pinggy\.(?:io|link))$/;

type MessageId = "insecure" | "tunnel" | "secret-in-url" | "redirects" | "redirects-down" | "sse" | "no-path";

export default defineServerCheck({
  id: "transport/endpoint",
  title: "The endpoint is one that hosts reach in production",
  severity: "error",
  needs: ["transport"],
  messages: {
    insecure: "{url} is plain http: hosts connect over https alone, and everybody on the way reads along.",
    tunnel: "{url} is a tunnel, which ends with the terminal that opened it: submission takes none.",
    "secret-in-url": "The endpoint's URL carries a secret or a login, which ends up in every log on the way.",
    redirects: "{url} redirects to {to}: give hosts the last address, some follow none.",
    "redirects-down": "{url} redirects to {to}, out of https.",
    sse: "The server speaks the HTTP+SSE transport of before 2025-03-26: hosts are leaving it for streamable HTTP.",
    "no-path": "{url} has no path of its own: a page or another service cannot live beside it.",
  },
  reasons: {
    "no-endpoint": "the server runs as a command, and has no endpoint",
    "this-machine": "the endpoint is on this machine: production's is not known",
  },
  source:
    'developers.openai.com/plugins/deploy/app-review (September 2026): public https, no tunnel, local or test endpoint; MCP specification 2025-03-26, "Backwards Compatibility"',
  run({ transport }, { refusal }) {
    const url = transport.url === null ? null : parseUrl(transport.url);
    if (!url) return inapplicable("no-endpoint");
    const anywhere = [...ofTransport(transport), ...ofRedirects(transport, url)];
    if (isLocalHost(url.hostname)) return anywhere.length > 0 ? failOrPass(anywhere) : inapplicable("this-machine");
    const data = { url: url.href };
    return failOrPass([
      ...anywhere,
      ...(url.protocol === "https:" ? [] : [found("insecure", data)]),
      ...(TUNNEL.test(url.hostname) ? [found("tunnel", data, { severity: refusal })] : []),
      ...(url.pathname === "/" ? [found("no-path", data, { severity: "info" })] : []),
    ]);
  },
});

type Found = RawFinding<MessageId>;

/** A secret in the address was masked before it came here. */
function ofTransport({ kind, url }: ServerTransport): Found[] {
  const hasSecret = url !== null && (/\[masked\]|…/.test(url) || parseUrl(url)?.username !== "");
  return [
    ...(hasSecret ? [found("secret-in-url", {}, { severity: "warning" })] : []),
    ...(kind === "sse" ? [found("sse", {}, { severity: "warning" })] : []),
  ];
}

function ofRedirects({ answers }: ServerTransport, from: URL): Found[] {
  const targets = [...new Set(answers.flatMap(({ redirectedTo }) => redirectedTo ?? []))];
  return targets.map((to) =>
    from.protocol === "https:" && to.startsWith("http:")
      ? found("redirects-down", { url: from.href, to })
      : found("redirects", { url: from.href, to }, { severity: "warning" }),
  );
}
