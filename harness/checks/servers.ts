/** Every check of an MCP server, in the order of reports. A test compares this list with the files. */
import type { AnyServerCheck } from "./define-server-check.ts";
import authChallenge from "./auth/challenge.ts";
import authLeak from "./auth/leak.ts";
import authPkce from "./auth/pkce.ts";
import authRedirect from "./auth/redirect.ts";
import authRegistration from "./auth/registration.ts";
import authResourceMetadata from "./auth/resource-metadata.ts";
import authScopes from "./auth/scopes.ts";
import authSecuritySchemes from "./auth/security-schemes.ts";
import authServerMetadata from "./auth/server-metadata.ts";
import authToken from "./auth/token.ts";
import metadataCspPlacement from "./metadata/csp-placement.ts";
import metadataDomain from "./metadata/domain.ts";
import metadataFieldType from "./metadata/field-type.ts";
import metadataNaming from "./metadata/naming.ts";
import metadataResource from "./metadata/resource.ts";
import metadataTemplateVersion from "./metadata/template-version.ts";
import metadataVisibility from "./metadata/visibility.ts";
import snapshotDocument from "./snapshot/document.ts";
import snapshotSubmission from "./snapshot/submission.ts";
import snapshotUri from "./snapshot/uri.ts";
import snapshotWiderSchema from "./snapshot/wider-schema.ts";
import toolsAnnotations from "./tools/annotations.ts";
import toolsDescription from "./tools/description.ts";
import toolsDestructiveConfirmation from "./tools/destructive-confirmation.ts";
import toolsFileParameter from "./tools/file-parameter.ts";
import toolsHonestHints from "./tools/honest-hints.ts";
import toolsInputSchema from "./tools/input-schema.ts";
import toolsInputValidation from "./tools/input-validation.ts";
import toolsOutputSchema from "./tools/output-schema.ts";
import toolsPromptInjection from "./tools/prompt-injection.ts";
import toolsResponseMinimisation from "./tools/response-minimisation.ts";
import toolsStatusText from "./tools/status-text.ts";
import toolsTextFallback from "./tools/text-fallback.ts";
import transportAnswerTime from "./transport/answer-time.ts";
import transportCancellation from "./transport/cancellation.ts";
import transportCors from "./transport/cors.ts";
import transportEndpoint from "./transport/endpoint.ts";
import transportListSize from "./transport/list-size.ts";
import transportOrigin from "./transport/origin.ts";
import transportProtocol from "./transport/protocol.ts";
import transportSecondClient from "./transport/second-client.ts";
import transportSession from "./transport/session.ts";
import transportStaleSession from "./transport/stale-session.ts";

export const serverChecks: readonly AnyServerCheck[] = [
  authChallenge,
  authLeak,
  authPkce,
  authRedirect,
  authRegistration,
  authResourceMetadata,
  authScopes,
  authSecuritySchemes,
  authServerMetadata,
  authToken,
  metadataCspPlacement,
  metadataDomain,
  metadataFieldType,
  metadataNaming,
  metadataResource,
  metadataTemplateVersion,
  metadataVisibility,
  snapshotDocument,
  snapshotSubmission,
  snapshotUri,
  snapshotWiderSchema,
  toolsAnnotations,
  toolsDescription,
  toolsDestructiveConfirmation,
  toolsFileParameter,
  toolsHonestHints,
  toolsInputSchema,
  toolsInputValidation,
  toolsOutputSchema,
  toolsPromptInjection,
  toolsResponseMinimisation,
  toolsStatusText,
  toolsTextFallback,
  transportAnswerTime,
  transportCancellation,
  transportCors,
  transportEndpoint,
  transportListSize,
  transportOrigin,
  transportProtocol,
  transportSecondClient,
  transportSession,
  transportStaleSession,
];
