import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass } from "../define-check.ts";
import { changesSince, SNAPSHOT_NEEDS, SNAPSHOT_REASONS } from "../shared/snapshot-changes.ts";

export default defineServerCheck({
  id: "snapshot/document",
  title: "A document that changed has a URI of its own",
  severity: "warning",
  needs: SNAPSHOT_NEEDS,
  messages: {
    changed:
      "{uri} gives another document than when {file} was kept: hosts may serve the old one for an hour or until a new version. Give it a new URI, and keep the old one",
  },
  reasons: SNAPSHOT_REASONS,
  source:
    'OpenAI, Apps SDK: "Build your ChatGPT UI" (the URI is the cache key); openai-apps-sdk-examples #216 (2026-05-24), PostHog #100638 (2026-09-14)',
  run(artifacts) {
    const since = changesSince(artifacts);
    if (!since.changes) return since.outcome;
    const { file } = since;
    return failOrPass(
      since.changes
        .filter(({ kind }) => kind === "document")
        .map(({ subject }) => ({
          messageId: "changed" as const,
          data: { uri: subject, file },
          identity: ["uri"],
          channel: "static" as const,
        })),
    );
  },
});
