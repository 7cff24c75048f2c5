/** What the browser found wrong with the answer to a preflight. */
import type { AttemptFields, PreflightFault } from "../../../model/evidence.ts";
import { classOfLocal } from "../classify.ts";
import type { RawPreflight, RawRequest } from "../../../model/raw-log.ts";

/** Chromium's `CorsError` names, as far as they are about a preflight. */
const FAULTS: Readonly<Record<string, PreflightFault>> = {
  PreflightInvalidStatus: "status",
  PreflightDisallowedRedirect: "redirect",
  PreflightMissingAllowOriginHeader: "origin-missing",
  PreflightWildcardOriginNotAllowed: "origin-wildcard",
  PreflightMultipleAllowOriginValues: "origin",
  PreflightInvalidAllowOriginValue: "origin",
  PreflightAllowOriginMismatch: "origin",
  PreflightInvalidAllowCredentials: "credentials",
  InvalidAllowMethodsPreflightResponse: "method",
  MethodDisallowedByPreflightResponse: "method",
  InvalidAllowHeadersPreflightResponse: "header",
  HeaderDisallowedByPreflightResponse: "header",
};

/** The fault of the preflight that failed a request; null when none did. A name that is not known yet is not lost. */
function preflightFault(corsError: string | undefined): PreflightFault | null {
  if (corsError === undefined || !/preflight/i.test(corsError)) return null;
  return FAULTS[corsError] ?? "other";
}

/** The last preflight of a request, which may have been asked for more than once. */
function preflightFor(request: RawRequest, preflights: readonly RawPreflight[]): RawPreflight | undefined {
  return preflights.findLast(({ url, method }) => url === request.url && method === request.method);
}

type PreflightFailure = Pick<AttemptFields, "answeredBy" | "blockClass" | "preflight">;

type PreflightAnswer = Pick<RawPreflight, "allowOrigin" | "allowMethods" | "allowHeaders" | "allowCredentials"> & {
  readonly status: number | null;
};
const UNSEEN: PreflightAnswer = {
  status: null,
  allowOrigin: null,
  allowMethods: null,
  allowHeaders: null,
  allowCredentials: null,
};

function answerOf(known: RawPreflight | undefined): PreflightAnswer {
  if (!known) return UNSEEN;
  const { status, allowOrigin, allowMethods, allowHeaders, allowCredentials } = known;
  return { status, allowOrigin, allowMethods, allowHeaders, allowCredentials };
}

/** Whose answer to a preflight failed the request, and how. */
export function preflightFailure(request: RawRequest, preflights: readonly RawPreflight[]): PreflightFailure {
  const fault = preflightFault(request.corsError);
  const known = preflightFor(request, preflights);
  if (known?.answeredBy === "unreachable") return { answeredBy: "unreachable", blockClass: "unreachable" };
  if (known?.answeredBy === "refused-local")
    return { answeredBy: "refused-local", blockClass: classOfLocal(request.url) };
  if (!fault) return {};
  return {
    ...(known ? { answeredBy: known.answeredBy } : {}),
    preflight: {
      fault,
      method: request.method,
      refused: request.corsParameter ?? null,
      ...answerOf(known),
    },
  };
}
