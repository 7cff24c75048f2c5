/** What each check of a server looks at, in whose answer. Pure. */
import type { RawFinding } from "../checks/define-check.ts";

export type Told = Pick<RawFinding, "messageId" | "data" | "about">;

export interface Spot {
  /** A request, `endpoint` for what HTTP says, or the metadata of an authorization server or of the resource. */
  readonly of: string;
  /** In the entry of the tool, in the content of the resource, or in the whole result. */
  readonly path: string;
}
export type Row = Spot | ((told: Told) => Spot);

const at = (of: string, path = ""): Spot => ({ of, path });
const tool = (path: string): Spot => at("tools/list", path);
const call = (path: string): Spot => at("tools/call", path);
const content = (path: string): Spot => at("resources/read", path);
const header = (name: string): Spot => at("endpoint", `headers["${name}"]`);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Where a message stands, and where the others of its check do. */
const byMessage =
  (rows: Readonly<Record<string, Row>>, otherwise: Row): Row =>
  (told) =>
    spotOf(rows[told.messageId] ?? otherwise, told);
export const spotOf = (row: Row, told: Told): Spot => (typeof row === "function" ? row(told) : row);

/** `ui.csp` and `openai/widgetCSP` under `_meta`, as JSON names them. */
const metaPath = (field: string): string => {
  if (field === "") return "_meta";
  return /^[\w.]+$/.test(field) ? `_meta.${field}` : `_meta${keyOf(field)}`;
};
const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);
const parameter = (name: unknown): string =>
  text(name) === "" ? "inputSchema" : `inputSchema.properties${keyOf(text(name))}`;
/** Fields of a tool, and of a content, as `metadata/field-type` names them. */
const fieldPath = (field: string): string =>
  field.startsWith("_meta.") ? metaPath(field.slice("_meta.".length)) : field;
const first = (list: unknown): string => text(list).split(", ")[0] ?? "";

const ofRequired: Row = ({ data }) => at("issuer", text(data.field));
const ofParameter: Row = ({ data }) => tool(parameter(data.parameter ?? data.field));

/** What each kind of change in a snapshot is about. */
const ofChange: Row = ({ data: { kind, at: below } }) => {
  const inside = (path: string): string => (text(below) === "" ? path : `${path}.${text(below)}`);
  const rows: Readonly<Record<string, Spot>> = {
    origin: at("endpoint"),
    path: at("endpoint"),
    instructions: at("initialize", "instructions"),
    "tool-added": tool(""),
    "tool-renamed": tool("name"),
    "tool-removed": at("tools/list", ""),
    title: tool("title"),
    description: tool("description"),
    annotations: tool(inside("annotations")),
    "security-schemes": tool(inside("securitySchemes")),
    "ui-uri": tool("_meta.ui.resourceUri"),
    "tool-meta": tool(inside("_meta")),
    "input-schema": tool(inside("inputSchema")),
    "input-schema-wider": tool(inside("inputSchema")),
    "output-schema": tool(inside("outputSchema")),
    "output-schema-wider": tool(inside("outputSchema")),
    "mime-type": content("mimeType"),
  };
  return rows[text(kind)] ?? content("_meta");
};

