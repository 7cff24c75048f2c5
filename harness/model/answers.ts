/** Addresses of what an MCP server answered: `mcp:tools/list`, to which `Where.path` gives the path in the result. */
import type { Where } from "./evidence/common.ts";

const SCHEME = "mcp:";

export const answerAddress = (request: string): string => `${SCHEME}${request}`;

/** `tools/list`; null where it is no answer of a server. */
export const requestOf = ({ url }: Pick<Where, "url">): string | null =>
  url.startsWith(SCHEME) ? url.slice(SCHEME.length) : null;
