/** The names under which a tool gives its UI resource. */
import { isRecord } from "../../host/csp/record.ts";

/** Keys of a tool's `_meta` that name its resource, the one that counts first. */
export const URI_KEYS = ["ui.resourceUri", "ui/resourceUri", "openai/outputTemplate"] as const;

/** What stands under each key, as it is; undefined where there is nothing. */
export function uriUnder(meta: unknown, key: (typeof URI_KEYS)[number]): unknown {
  if (!isRecord(meta)) return undefined;
  if (key !== "ui.resourceUri") return meta[key];
  return isRecord(meta.ui) ? meta.ui.resourceUri : undefined;
}

/** Those that are texts, each once. */
export const urisOf = (meta: unknown): string[] => [
  ...new Set(
    URI_KEYS.map((key) => uriUnder(meta, key)).filter((uri): uri is string => typeof uri === "string" && uri !== ""),
  ),
];

/** MCP Apps, and ChatGPT's own type from before it. */
const UI_TYPE = /^text\/html\s*(?:;\s*profile\s*=\s*"?mcp-app|\+skybridge)/i;

/** A MIME type under which a page for a host is listed. */
export const isUiType = (mimeType: string | null): boolean => mimeType !== null && UI_TYPE.test(mimeType);
