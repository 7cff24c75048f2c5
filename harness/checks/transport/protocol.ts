import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { found, named } from "../shared/servers.ts";
import type { ServerIdentity, ServerResources, ServerTransport } from "../../model/evidence/server.ts";
import { endInWords } from "../../model/server-record.ts";

/** The first version that hosts of apps speak (docs/hosts.md). */
const OLDEST = "2025-03-26";

type MessageId =
  "ended" | "stray-output" | "old-version" | "no-resources" | "server-requests" | "content-type" | "server-error";

export default defineServerCheck({
  id: "transport/protocol",
  title: "The server speaks the protocol, and nothing beside it",
  severity: "error",
  needs: ["identity", "resources", "transport"],
  messages: {
    ended:
      "The server {words} while its widgets were shown, though nobody had closed its input: a host shows an error from then on.{said}",
    "stray-output":
      'The server writes to stdout what is no JSON-RPC message: "{text}". Some clients break on it: log to stderr.',
    "old-version": "The server speaks MCP {version}: hosts of apps speak {oldest} and newer.",
    "no-resources":
      "The server has UI resources and does not declare the capability resources: hosts need not ask for them.",
    "server-requests": "The server asks the client for {methods}, which ChatGPT does not offer: it must work without.",
    "content-type":
      "The endpoint answers requests as {type}: streamable HTTP answers with application/json or text/event-stream.",
    "server-error": "The endpoint answered {method} with {status}, {count} times.",
  },
  source: 'MCP specification 2025-11-25, "Transports" and "Lifecycle"; docs/hosts.md',
  run({ identity, resources, transport }) {
    return failOrPass([...ofIdentity(identity, resources), ...ofMessages(transport), ...ofAnswers(transport)]);
  },
});

type Found = RawFinding<MessageId>;

function ofIdentity({ protocolVersion: version, capabilities }: ServerIdentity, { reads }: ServerResources): Found[] {
  return [
    ...(/^\d{4}-\d{2}-\d{2}$/.test(version) && version < OLDEST
      ? [found("old-version", { version, oldest: OLDEST }, { severity: "warning" })]
      : []),
    ...(reads.length > 0 && capabilities.resources === undefined
      ? [found("no-resources", {}, { severity: "warning" })]
      : []),
  ];
}

const MOST_SAID = 300;

/** Of what ChatGPT says that it can do; `ping` needs no saying. */
function ofMessages({ strayOutput, requests, ended, stderr }: ServerTransport): Found[] {
  const methods = requests.filter((method) => method !== "ping");
  const said = stderr.trim() === "" ? "" : ` Its last words: ${stderr.trim().slice(-MOST_SAID)}`;
  return [
    ...(ended === undefined
      ? []
      : [found("ended", { ...ended, words: endInWords(ended), said }, { identity: ["how", "value"] })]),
    ...(strayOutput === null ? [] : [found("stray-output", { text: strayOutput }, { identity: [] })]),
    ...(methods.length > 0 ? [found("server-requests", { methods: named(methods) }, { severity: "info" })] : []),
  ];
}

const TYPES = /^(?:application\/json|text\/event-stream)\b/i;

function ofAnswers({ kind, answers }: ServerTransport): Found[] {
  if (kind !== "streamable-http") return [];
  const types = answers
    .filter(({ method, status }) => method === "POST" && status === 200)
    .map(({ headers }) => headers["content-type"] ?? "nothing")
    .filter((type) => !TYPES.test(type));
  const broken = answers.filter(({ status }) => status >= 500);
  return [
    ...[...new Set(types)].map((type) => found("content-type", { type })),
    ...broken.map(({ method, status, count }) =>
      found("server-error", { method, status, count }, { identity: ["method", "status"], severity: "warning" }),
    ),
  ];
}
