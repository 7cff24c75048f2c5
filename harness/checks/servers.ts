/** Every check of an MCP server, in the order of reports. A test compares this list with the files. */
import type { AnyServerCheck } from "./define-server-check.ts";
import metadataCspPlacement from "./metadata/csp-placement.ts";
import metadataDomain from "./metadata/domain.ts";
import metadataFieldType from "./metadata/field-type.ts";
import metadataNaming from "./metadata/naming.ts";
import metadataResource from "./metadata/resource.ts";
import metadataTemplateVersion from "./metadata/template-version.ts";
import metadataVisibility from "./metadata/visibility.ts";

export const serverChecks: readonly AnyServerCheck[] = [
  metadataCspPlacement,
  metadataDomain,
  metadataFieldType,
  metadataNaming,
  metadataResource,
  metadataTemplateVersion,
  metadataVisibility,
];
