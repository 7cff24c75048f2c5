/** Why the browser did not use an answer, by its own words and by how the request ended. */
import type { AnswerFault } from "../../../model/evidence.ts";
import type { RawLog, RawRequest } from "../../../model/raw-log.ts";

/** Words of Chromium 156; the address stands in the text, or beside it. */
const WORDS: readonly { readonly fault: AnswerFault; readonly pattern: RegExp }[] = [
  { fault: "type", pattern: /^Failed to load module script: .{0,120}MIME type of / },
  { fault: "type", pattern: /^Refused to (?:execute script|apply style) from '([^']*)' because its MIME type/ },
  {
    fault: "integrity",
    pattern: /^Failed to find a valid digest in the 'integrity' attribute for resource '([^']*)'/,
  },
  { fault: "format", pattern: /^Failed to decode downloaded font: (\S+)/ },
];

/** Faults that the browser wrote down, by the address of what was asked for. */
export function writtenFaults({ messages }: Pick<RawLog, "messages">): ReadonlyMap<string, AnswerFault> {
  const faults = new Map<string, AnswerFault>();
  for (const { origin, text, about } of messages) {
    if (origin !== "browser") continue;
    for (const { fault, pattern } of WORDS) {
      const found = pattern.exec(text);
      const url = found && (found[1] ?? about);
      if (url) faults.set(url, fault);
    }
  }
  return faults;
}

/** What the end of a request itself tells: a document that may not be framed here, an answer of a type that was not asked for. */
export function faultOfEnd({ kind, error, blockedReason = "other" }: RawRequest): AnswerFault | undefined {
  if (error === "net::ERR_BLOCKED_BY_ORB") return "type";
  const isKept = error === "net::ERR_BLOCKED_BY_RESPONSE" && blockedReason === "other";
  return isKept && kind === "frame" ? "framing" : undefined;
}
