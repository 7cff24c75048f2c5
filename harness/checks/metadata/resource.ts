import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import { found as finding } from "../shared/servers.ts";
import type { ResourceRead, ServerResources, ServerTools } from "../../model/evidence/server.ts";
import { URI_KEYS, urisOf, uriUnder } from "../../model/tool-uris.ts";

const MIME = "text/html;profile=mcp-app";
const LEGACY_MIME = "text/html+skybridge";

type MessageId =
  | "scheme"
  | "unreadable"
  | "unreadable-listed"
  | "no-content"
  | "several-contents"
  | "not-html"
  | "fragment"
  | "mime"
  | "mime-legacy"
  | "mime-listed"
  | "unlisted"
  | "keys-differ"
  | "alias-only";

export default defineServerCheck({
  id: "metadata/resource",
  title: "Every tool's UI resource exists, is HTML for MCP Apps, and is named alike under every key",
  severity: "error",
  needs: ["tools", "resources"],
  messages: {
    scheme: "{uri} of {tools} does not begin with ui://, as MCP Apps requires.",
    unreadable: "{tools} names {uri}, and resources/read of it fails: {detail}.",
    "unreadable-listed":
      "resources/list names {uri}, and resources/read of it fails: {detail}. No tool names it: a widget that opens it (requestModal) gets nothing.",
    "no-content": "resources/read of {uri} gives no content: {tools} shows nothing.",
    "several-contents": "resources/read of {uri} gives {count} contents, and hosts show one.",
    "not-html": "{uri} gives text that is no HTML: {tools} shows nothing.",
    fragment: "{uri} gives HTML without <!doctype html>: it is rendered in quirks mode.",
    mime: "{uri} is served as {mime}: only text/html;profile=mcp-app is rendered with the bridge.",
    "mime-legacy":
      "{uri} is served as text/html+skybridge, the form of before MCP Apps: serve text/html;profile=mcp-app.",
    "mime-listed": '{uri} is listed as "{listed}" and read as "{mime}".',
    unlisted: "{uri} is read, and resources/list does not name it: a scan that starts from the list does not find it.",
    "keys-differ": "{tools} names different resources under {keys}: {uris}. Hosts read different keys.",
    "alias-only":
      "{tools} names its resource under {keys} alone: name it under ui.resourceUri, which hosts read first.",
  },
  reasons: { "no-ui": "no tool of the server has a UI resource" },
  source:
    'MCP Apps specification 2026-01-26, "UI Resource Format" and "Resource Discovery"; docs/hosts.md#chatgpt-metadata; skybridge #833, #891',
  run({ tools, resources }, { isTold }) {
    if (
      resources.reads.length === 0 &&
      !resources.unreadable &&
      tools.entries.every(({ entry }) => urisOf(entry._meta).length === 0)
    )
      return inapplicable("no-ui");
    const { unreadable = [] } = resources;
    return failOrPass([
      ...unreadable.map(({ uri, error }) =>
        finding("unreadable-listed", { uri, detail: error }, { identity: ["uri"], severity: "warning" }),
      ),
      ...resources.reads.flatMap((read) => [
        ...ofContent(read),
        ...(isTold("bridge/resource", read.uri) ? [] : ofMime(read)),
        ...ofListing(read, resources),
      ]),
      ...keysOf(tools),
    ]);
  },
});

type Found = RawFinding<MessageId>;

function ofContent({ uri, tools, contents, error }: ResourceRead): Found[] {
  const named = { uri, tools: tools.toSorted().join(", ") };
  const scheme = uri.startsWith("ui://") ? [] : [finding("scheme", named)];
  if (error !== null) return [...scheme, finding("unreadable", { ...named, detail: error }, { identity: ["uri"] })];
  const [first] = contents;
  if (!first || first.bytes === 0) return [...scheme, finding("no-content", named)];
  const shown = contents.find((one) => one.uri === uri) ?? first;
  const markup = {
    none: [finding("not-html", named)],
    fragment: [finding("fragment", { uri }, { severity: "info" })],
    document: [],
  }[shown.markup];
  const several =
    contents.length > 1 ? [finding("several-contents", { uri, count: contents.length }, { severity: "warning" })] : [];
  return [...scheme, ...several, ...markup];
}

const spaceless = (mime: string): string => mime.replace(/\s+/g, "").toLowerCase();

const mimeOf = ({ uri, contents }: ResourceRead): string | null =>
  (contents.find((one) => one.uri === uri) ?? contents[0])?.mimeType ?? null;

function ofMime(read: ResourceRead): Found[] {
  const { uri, contents } = read;
  const mime = mimeOf(read) ?? "";
  if (contents.length === 0 || spaceless(mime) === MIME) return [];
  const where = { url: uri, path: "mimeType" };
  return spaceless(mime) === LEGACY_MIME
    ? [finding("mime-legacy", { uri }, { severity: "warning", where })]
    : [finding("mime", { uri, mime: mime.slice(0, 100) || "no type" }, { where })];
}

function ofListing(read: ResourceRead, { listed }: ServerResources): Found[] {
  const { uri, error } = read;
  if (listed === null || error !== null) return [];
  const entry = listed.find((one) => one.uri === uri);
  if (!entry) return [finding("unlisted", { uri }, { severity: "info" })];
  const mime = mimeOf(read);
  return entry.mimeType !== null && mime !== null && spaceless(entry.mimeType) !== spaceless(mime)
    ? [
        finding(
          "mime-listed",
          { uri, listed: entry.mimeType, mime },
          { severity: "warning", where: { url: uri, path: "mimeType" } },
        ),
      ]
    : [];
}

function keysOf({ entries }: ServerTools): Found[] {
  return entries.flatMap(({ name, entry }): Found[] => {
    const uris = urisOf(entry._meta);
    const keys = URI_KEYS.filter((key) => uriUnder(entry._meta, key) !== undefined);
    const data = { tools: name, keys: keys.join(", ") };
    if (uris.length > 1)
      return [
        finding("keys-differ", { ...data, uris: uris.join(", ") }, { severity: "warning", about: { tool: name } }),
      ];
    return uris.length === 1 && !keys.includes("ui.resourceUri")
      ? [finding("alias-only", data, { severity: "warning", about: { tool: name } })]
      : [];
  });
}
