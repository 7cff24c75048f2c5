import { defineCheck, failOrPass, inapplicable, review, WHOLE_TRIALS, type RawFinding } from "../define-check.ts";
import type { NetworkAttempt, PreflightFault } from "../../model/evidence.ts";
import { channelOf, groupBy, total } from "../shared/evidence.ts";

type Message =
  "missing" | "missing-in-mock" | "other" | "corp" | "refused" | `preflight-${PreflightFault | "header-wildcard"}`;

/** An answer of ours says nothing about the server's headers. */
const TELLING = new Set(["live", "server", "recording", "mock"]);

const ASKED = "{origin} answered the preflight (OPTIONS) of {method}";
const NEVER = "so the browser never sent the {kind} ({count}×)";

export default defineCheck({
  id: "network/cors",
  title: "Servers accept the sandbox's origin",
  severity: "error",
  needs: ["network", "document"],
  messages: {
    missing:
      "{origin} answered {kind} without Access-Control-Allow-Origin, so {sandbox} may not read it ({count}×). Send that header with {sandbox} or *.",
    "missing-in-mock":
      "The mock of {url} ({kind}) has headers and no Access-Control-Allow-Origin, and the browser refused it ({count}×): modules, fonts and what is marked crossorigin have to be readable by {sandbox}. Let the server send that header with {sandbox} or *; if it does, write it into the mock.",
    other:
      "{origin} answered {kind} with Access-Control-Allow-Origin: {allowed}, which is not {sandbox} ({count}×). The widget's origin is the sandbox's, neither chatgpt.com nor null.",
    corp: "{origin} answered {kind} with Cross-Origin-Resource-Policy: {allowed}, which keeps it from {sandbox} ({count}×). Send cross-origin.",
    refused: "{origin} does not accept {kind} from {sandbox} ({count}×): {error}.",
    "preflight-status": `${ASKED} with status {status}, ${NEVER}. Answer OPTIONS with 204 and the Access-Control-Allow-* headers, without asking for a login.`,
    "preflight-redirect": `${ASKED} with a redirect, which a preflight may not follow, ${NEVER}. Answer OPTIONS with 204 at that address, or ask at the address that it leads to.`,
    "preflight-origin-missing": `${ASKED} without Access-Control-Allow-Origin, ${NEVER}. Send it on OPTIONS too, with {sandbox} or *.`,
    "preflight-origin": `${ASKED} with Access-Control-Allow-Origin: {allowed}, which is not {sandbox}, ${NEVER}. Send {sandbox} or *.`,
    "preflight-origin-wildcard": `${ASKED} with Access-Control-Allow-Origin: *, which does not hold for a request with credentials, ${NEVER}. Send {sandbox}, or send no credentials.`,
    "preflight-credentials": `${ASKED} with Access-Control-Allow-Credentials: {allowed}, and the request has credentials, ${NEVER}. Send Access-Control-Allow-Credentials: true, or send no credentials.`,
    "preflight-method": `${ASKED} with Access-Control-Allow-Methods: {allowed}, ${NEVER}. Add {method} to that header.`,
    "preflight-header": `${ASKED} with Access-Control-Allow-Headers: {allowed}, ${NEVER}. Add {header} to that header.`,
    "preflight-header-wildcard": `${ASKED} with Access-Control-Allow-Headers: {allowed}, ${NEVER}. There * covers neither authorization nor a request with credentials: name {header}.`,
    "preflight-other": `${ASKED} in a way that the browser refuses, ${NEVER}: {error}.`,
  },
  reasons: {
    "no-answer": "no answer came from a server, a recording or a mock",
    "preflight-unknown": "the preflight of {url} failed, and who answered it was not recorded: {error}",
  },
  source:
    "docs/hosts.md#chatgpt-sandbox: the Origin header is the sandbox's; https://fetch.spec.whatwg.org/#concept-cors-check",
  inTrials: WHOLE_TRIALS,
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ network, document }) {
    const judged = network.filter((attempt) => attempt.answeredBy && TELLING.has(attempt.answeredBy));
    const failed = judged.filter(
      (attempt) => attempt.outcome === "failed" && (attempt.blockClass === "cors" || attempt.blockClass === "corp"),
    );
    if (failed.length > 0)
      return failOrPass(groupBy(failed, keyOf).map((group) => findingFor(group[0], group, document.origin)));
    const unknown = network.find(({ preflight, answeredBy }) => preflight && !answeredBy);
    if (unknown) return review("preflight-unknown", { url: unknown.url, error: unknown.error ?? "" });
    return judged.length > 0 ? { outcome: "pass" } : inapplicable("no-answer");
  },
});

/** One finding for each thing that is to be changed on a server. */
const keyOf = (attempt: NetworkAttempt): string =>
  [attempt.origin, messageFor(attempt), attempt.preflight?.method, attempt.preflight?.refused].join(" ");

function findingFor(first: NetworkAttempt, group: readonly NetworkAttempt[], sandbox: string): RawFinding<Message> {
  const { preflight } = first;
  const messageId = messageFor(first);
  const where = group.find((attempt) => attempt.where)?.where;
  return {
    messageId,
    channel: channelOf(group.flatMap(({ channels }) => channels)),
    identity: preflight ? ["origin", "method", "header"] : ["origin"],
    data: {
      origin: first.origin,
      kind: [...new Set(group.map(({ kind }) => kind))].join(", "),
      count: total(group),
      url: first.url,
      error: first.error ?? "the browser refused the answer",
      sandbox: first.cors?.requestOrigin ?? sandbox,
      allowed: allowedIn(first),
      ...(preflight
        ? {
            method: preflight.method,
            status: preflight.status,
            header: preflight.fault === "header" ? preflight.refused : null,
          }
        : {}),
    },
    ...(where ? { where } : {}),
    ...(messageId === "missing-in-mock" && first.kind === "font" ? { severity: "warning" } : {}),
  };
}

/** The header's value, as it was sent; `(none)` where a sentence names a header that is not there. */
function allowedIn({ blockClass, cors, preflight }: NetworkAttempt): string | null {
  if (preflight) return preflightHeader(preflight);
  return blockClass === "corp" ? (cors?.resourcePolicy ?? "same-origin") : (cors?.allowOrigin ?? null);
}

function preflightHeader(preflight: NonNullable<NetworkAttempt["preflight"]>): string | null {
  switch (preflight.fault) {
    case "method":
      return preflight.allowMethods ?? "(none)";
    case "header":
      return preflight.allowHeaders ?? "(none)";
    case "credentials":
      return preflight.allowCredentials ?? "(none)";
    default:
      return preflight.allowOrigin ?? null;
  }
}

function messageFor({ answeredBy, blockClass, cors, preflight }: NetworkAttempt): Message {
  if (preflight?.fault === "header" && preflight.allowHeaders?.split(",").some((name) => name.trim() === "*"))
    return "preflight-header-wildcard";
  if (preflight) return `preflight-${preflight.fault}`;
  if (blockClass === "corp") return "corp";
  if (!cors) return "refused";
  if (cors.allowOrigin !== null) return "other";
  return answeredBy === "mock" ? "missing-in-mock" : "missing";
}
