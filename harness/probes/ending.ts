/** How a request ended, by what the MCP client rejects with. Pure. */
import type { Ending } from "../model/clients.ts";

/** An error of the protocol is an answer; its number is what the server sent. */
export function endingOf(error: unknown): Ending {
  const { code, data } = error as { readonly code?: unknown; readonly data?: { readonly status?: unknown } };
  if (typeof code === "number") return "answered";
  if (code === "REQUEST_TIMEOUT") return "hang";
  const status = data?.status;
  if (typeof status === "number") return endingByStatus(status);
  return code === "INVALID_RESULT" ? "answered" : "crash";
}

function endingByStatus(status: number): Ending {
  if (status >= 500) return "server-error";
  return TURNED_AWAY.has(status) ? "turned-away" : "refused";
}

/** What says that somebody else refused: a login, a limit, a proxy. */
const TURNED_AWAY: ReadonlySet<number> = new Set([401, 403, 429]);

export const isProtocolError = (error: unknown): boolean =>
  typeof (error as { readonly code?: unknown }).code === "number";
