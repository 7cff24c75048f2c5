import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass } from "../define-check.ts";
import { changesSince, SNAPSHOT_NEEDS, SNAPSHOT_REASONS } from "../shared/snapshot-changes.ts";

export default defineServerCheck({
  id: "snapshot/uri",
  title: "UI resources that conversations hold can still be read",
  severity: "error",
  needs: SNAPSHOT_NEEDS,
  messages: {
    gone: '{uri} is in {file} and cannot be read any more: conversations that show it end with "Failed to fetch template". Serve it beside the new one',
  },
  reasons: SNAPSHOT_REASONS,
  source:
    'Field report of a published app: "Failed to fetch template" in old conversations once a ui:// URI was removed (2026)',
  run(artifacts) {
    const since = changesSince(artifacts);
    if (!since.changes) return since.outcome;
    const { file } = since;
    return failOrPass(
      since.changes
        .filter(({ cost }) => cost === "breaks")
        .map(({ subject }) => ({
          messageId: "gone" as const,
          data: { uri: subject, file },
          identity: ["uri"],
          channel: "static" as const,
        })),
    );
  },
});
