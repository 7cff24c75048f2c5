/** How the server is reached, and how it behaves there. Pure. */
import { isRecord } from "../../../host/csp/record.ts";
import { defined } from "../../model/defined.ts";
import type { ServerTimings, ServerTransport } from "../../model/evidence/server.ts";
import type { HttpAnswer, ServerRecord } from "../../model/server-record.ts";
import { scanText, scanValue } from "../../scan/index.ts";
import { asked } from "./exchanges.ts";

export function transportOf(record: ServerRecord): ServerTransport {
  const stderr = scanText(record.stderr, "console", { personalData: true });
  const logs = record.messages
    .filter(({ method }) => method === "notifications/message")
    .map(({ params }) => logOf(params));
  return {
    kind: record.transport,
    url: record.url === null ? null : scanText(record.url, "request").masked,
    timings: timingsOf(record),
    sessions: new Set(record.exchanges.map(({ session }) => session)).size,
    sessionIds: sessionIdsOf(record.http),
    answers: answersOf(record.http),
    ...(record.probes === undefined ? {} : { probes: record.probes }),
    strayOutput: record.strayOutput === null ? null : scanText(record.strayOutput, "console").masked,
    ...defined({ ended: record.ended }),
    stderr: stderr.masked,
    logs: logs.map(({ masked }) => masked),
    requests: [...new Set(record.messages.filter(({ isRequest }) => isRequest).map(({ method }) => method))],
    detections: [
      ...stderr.detections.map((detection) => ({ ...detection, path: "$stderr" })),
      ...logs.flatMap(({ detections }, at) => detections.map((detection) => ({ ...detection, path: `$logs[${at}]` }))),
    ],
  };
}

function logOf(params: unknown): Pick<ReturnType<typeof scanText>, "masked" | "detections"> {
  const data = isRecord(params) ? params.data : params;
  if (typeof data === "string") return scanText(data, "console", { personalData: true });
  const { masked, detections } = scanValue(data, "console", { personalData: true });
  return { masked: JSON.stringify(masked ?? null), detections };
}

function timingsOf(record: ServerRecord): ServerTimings {
  const first = (method: string): number | null => asked(record, method)[0]?.ms ?? null;
  const slowest = (method: string): number | null => {
    const times = asked(record, method).flatMap(({ ms }) => (ms === null ? [] : [ms]));
    return times.length > 0 ? Math.max(...times) : null;
  };
  return {
    initialize: first("initialize"),
    listTools: first("tools/list"),
    listResources: first("resources/list"),
    read: slowest("resources/read"),
    call: slowest("tools/call"),
  };
}

const sessionIdsOf = (answers: readonly HttpAnswer[]): ServerTransport["sessionIds"] =>
  [...new Set(answers.flatMap(({ headers }) => headers["mcp-session-id"] ?? []))].map((id) => ({
    length: id.length,
    visibleAscii: /^[\x21-\x7e]+$/.test(id),
  }));

function answersOf(answers: readonly HttpAnswer[]): ServerTransport["answers"] {
  const kinds = new Map<string, { answer: HttpAnswer; count: number }>();
  for (const answer of answers) {
    const { message: _message, ...plain } = answer;
    const { "mcp-session-id": id, ...headers } = answer.headers;
    const shown = { ...plain, headers: id === undefined ? headers : { ...headers, "mcp-session-id": "[masked]" } };
    const key = JSON.stringify(shown);
    const known = kinds.get(key);
    kinds.set(key, { answer: shown, count: (known?.count ?? 0) + 1 });
  }
  return [...kinds.values()].map(({ answer: { redirectedTo = null, ...answer }, count }) => ({
    ...answer,
    redirectedTo: redirectedTo === null ? null : scanText(redirectedTo, "request").masked,
    count,
  }));
}