/** One row a check; a test holds that there is one for each. */
export const SERVER_SPOTS: Readonly<Record<string, Row>> = {
  "auth/challenge": byMessage(
    {
      status: at("endpoint", "status"),
      "no-challenge": header("www-authenticate"),
      "no-pointer": header("www-authenticate"),
      "no-tool-challenge": call('_meta["mcp/www_authenticate"]'),
    },
    at("endpoint", "status"),
  ),
  "auth/leak": byMessage({ "query-offered": at("resource", "bearer_methods_supported") }, at("endpoint", "result")),
  "auth/pkce": at("issuer", "authorization_endpoint"),
  "auth/redirect": at("issuer", "authorization_endpoint"),
  "auth/registration": at("issuer", "client_id_metadata_document_supported"),
  "auth/resource-metadata": byMessage(
    {
      "other-resource": at("resource", "resource"),
      "no-servers": at("resource", "authorization_servers"),
      "unsafe-server": at("resource", "authorization_servers"),
    },
    header("www-authenticate"),
  ),
  "auth/scopes": ({ about, data }) =>
    about?.tool === undefined && data.tool === undefined ? header("www-authenticate") : tool("securitySchemes"),
  "auth/security-schemes": ({ data }) => tool(text(data.place) || "securitySchemes"),
  "auth/server-metadata": byMessage(
    {
      "other-issuer": at("issuer", "issuer"),
      endpoint: ofRequired,
      "no-s256": at("issuer", "code_challenge_methods_supported"),
      "no-code-grant": at("issuer", "grant_types_supported"),
      "client-secret": at("issuer", "token_endpoint_auth_methods_supported"),
      "no-iss": at("issuer", "authorization_response_iss_parameter_supported"),
    },
    at("issuer"),
  ),
  "auth/token": at("endpoint", "status"),
  "metadata/csp-placement": ({ data }) => content(metaPath(first(data.fields))),
  "metadata/domain": content('_meta["openai/widgetDomain"]'),
  "metadata/field-type": byMessage(
    {
      tool: ({ data }) => tool(fieldPath(text(data.field))),
      permission: content("_meta.ui.permissions"),
    },
    ({ data }) => (text(data.field) === "name" ? at("resources/list", "name") : content(fieldPath(text(data.field)))),
  ),
  "metadata/naming": byMessage(
    {
      "no-description": tool("description"),
      "thin-description": tool("description"),
      "long-description": tool("description"),
      "no-title": tool("title"),
      "server-name": at("initialize", "serverInfo.name"),
      "display-long": at("initialize", "serverInfo.title"),
      "instructions-long": at("initialize", "instructions"),
    },
    tool("name"),
  ),
  "metadata/resource": byMessage(
    {
      scheme: content("uri"),
      unreadable: at("resources/read", "error"),
      "unreadable-listed": at("resources/list", ""),
      "no-content": content(""),
      "several-contents": at("resources/read", "contents"),
      mime: content("mimeType"),
      "mime-legacy": content("mimeType"),
      "mime-listed": at("resources/list", "mimeType"),
      unlisted: at("resources/list", "resources"),
      "keys-differ": tool("_meta"),
      "alias-only": tool("_meta"),
    },
    content("text"),
  ),
  "metadata/template-version": content("uri"),
  "metadata/visibility": tool("_meta.ui.visibility"),
  "snapshot/document": content("text"),
  "snapshot/submission": ofChange,
  "snapshot/uri": at("resources/read", "error"),
  "snapshot/wider-schema": ofChange,
  "tools/annotations": tool("annotations"),
  "tools/description": tool("description"),
  "tools/destructive-confirmation": ofParameter,
  "tools/file-parameter": byMessage({ unknown: tool('_meta["openai/fileParams"]') }, ofParameter),
  "tools/honest-hints": byMessage({ "answer-writes": call("content") }, tool("annotations")),
  "tools/input-schema": ofParameter,
  "tools/input-validation": tool("inputSchema"),
  "tools/output-schema": byMessage(
    { mismatch: call("structuredContent"), "not-object": call("structuredContent") },
    tool("outputSchema"),
  ),
  "tools/prompt-injection": call("content"),
  "tools/response-minimisation": byMessage(
    {
      internal: ofPaths,
      debug: ofPaths,
      timestamps: ofPaths,
      secret: call(""),
      "personal-log": at("notifications/message"),
    },
    call("content"),
  ),
  "tools/status-text": ({ data }) => tool(metaPath(text(data.key))),
  "tools/text-fallback": call("content"),
  "transport/answer-time": at("tools/list"),
  "transport/cancellation": at("notifications/cancelled"),
  "transport/cors": header("access-control-allow-origin"),
  "transport/endpoint": at("endpoint"),
  "transport/list-size": byMessage(
    { endless: at("tools/list", "nextCursor"), document: content("text") },
    at("tools/list", "tools"),
  ),
  "transport/origin": header("origin"),
  "transport/protocol": byMessage(
    {
      ended: at("stderr"),
      "stray-output": at("stdout"),
      "old-version": at("initialize", "protocolVersion"),
      "content-type": header("content-type"),
      "server-error": at("endpoint", "status"),
    },
    at("initialize", "capabilities"),
  ),
  "transport/second-client": at("initialize"),
  "transport/session": header("mcp-session-id"),
  "transport/stale-session": header("mcp-session-id"),
};

/** `$.items[].id`: the first of the paths that a result was found to hold. */
function ofPaths({ data }: Told): Spot {
  const [, below = ""] = /^(?:\$|content|_meta)?\.?(.*)$/.exec(first(data.paths)) ?? [];
  const root =
    { $: "structuredContent", c: "content", _: "_meta" }[first(data.paths).slice(0, 1)] ?? "structuredContent";
  return call(root === "content" || below === "" ? root : `${root}.${below}`);
}
