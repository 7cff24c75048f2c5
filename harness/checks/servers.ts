/** Every check of an MCP server, in the order of reports. A test compares this list with the files. */
import type { AnyServerCheck } from "./define-server-check.ts";
import metadataResource from "./metadata/resource.ts";

export const serverChecks: readonly AnyServerCheck[] = [metadataResource];
