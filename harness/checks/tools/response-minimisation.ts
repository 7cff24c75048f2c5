import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { found, named } from "../shared/servers.ts";
import { wordsOf } from "../../model/tool-verbs.ts";
import { urisOf } from "../../model/tool-uris.ts";
import type { Detection } from "../../model/evidence.ts";
import type { ServerCall, ServerIdentity, ServerTools, ServerTransport } from "../../model/evidence/server.ts";
import type { ProbesEvidence } from "../../model/probes.ts";

type MessageId = "internal" | "debug" | "timestamps" | "secret" | "personal-error" | "personal-log" | "stack";

export default defineServerCheck({
  id: "tools/response-minimisation",
  title: "The server gives out no more than the answer",
  severity: "warning",
  needs: ["identity", "tools", "calls", "transport", "probes"],
  onlyIfAsked: ["probes"],
  messages: {
    internal:
      "{tool} returns ids of its own working ({paths}): review asks to leave session, trace and request ids out.",
    debug: "{tool} returns what is for its developers ({paths}).",
    timestamps: "{tool} returns times of its records ({paths}), which the answer may not need.",
    secret: "{where} holds a {title} ({masked}).",
    "personal-error":
      "{tool} answers an error with {title} ({masked}), which nobody had asked it about: errors are logged and shown.",
    "personal-log": "{where} holds {title}: redact personal data before it is logged.",
    stack: "{tool} answers an error with a stack trace: it tells of the server what nobody outside needs.",
  },
  source:
    "developers.openai.com/plugins/deploy/app-review and guides/security-privacy (September 2026): no session, trace or request ids, timestamps, internal ids, tokens or debug payloads in responses; redact personal data in logs",
  run({ identity, tools, calls, transport, probes }, { isTold }) {
    const isToldOf = (name: string): boolean => {
      const uris = tools.entries.filter((tool) => tool.name === name).flatMap(({ entry }) => urisOf(entry._meta));
      return uris.length > 0 && uris.every((uri) => isTold("props/secret", uri));
    };
    return failOrPass([
      ...ofAnswers(calls),
      ...ofStacks(calls),
      ...ofResults(calls.filter(({ tool, isError }) => isError || !isToldOf(tool))),
      ...ofErrors(calls, probes),
      ...ofListings(identity, tools),
      ...ofLogs(transport),
    ]);
  },
});

type Found = RawFinding<MessageId>;

const INTERNAL =
  /^(?:session|trace|span|request|correlation|transaction|internal|tenant|job|worker)_id$|^(?:trace|span)$|^x_request_id$/;
const DEBUG =
  /^(?:debug|debug_info|stack|stack_trace|stacktrace|traceback|raw_response|raw_request|raw_sql|sql_query|query_plan|internal|internals|_debug|telemetry|exec_time_ms|server_timing)$/;
const TIMES =
  /^(?:created|updated|modified|fetched|generated|cached|indexed|processed|server)_(?:at|on|time|timestamp)$|^timestamp$/;

function ofAnswers(calls: readonly ServerCall[]): Found[] {
  const byTool = new Map<string, string[]>();
  for (const { tool, structuredContent, content, meta, isError } of calls)
    if (!isError)
      byTool.set(tool, [
        ...(byTool.get(tool) ?? []),
        ...pathsOf(structuredContent),
        ...textsIn(content, null).flatMap((text) => pathsOf(jsonIn(text), "content")),
        ...pathsOf(meta, "_meta"),
      ]);
  return [...byTool].flatMap(([tool, all]) => {
    const matching = (pattern: RegExp): string[] => [...new Set(all.filter((path) => pattern.test(keyOf(path))))];
    const told = (messageId: MessageId, paths: readonly string[], severity?: "info"): Found[] =>
      paths.length > 0
        ? [found(messageId, { tool, paths: named(paths) }, { identity: ["tool"], ...(severity ? { severity } : {}) })]
        : [];
    return [
      ...told("internal", matching(INTERNAL)),
      ...told("debug", matching(DEBUG)),
      ...told("timestamps", matching(TIMES), "info"),
    ];
  });
}

const keyOf = (path: string): string => wordsOf(path.split(".").at(-1) ?? "").join("_");

