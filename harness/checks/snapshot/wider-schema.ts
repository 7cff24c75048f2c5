import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass } from "../define-check.ts";
import { changesSince, dataOf, SNAPSHOT_NEEDS, SNAPSHOT_REASONS } from "../shared/snapshot-changes.ts";

export default defineServerCheck({
  id: "snapshot/wider-schema",
  title: "A schema that only grew was looked at by a person",
  severity: "warning",
  needs: SNAPSHOT_NEEDS,
  messages: {
    grew: "{subject}: {what}{place}, differs from {file} and takes nothing away: a person decides whether the model needs to see it, which takes a new scan",
  },
  reasons: SNAPSHOT_REASONS,
  source: 'OpenAI, "Submit your plugin": Updating a plugin (September 2026)',
  run(artifacts) {
    const since = changesSince(artifacts);
    if (!since.changes) return since.outcome;
    const { file, release } = since;
    return failOrPass(
      since.changes
        .filter(({ cost }) => cost === "person" && !release)
        .map((change) => ({
          messageId: "grew" as const,
          data: { ...dataOf(change), file },
          identity: ["kind", "subject", "at"],
          channel: "static" as const,
        })),
    );
  },
});
