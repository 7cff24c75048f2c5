/** Names for what the browser reported: kinds, classes, lists. */
import { isLocal } from "../../../host/csp/addresses.ts";
import { kindOfType, kindOfViolation } from "../../../host/csp/kinds.ts";
import type { BlockClass, NetworkAttempt, RequestKind } from "../../model/evidence.ts";
import type { FrameRole, RawIssue, RawRequest } from "../witness/run-log.ts";

export function kindOfRequest(request: RawRequest): RequestKind {
  if (request.type === "Document" && request.role === "inner") return request.isForm ? "form" : "navigation";
  if (request.type === "Document" && request.role === "popup") return "popup";
  return kindOfType(request.type);
}

export function kindOfIssue(issue: RawIssue): RequestKind {
  if (issue.violation === "kEvalViolation" || issue.violation === "kWasmEvalViolation") return "eval";
  if (issue.violation === "kInlineViolation") return "inline";
  return kindOfViolation(issue.directive, issue.blockedUrl);
}

/** Why a request that CSP let through did not succeed. */
export function classOfFailure(request: RawRequest): BlockClass {
  const reason = request.blockedReason ?? "";
  if (request.corsError || reason === "origin") return "cors";
  if (/corp|coep|coop/.test(reason)) return "corp";
  if (reason === "mixed-content") return "mixed-content";
  if (isLocal(request.url)) return "local-network";
  return "other";
}

export function initiatorOf(role: FrameRole): NetworkAttempt["initiator"] {
  switch (role) {
    case "worker":
      return "worker";
    case "child":
      return "frame";
    case "framed":
      return "framed-page";
    case "outer":
    case "top":
      return "outer";
    case "popup":
      return "popup";
    default:
      return "document";
  }
}
