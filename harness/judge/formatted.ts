/** What a check found, with its words. Pure. */
import type { AnyCheck, RawFinding } from "../checks/define-check.ts";
import { momentLabel } from "../model/moment.ts";
import { fillTemplate } from "../model/notes.ts";
import type { Finding } from "../model/result.ts";
import type { Note, NoteWithMessage } from "../model/tags.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** What is read of a check once it has run. */
export type JudgedCheck = Pick<AnyCheck, "id" | "title" | "severity" | "messages" | "reasons" | "leavesOpen">;

export function formatFinding(check: JudgedCheck, finding: RawFinding, keepSeverity: boolean): Finding {
  const identity = finding.identity
    ? Object.fromEntries(finding.identity.map((name) => [name, finding.data[name] ?? null]))
    : finding.data;
  return {
    messageId: finding.messageId,
    message: withMoment(fillTemplate(check.messages[finding.messageId] ?? finding.messageId, finding.data), finding),
    data: finding.data,
    channel: finding.channel,
    fingerprint: fingerprintOf(check.id, finding.messageId, identity),
    ...(finding.where ? { where: finding.where } : {}),
    ...(finding.severity && !keepSeverity ? { severity: finding.severity } : {}),
  };
}

/** What came after the widget had come to rest is told with its moment, or after what exploring did. */
function withMoment(message: string, { where, data }: RawFinding): string {
  if (where?.pressed !== undefined) return `${message} This comes after ${where.pressed}.`;
  const afterMs = where?.afterMs ?? data.afterMs;
  return typeof afterMs === "number"
    ? `${message} This comes ${momentLabel(afterMs)} into the widget's life.`
    : message;
}

export const formatReason = (check: JudgedCheck, { id, data }: Note): NoteWithMessage => ({
  id,
  data,
  message: fillTemplate(check.reasons?.[id] ?? id, data),
});
