import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { changesSince, dataOf, SNAPSHOT_NEEDS, SNAPSHOT_REASONS } from "../shared/snapshot-changes.ts";

export default defineServerCheck({
  id: "snapshot/submission",
  title: "Nothing differs from what was reviewed, unless a new version is declared",
  severity: "error",
  needs: SNAPSHOT_NEEDS,
  messages: {
    scan: "{subject}: {what}{place} {verb} {file}: hosts go on with what was scanned until a new version is submitted and reviewed. Declare it with --release",
    app: "{subject}: {what} differs from {file}{place}: another origin is a new app, and no version of this one",
    declared: "{subject}: {what}{place} {verb} {file}: submit it with the new version",
  },
  reasons: SNAPSHOT_REASONS,
  source:
    'OpenAI, "Submit your plugin": Updating a plugin, Scan tools (September 2026); openai-apps-sdk-examples #216 (2026-05-24)',
  run(artifacts) {
    const since = changesSince(artifacts);
    if (!since.changes) return since.outcome;
    const { file, release } = since;
    return failOrPass(
      since.changes.flatMap((change): RawFinding<"scan" | "app" | "declared">[] => {
        const finding = {
          data: { ...dataOf(change), file },
          identity: ["kind", "subject", "at"],
          channel: "static" as const,
        };
        if (change.cost === "app") return [{ ...finding, messageId: "app" as const }];
        if (change.cost !== "scan") return [];
        return release
          ? [{ ...finding, messageId: "declared" as const, severity: "info" as const }]
          : [{ ...finding, messageId: "scan" as const }];
      }),
    );
  },
});
