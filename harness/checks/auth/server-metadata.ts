import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass } from "../define-check.ts";
import type { Severity } from "../../model/result.ts";
import {
  AUTH_REASONS,
  authorizationOf,
  isSafeAddress,
  issuerDocuments,
  textOf,
  textsIn,
} from "../shared/authorization.ts";

export default defineServerCheck({
  id: "auth/server-metadata",
  title: "Each authorization server says that it can do what a public client needs",
  severity: "error",
  needs: ["auth", "tools"],
  messages: {
    missing: "{issuer} has no metadata that can be found: {asked}",
    "other-issuer": 'The metadata of {issuer} is of "{named}": a client must refuse it',
    endpoint: "{issuer}: {field} is not an https address",
    "no-s256": "{issuer} does not name S256 in code_challenge_methods_supported: a client must not go on",
    "no-code-grant": "{issuer} does not offer the authorization_code grant",
    "client-secret": "{issuer} takes no public client (none) and no client with a key of its own (private_key_jwt)",
    "no-iss": "{issuer} does not name itself in its answers (RFC 9207): codes of two servers can be mixed up",
  },
  reasons: { ...AUTH_REASONS, "no-issuer": "No authorization server is named" },
  source:
    "RFC 8414; RFC 9207; MCP specification 2025-11-25, Authorization Code Protection; OpenAI, Apps SDK: Authentication (September 2026)",
  run({ auth: evidence, tools }) {
    const { auth, outcome } = authorizationOf(evidence, tools);
    if (!auth) return outcome;
    const issuers = issuerDocuments(auth);
    if (issuers.length === 0) return { outcome: "inapplicable", reason: { id: "no-issuer", data: {} } };
    return failOrPass(
      issuers.flatMap(({ issuer, document, asked }) =>
        faultsOf(document, issuer).map(({ id, severity, ...data }) => ({
          messageId: id,
          data: { issuer, asked, field: "", named: "", ...data },
          identity: ["issuer", "field"],
          channel: "network" as const,
          ...(severity ? { severity } : {}),
        })),
      ),
    );
  },
});

type Fault = {
  readonly id: "missing" | "other-issuer" | "endpoint" | "no-s256" | "no-code-grant" | "client-secret" | "no-iss";
  readonly severity?: Severity;
  readonly field?: string;
  readonly named?: string;
};

function faultsOf(document: Readonly<Record<string, unknown>> | null, issuer: string): readonly Fault[] {
  if (!document) return [{ id: "missing" }];
  const grants = document.grant_types_supported;
  // RFC 8414, 2: left out, it is `client_secret_basic`; a client that registers is given what it asks for.
  const methods = textsIn(document.token_endpoint_auth_methods_supported);
  const isPublic = methods.includes("none") || methods.includes("private_key_jwt");
  return [
    ...(sameIssuer(document.issuer, issuer) ? [] : [{ id: "other-issuer" as const, named: textOf(document.issuer) }]),
    ...["authorization_endpoint", "token_endpoint"]
      .filter((field) => !isSafeAddress(document[field]))
      .map((field) => ({ id: "endpoint" as const, field })),
    ...(textsIn(document.code_challenge_methods_supported).includes("S256") ? [] : [{ id: "no-s256" as const }]),
    ...(grants === undefined || textsIn(grants).includes("authorization_code")
      ? []
      : [{ id: "no-code-grant" as const }]),
    ...(isPublic ? [] : [{ id: "client-secret" as const, severity: "warning" as const }]),
    ...(document.authorization_response_iss_parameter_supported === true
      ? []
      : [{ id: "no-iss" as const, severity: "info" as const }]),
  ];
}

const sameIssuer = (named: unknown, issuer: string): boolean =>
  typeof named === "string" && named.replace(/\/$/, "") === issuer.replace(/\/$/, "");
