/** Calls that the run made anyway, each with its answer. Pure. */
import { isRecord } from "../../../host/csp/record.ts";
import type { ServerCall } from "../../model/evidence/server.ts";
import type { Exchange, ServerRecord } from "../../model/server-record.ts";
import { personalDataIn, scanValue } from "../../scan/index.ts";
import { asked, bytesOf, errorDataOf, errorOf, resultOf, textOrNull } from "./exchanges.ts";

/** A widget may ask again and again: what comes after these is the same to a check. */
const MOST = 100;

export const callsOf = (record: ServerRecord): readonly ServerCall[] =>
  asked(record, "tools/call")
    .slice(0, MOST)
    .map((exchange) => callOf(exchange, record.scenarioTools));

function callOf(exchange: Exchange, scenarioTools: readonly string[]): ServerCall {
  const params = isRecord(exchange.params) ? exchange.params : {};
  const tool = textOrNull(params.name) ?? "";
  const result = resultOf(exchange) ?? {};
  const output = scanValue(result.structuredContent, "toolOutput");
  const content = scanValue(result.content ?? null, "content");
  const meta = scanValue(result._meta ?? null, "_meta");
  const failure = errorOf(exchange);
  const isError = result.isError === true;
  const personal =
    failure !== null || isError
      ? personalDataIn([failure, errorDataOf(exchange), result.content, result.structuredContent], params.arguments)
      : [];
  const error =
    failure === null ? null : scanValue([failure, errorDataOf(exchange)].filter(Boolean).join("\n"), "message");
  return {
    tool,
    arguments: scanValue(params.arguments ?? {}, "toolInput").masked,
    by: scenarioTools.includes(tool) ? "scenario" : "schema",
    isError,
    ...(result.structuredContent === undefined ? {} : { structuredContent: output.masked }),
    content: content.masked,
    meta: meta.masked,
    bytes: {
      structuredContent: bytesOf(result.structuredContent),
      content: bytesOf(result.content),
      meta: bytesOf(result._meta),
    },
    detections: [output, content, meta, ...(error ? [error] : [])].flatMap(({ detections }) => detections),
    ...(personal.length > 0 ? { personal } : {}),
    error: error === null ? null : String(error.masked),
    ms: exchange.ms,
  };
}
