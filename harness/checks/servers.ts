/** Every check of an MCP server, in the order of reports. A test compares this list with the files. */
import type { AnyServerCheck } from "./define-server-check.ts";
import metadataCspPlacement from "./metadata/csp-placement.ts";
import metadataDomain from "./metadata/domain.ts";
import metadataFieldType from "./metadata/field-type.ts";
import metadataNaming from "./metadata/naming.ts";
import metadataResource from "./metadata/resource.ts";
import metadataTemplateVersion from "./metadata/template-version.ts";
import metadataVisibility from "./metadata/visibility.ts";
import toolsAnnotations from "./tools/annotations.ts";
import toolsDescription from "./tools/description.ts";
import toolsFileParameter from "./tools/file-parameter.ts";
import toolsHonestHints from "./tools/honest-hints.ts";
import toolsInputSchema from "./tools/input-schema.ts";
import toolsOutputSchema from "./tools/output-schema.ts";
import toolsResponseMinimisation from "./tools/response-minimisation.ts";
import toolsStatusText from "./tools/status-text.ts";
import toolsTextFallback from "./tools/text-fallback.ts";
import transportAnswerTime from "./transport/answer-time.ts";
import transportCors from "./transport/cors.ts";
import transportEndpoint from "./transport/endpoint.ts";
import transportListSize from "./transport/list-size.ts";
import transportOrigin from "./transport/origin.ts";
import transportProtocol from "./transport/protocol.ts";
import transportSession from "./transport/session.ts";

export const serverChecks: readonly AnyServerCheck[] = [
  metadataCspPlacement,
  metadataDomain,
  metadataFieldType,
  metadataNaming,
  metadataResource,
  metadataTemplateVersion,
  metadataVisibility,
  toolsAnnotations,
  toolsDescription,
  toolsFileParameter,
  toolsHonestHints,
  toolsInputSchema,
  toolsOutputSchema,
  toolsResponseMinimisation,
  toolsStatusText,
  toolsTextFallback,
  transportAnswerTime,
  transportCors,
  transportEndpoint,
  transportListSize,
  transportOrigin,
  transportProtocol,
  transportSession,
];
