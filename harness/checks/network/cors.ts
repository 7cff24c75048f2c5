import { defineCheck, failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import type { NetworkAttempt } from "../../model/evidence.ts";
import { channelOf, groupBy, total } from "../shared/evidence.ts";

type Message = "missing" | "other" | "corp" | "refused";

/** An answer of ours says nothing about the server's headers. */
const TELLING = new Set(["live", "recording", "mock"]);

export default defineCheck({
  id: "network/cors",
  title: "Servers accept the sandbox's origin",
  severity: "error",
  needs: ["network", "document"],
  messages: {
    missing:
      "{origin} answered {kind} without Access-Control-Allow-Origin, so {sandbox} may not read it ({count}×). Send that header with {sandbox} or *.",
    other:
      "{origin} answered {kind} with Access-Control-Allow-Origin: {allowed}, which is not {sandbox} ({count}×). The widget's origin is the sandbox's, neither chatgpt.com nor null.",
    corp: "{origin} answered {kind} with Cross-Origin-Resource-Policy: {allowed}, which keeps it from {sandbox} ({count}×). Send cross-origin.",
    refused: "{origin} does not accept {kind} from {sandbox} ({count}×): {error}.",
  },
  reasons: {
    "no-answer": "no answer came from a server, a recording or a mock",
  },
  source:
    "docs/hosts.md#chatgpt-sandbox: the Origin header is the sandbox's; https://fetch.spec.whatwg.org/#concept-cors-check",
  breaksAtRunTime: true,
  run({ network, document }) {
    const judged = network.filter((attempt) => attempt.answeredBy && TELLING.has(attempt.answeredBy));
    const failed = judged.filter(
      (attempt) => attempt.outcome === "failed" && (attempt.blockClass === "cors" || attempt.blockClass === "corp"),
    );
    if (judged.length === 0) return inapplicable("no-answer");
    return failOrPass(
      groupBy(failed, (attempt) => `${attempt.origin} ${messageFor(attempt)}`).map((group) =>
        findingFor(group, document.origin),
      ),
    );
  },
});

function findingFor(group: readonly NetworkAttempt[], sandbox: string): RawFinding<Message> {
  const first = group[0]!;
  const messageId = messageFor(first);
  const where = group.find((attempt) => attempt.where)?.where;
  return {
    messageId,
    channel: channelOf(group.flatMap(({ channels }) => channels)),
    identity: ["origin"],
    data: {
      origin: first.origin,
      kind: [...new Set(group.map(({ kind }) => kind))].join(", "),
      count: total(group),
      url: first.url,
      error: first.error ?? "the browser refused the answer",
      sandbox: first.cors?.requestOrigin ?? sandbox,
      allowed: messageId === "corp" ? (first.cors?.resourcePolicy ?? "same-origin") : (first.cors?.allowOrigin ?? null),
    },
    ...(where ? { where } : {}),
    // A mock has the headers that its author gave it: the server may do better.
    ...(first.answeredBy === "mock" ? { severity: "warning" } : {}),
  };
}

function messageFor({ blockClass, cors, error }: NetworkAttempt): Message {
  if (blockClass === "corp") return "corp";
  if (!cors || /preflight/i.test(error ?? "")) return "refused";
  return cors.allowOrigin === null ? "missing" : "other";
}
