import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { AUTH_REASONS, authorizationOf, isSafeAddress, issuerDocuments } from "../shared/authorization.ts";

export default defineServerCheck({
  id: "auth/registration",
  title: "A client that nobody knows can get an identity without a person",
  severity: "error",
  needs: ["auth", "tools"],
  messages: {
    none: "{issuer} takes no client metadata document and registers no client: ChatGPT cannot log anybody in unless its client is set up by hand",
    "registration-only": "{issuer} registers clients and takes no client metadata document, which ChatGPT prefers",
  },
  reasons: { ...AUTH_REASONS, "no-metadata": "No authorization server has metadata (auth/server-metadata)" },
  source:
    "OpenAI, Apps SDK: Authentication (September 2026); MCP specification 2025-11-25, Client Registration Approaches; RFC 7591",
  run({ auth: evidence, tools }) {
    const { auth, outcome } = authorizationOf(evidence, tools);
    if (!auth) return outcome;
    const known = issuerDocuments(auth).filter(({ document }) => document !== null);
    if (known.length === 0) return { outcome: "inapplicable", reason: { id: "no-metadata", data: {} } };
    return failOrPass(
      known.flatMap(({ issuer, document }): RawFinding<"none" | "registration-only">[] => {
        if (document?.client_id_metadata_document_supported === true) return [];
        const finding = { data: { issuer }, channel: "network" as const };
        return isSafeAddress(document?.registration_endpoint)
          ? [{ ...finding, messageId: "registration-only" as const, severity: "info" as const }]
          : [{ ...finding, messageId: "none" as const }];
      }),
    );
  },
});
