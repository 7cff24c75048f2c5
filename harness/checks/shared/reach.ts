/** Requests of which the code gives no address, and which this run did not reach. Not a check. */
import type { NetworkAttempt, StaticUse } from "../../model/evidence.ts";

/** Lines by which the reader's place of a request and the browser's may differ: one names the address, one the call. */
const PLACE_REACH = 3;

/** A request of the widget's own code whose line no attempt of the run came from. */
export function isUnreached({ what, provenance, where }: StaticUse, network: readonly NetworkAttempt[]): boolean {
  if (what !== "computed-request" || provenance !== undefined) return false;
  return !network.some(
    (attempt) =>
      attempt.where?.line !== undefined &&
      (attempt.where.file ?? attempt.where.url) === (where.file ?? where.url) &&
      Math.abs(attempt.where.line - (where.line ?? 0)) <= PLACE_REACH,
  );
}

/** `index.html:12`, as reports name a place. */
export const placeNameOf = ({ where }: StaticUse): string => `${where.file ?? where.url}:${where.line ?? 1}`;
