import { defineCheck, failOrPass, inapplicable, review, type RawFinding } from "../define-check.ts";
import { branchesOf } from "../shared/field-tree.ts";

const BYTES_PER_TOKEN = 4;
/** Tokens from which an unread field is a warning: our own limit. */
const COSTLY = 1000;
const MOST = 20;

export default defineCheck({
  id: "props/unread-field",
  title: "Widget reads what structuredContent gives it",
  severity: "info",
  needs: ["props"],
  messages: {
    unread:
      "{field} of structuredContent was not read in this scenario: {bytes} bytes, about {tokens} tokens. If the model does not need it either, leave it out.",
    nothing: "The widget read nothing of structuredContent in this scenario ({bytes} bytes, about {tokens} tokens).",
  },
  reasons: {
    "not-recorded": "no structuredContent was given, or its reads were not recorded",
    "no-fields": "structuredContent has no fields",
    "out-of-sight": "structuredContent left our sight ({by}), so what of it was used cannot be told",
    walked:
      "fields that were walked over (spread, listed, counted or serialised) and may or may not be used: {fields}, such as {paths}",
  },
  source:
    "docs/hosts.md#chatgpt-props: include only the data that the prompt needs; widget and model read structuredContent",
  run({ props }) {
    const { reads } = props;
    if (!reads) return inapplicable("not-recorded");
    if (reads.fields.length === 0) return inapplicable("no-fields");
    const unread = branchesOf(reads.fields, "unread");
    const findings = unread.slice(0, MOST).map(({ path, bytes }): RawFinding<"unread" | "nothing"> => {
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
