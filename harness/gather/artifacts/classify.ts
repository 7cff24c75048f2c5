/** Names for what the browser reported. */
import { isLocal } from "../../../host/csp/addresses.ts";
import { kindOfViolation, type RequestKind } from "../../../host/csp/kinds.ts";
import type { BlockClass, NetworkAttempt } from "../../model/evidence.ts";
import type { FrameRole, RawIssue, RawRequest } from "../../model/raw-log.ts";

/** A document in the widget's own frame is no frame of the widget. */
export function kindOfRequest({ kind, role, isForm }: RawRequest): RequestKind {
  if (kind === "frame" && role === "inner") return isForm ? "form" : "navigation";
  return kind === "frame" && role === "popup" ? "popup" : kind;
}

export const kindOfIssue = ({ directive, blockedUrl, code }: RawIssue): RequestKind =>
  kindOfViolation(directive, code ?? blockedUrl);

/** Why a request that CSP let through did not succeed. */
export function classOfFailure({ blockedReason = "", corsError, url }: RawRequest): BlockClass {
  if (corsError !== undefined) return "cors";
  // What loads from the document's own origin alone, as `<use>` and `filter: url()`: no header of the server helps.
  if (blockedReason === "origin") return "same-origin";
  if (/corp|coep|coop/.test(blockedReason)) return "corp";
  if (blockedReason === "mixed-content") return "mixed-content";
  return isLocal(url) ? "local-network" : "other";
}

/** A name that is at an address of this network may be at another one elsewhere. */
export const classOfLocal = (url: string): "local-network" | "unreachable" =>
  isLocal(url) ? "local-network" : "unreachable";

const INITIATOR = {
  inner: "document",
  worker: "worker",
  child: "frame",
  framed: "framed-page",
  outer: "outer",
  top: "outer",
  popup: "popup",
} as const satisfies Readonly<Record<FrameRole, NetworkAttempt["initiator"]>>;

export const initiatorOf = (role: FrameRole): NetworkAttempt["initiator"] => INITIATOR[role];
