/**
 * Places for what the browser tells no place of: a press of a download, a picture whose address came with the data.
 * The text is asked, and answers only where one place alone can be meant.
 */
import type { ApiUse, BundleEvidence, Gathered, NetworkAttempt, StaticUse, Where } from "../../model/evidence.ts";

export function placedByText(
  { uses, attempts }: { readonly uses: Gathered<ApiUse[]>; readonly attempts: Gathered<NetworkAttempt[]> },
  bundle: Gathered<BundleEvidence>,
): { readonly apiUses: Gathered<ApiUse[]>; readonly network: Gathered<NetworkAttempt[]> } {
  if (bundle.status === "failed") return { apiUses: uses, network: attempts };
  const known = bundle.value.uses;
  return {
    apiUses: each(uses, (use) => (use.api === "download" ? placed(use, onlyPlace(known, "download")) : use)),
    network: each(attempts, (attempt) =>
      attempt.initiator === "document" ? placed(attempt, onlyPlace(known, "computed-request", attempt.kind)) : attempt,
    ),
  };
}

const each = <T>(gathered: Gathered<T[]>, place: (one: T) => T): Gathered<T[]> =>
  gathered.status === "ok" ? { status: "ok", value: gathered.value.map(place) } : gathered;

const placed = <T extends { readonly where?: Where }>(record: T, where: Where | undefined): T =>
  record.where || !where ? record : { ...record, where };

function onlyPlace(
  uses: readonly StaticUse[],
  what: StaticUse["what"],
  kind?: NetworkAttempt["kind"],
): Where | undefined {
  const [one, ...others] = uses.filter((use) => use.what === what && (kind === undefined || use.kind === kind));
  const isOnly = others.every(({ where }) => where.line === one?.where.line && where.file === one?.where.file);
  return isOnly ? one?.where : undefined;
}