/** A text that is JSON, as tools of before structuredContent answer; else undefined. */
function jsonIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const DEEPEST = 8;
const MOST_KEYS = 2000;

/** Paths of all keys, an array's items as one. */
function pathsOf(value: unknown, at = "$"): string[] {
  const paths = new Set<string>();
  const walk = (inner: unknown, path: string, depth: number): void => {
    if (depth > DEEPEST || paths.size > MOST_KEYS || typeof inner !== "object" || inner === null) return;
    if (Array.isArray(inner)) {
      for (const item of inner.slice(0, 20)) walk(item, `${path}[]`, depth + 1);
      return;
    }
    for (const [key, item] of Object.entries(inner)) {
      paths.add(`${path}.${key}`);
      walk(item, `${path}.${key}`, depth + 1);
    }
  };
  walk(value, at, 0);
  return [...paths];
}

const STACK =
  /\n[^\S\n]{1,100}at (?:async )?[\w.<>[\] ]{0,200}\(?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\n]{0,400}?:\d{1,7}:\d{1,7}|Traceback \(most recent call last\)/;

function ofStacks(calls: readonly ServerCall[]): Found[] {
  const failing = calls.filter(({ isError, error }) => isError || error !== null);
  const tools = failing.filter(({ content, error }) => textsIn(content, error).some((text) => STACK.test(text)));
  return [...new Set(tools.map(({ tool }) => tool))].map((tool) => found("stack", { tool }));
}

const textsIn = (content: unknown, error: string | null): string[] => [
  ...(error === null ? [] : [error]),
  ...(Array.isArray(content)
    ? content.flatMap((block: unknown) => {
        const text = (block as { text?: unknown } | null)?.text;
        return typeof text === "string" ? [text] : [];
      })
    : []),
];

/** Of a widget that was rendered they are told by props/secret. */
const ofResults = (calls: readonly ServerCall[]): Found[] => [
  ...new Map(
    calls
      .flatMap(({ tool, detections }) => secretsIn(`The result of ${tool}`, detections))
      .map((one) => [`${String(one.data.where)} ${String(one.data.fingerprint)}`, one]),
  ).values(),
];

/** What the model is told before any call. */
const ofListings = ({ detections: ofIdentity }: ServerIdentity, { detections }: ServerTools): Found[] => [
  ...secretsIn("What initialize answers", ofIdentity),
  ...secretsIn("The list of tools", detections),
];

/** The first of each kind that a tool gives out, of the calls of this run and of those with wrong arguments. */
function ofErrors(calls: readonly ServerCall[], probes: ProbesEvidence | null): Found[] {
  const ofCalls = calls.flatMap(({ tool, personal = [] }) =>
    personal.map(({ title, masked }) => ({ tool, title, masked })),
  );
  const ofProbes = (probes?.outcomes ?? []).flatMap(({ tool, leaks }) =>
    leaks.flatMap(({ leak, shown }) => (leak === "personal" ? [{ tool, title: "personal data", masked: shown }] : [])),
  );
  const byTool = new Map([...ofCalls, ...ofProbes].toReversed().map((one) => [one.tool, one]));
  return [...byTool.values()].map((data) => found("personal-error", data, { identity: ["tool"] }));
}

/** Logs over the protocol go to whoever hosts the client; stderr to whoever runs the server. */
const LOGS = [
  { where: "What the server logs over the protocol", isIn: (path = "") => path.startsWith("$logs") },
  { where: "What the server logs", isIn: (path = "") => !path.startsWith("$logs") },
] as const;

function ofLogs({ detections }: ServerTransport): Found[] {
  return LOGS.flatMap(({ where, isIn }) => {
    const own = detections.filter(({ path }) => isIn(path));
    const personal = new Set(own.filter(({ family }) => family === "personal").map(({ title }) => title));
    return [...secretsIn(where, own), ...[...personal].map((title) => found("personal-log", { where, title }))];
  });
}

const secretsIn = (where: string, detections: readonly Detection[]): Found[] =>
  detections
    .filter(({ family, publishable, confidence }) => family === "secret" && !publishable && confidence !== "possible")
    .map(({ title, masked, fingerprint }) =>
      found("secret", { where, title, masked, fingerprint }, { identity: ["where", "fingerprint"], severity: "error" }),
    );
