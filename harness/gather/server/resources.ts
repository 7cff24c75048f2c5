/** UI resources: listed, and as reading them came out. Pure. */
import { createHash } from "node:crypto";
import { isRecord } from "../../../host/csp/record.ts";
import type { ReadContent, ResourceRead, ServerResources } from "../../model/evidence/server.ts";
import type { Exchange, ServerRecord } from "../../model/server-record.ts";
import { isUiType, urisOf } from "../../model/tool-uris.ts";
import { scanValue } from "../../scan/index.ts";
import { asked, errorOf, listed, resultOf, textOrNull } from "./exchanges.ts";

export function resourcesOf(record: ServerRecord): ServerResources {
  const unreadable = unreadableOf(record);
  const list = listed(record, "resources/list", "resources");
  const failed = asked(record, "resources/list")
    .map(errorOf)
    .find((error) => error !== null);
  return {
    listed:
      list?.items.filter(isRecord).flatMap((entry) => {
        const uri = textOrNull(entry.uri);
        return uri === null
          ? []
          : [
              {
                uri,
                name: textOrNull(entry.name),
                mimeType: textOrNull(entry.mimeType),
                meta: maskedMeta(entry._meta),
              },
            ];
      }) ?? null,
    listError: list ? null : (failed ?? null),
    reads: readsOf(record),
    ...(unreadable.length > 0 ? { unreadable } : {}),
  };
}

/** What a widget opens is listed as a page, and no tool names it: it was read for that alone. */
function unreadableOf(record: ServerRecord): NonNullable<ServerResources["unreadable"]> {
  const list = (listed(record, "resources/list", "resources")?.items ?? []).filter(isRecord);
  const uris = new Set(
    list.flatMap(({ uri, mimeType }) => (isUiType(textOrNull(mimeType)) ? (textOrNull(uri) ?? []) : [])),
  );
  const named = new Set(readsOf(record).map(({ uri }) => uri));
  const failed = new Map<string, string>();
  for (const exchange of asked(record, "resources/read")) {
    const uri = isRecord(exchange.params) ? textOrNull(exchange.params.uri) : null;
    const error = errorOf(exchange);
    if (uri !== null && error !== null && uris.has(uri) && !named.has(uri)) failed.set(uri, error);
  }
  return [...failed].map(([uri, error]) => ({ uri, error }));
}

/** The first reading of each resource that a tool names. */
function readsOf(record: ServerRecord): ResourceRead[] {
  const tools = (listed(record, "tools/list", "tools")?.items ?? []).filter(isRecord);
  const namedBy = (uri: string): string[] =>
    tools.filter((tool) => urisOf(tool._meta).includes(uri)).flatMap(({ name }) => textOrNull(name) ?? []);
  const byUri = new Map<string, Exchange>();
  for (const exchange of asked(record, "resources/read")) {
    const uri = isRecord(exchange.params) ? textOrNull(exchange.params.uri) : null;
    if (uri !== null && !byUri.has(uri) && namedBy(uri).length > 0) byUri.set(uri, exchange);
  }
  return [...byUri].map(([uri, exchange]) => {
    const result = resultOf(exchange);
    const contents = Array.isArray(result?.contents) ? (result.contents as readonly unknown[]) : [];
    return {
      uri,
      tools: namedBy(uri),
      contents: contents.filter(isRecord).map(contentOf),
      outerMeta: maskedMeta(result?._meta),
      error: errorOf(exchange),
      ms: exchange.ms,
    };
  });
}

function contentOf(item: Readonly<Record<string, unknown>>): ReadContent {
  const { text, blob } = item;
  const isBlob = typeof text !== "string" && typeof blob === "string";
  const bytes = isBlob ? Buffer.from(blob, "base64") : Buffer.from(typeof text === "string" ? text : "");
  return {
    uri: textOrNull(item.uri),
    mimeType: textOrNull(item.mimeType),
    meta: maskedMeta(item._meta),
    kind: kindOf(item),
    markup: markupOf(bytes.toString("utf8")),
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

function kindOf({ text, blob }: Readonly<Record<string, unknown>>): ReadContent["kind"] {
  if (typeof text === "string") return "text";
  return typeof blob === "string" ? "blob" : "none";
}

function markupOf(text: string): ReadContent["markup"] {
  const start = text.replace(/^\uFEFF?(?:\s|<!--[\s\S]*?-->)*/, "").slice(0, 200);
  if (/^<!doctype html\b|^<html\b/i.test(start)) return "document";
  return /^<[a-z][\w-]*[\s/>]/i.test(start) ? "fragment" : "none";
}

const maskedMeta = (meta: unknown): unknown => (meta === undefined ? null : scanValue(meta, "_meta").masked);
