import { defineCheck, failOrPass, inapplicable, review, type RawFinding } from "../define-check.ts";
import type { ConsoleEntry, NetworkAttempt } from "../../model/evidence.ts";
import { branchesOf } from "../shared/field-tree.ts";

const BYTES_PER_TOKEN = 4;
/** Tokens from which an unread field is told, and from which it is a warning: our own limits. */
const TELLING = 50;
const COSTLY = 1000;
const MOST = 20;

export default defineCheck({
  id: "props/unread-field",
  title: "Widget reads what structuredContent gives it",
  severity: "info",
  needs: ["props", "console", "network"],
  messages: {
    unread:
      "{field} of structuredContent was not read in this scenario: {bytes} bytes, about {tokens} tokens. If the model does not need it either, leave it out.",
    nothing: "The widget read nothing of structuredContent in this scenario ({bytes} bytes, about {tokens} tokens).",
  },
  reasons: {
    "not-recorded": "no structuredContent was given, or its reads were not recorded",
    "no-fields": "structuredContent has no fields",
    "not-run":
      "the widget read nothing, and its code did not run as it is meant to: a script is missing, or an error stopped it",
    "out-of-sight": "structuredContent left our sight ({by}), so what of it was used cannot be told",
    walked:
      "fields that were walked over (spread, listed, counted or serialised) and may or may not be used: {fields}, such as {paths}",
  },
  source:
    "docs/hosts.md#chatgpt-props: include only the data that the prompt needs; widget and model read structuredContent",
  run({ props: { reads }, console, network }) {
    if (!reads) return inapplicable("not-recorded");
    if (reads.fields.length === 0) return inapplicable("no-fields");
    const unread = branchesOf(reads.fields, "unread");
    const isWhole = unread.some(({ path }) => path === "$");
    if (isWhole && !hasRun(console, network)) return inapplicable("not-run");
    const telling = unread.filter(({ bytes }) => bytes >= TELLING * BYTES_PER_TOKEN);
    const findings = telling.slice(0, MOST).map(({ path, bytes }): RawFinding<"unread" | "nothing"> => {
      const tokens = Math.round(bytes / BYTES_PER_TOKEN);
      return {
        messageId: path === "$" ? "nothing" : "unread",
        channel: "page",
        severity: tokens >= COSTLY ? "warning" : "info",
        identity: ["field"],
        data: { field: path, bytes, tokens },
      };
    });
    if (reads.opaque.length > 0) return review("out-of-sight", { by: reads.opaque.slice(0, 3).join("; ") });
    const walked = branchesOf(reads.fields, "walked");
    if (walked.length > 0) {
      const first = walked.slice(0, 5).map(({ path }) => path);
      return { ...review("walked", { fields: walked.length, paths: first.join(", ") }), findings };
    }
    return failOrPass(findings);
  },
});

function hasRun(console: readonly ConsoleEntry[], network: readonly NetworkAttempt[]): boolean {
  const isMissing = ({ kind, outcome, answeredBy }: NetworkAttempt): boolean =>
    kind === "script" && (outcome !== "allowed" || answeredBy === "stub");
  return !console.some(({ origin }) => origin === "exception") && !network.some(isMissing);
}
