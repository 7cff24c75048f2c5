import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass } from "../define-check.ts";
import {
  AUTH_REASONS,
  authorizationOf,
  isSafeAddress,
  resourceDocument,
  textOf,
  textsIn,
} from "../shared/authorization.ts";

export default defineServerCheck({
  id: "auth/resource-metadata",
  title: "The server says who issues tokens for it",
  severity: "error",
  needs: ["auth", "tools"],
  messages: {
    missing: "The server asks for tokens, and says nowhere who issues them: {asked}",
    pointer: "The challenge names {url}, and there is no metadata",
    "other-resource": 'The metadata is of "{resource}", not of {endpoint}: a client must not use it',
    "no-servers": "The metadata names no authorization server",
    "unsafe-server": "The authorization server {issuer} is not reached by https",
  },
  reasons: AUTH_REASONS,
  source: "RFC 9728, 3 and 3.3; MCP specification 2025-11-25, Authorization Server Location",
  run({ auth: evidence, tools }) {
    const { auth, outcome } = authorizationOf(evidence, tools);
    if (!auth) return outcome;
    const finding = <M extends string>(messageId: M, data: Readonly<Record<string, string>> = {}) => ({
      messageId,
      data,
      channel: "network" as const,
    });
    const document = resourceDocument(auth);
    const asked = auth.resource.map(({ url, status }) => `${url} (${status ?? "no answer"})`).join(", ");
    if (!document) return failOrPass([finding("missing", { asked })]);
    const pointer = auth.resource.find(({ from, document: own }) => from === "challenge" && own === null);
    const servers = textsIn(document.authorization_servers);
    return failOrPass([
      ...(pointer ? [finding("pointer", { url: pointer.url })] : []),
      ...(isOf(document.resource, auth.endpoint)
        ? []
        : [finding("other-resource", { resource: textOf(document.resource), endpoint: auth.endpoint })]),
      ...(servers.length === 0 ? [finding("no-servers")] : []),
      ...servers.filter((issuer) => !isSafeAddress(issuer)).map((issuer) => finding("unsafe-server", { issuer })),
    ]);
  },
});

/** The endpoint itself, or a path above it on the same origin. */
function isOf(resource: unknown, endpoint: string): boolean {
  if (typeof resource !== "string" || !URL.canParse(resource)) return false;
  const [named, own] = [new URL(resource), new URL(endpoint)];
  const above = named.pathname.replace(/\/$/, "");
  return named.origin === own.origin && (own.pathname === above || own.pathname.startsWith(`${above}/`));
}
