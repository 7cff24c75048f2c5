/** Which of several hits on the same characters is reported. */
import { clustersOf } from "./clusters.ts";
import type { Hit } from "./types.ts";

const RANK = { certain: 0, likely: 1, possible: 2 } as const;
const GENERIC = /^(?:named-|bearer-token|basic-auth|cookie$|url-password)/;
/** Of one cluster, so that hostile text costs no square of its length. */
const MOST_COMPARED = 200;

/** The best hits that do not overlap, in order of place. */
export function resolve(hits: readonly Hit[]): Hit[] {
  return clustersOf(hits).flatMap((cluster) => bestOf(cluster.hits));
}

function bestOf(hits: readonly Hit[]): readonly Hit[] {
  if (hits.length === 1) return hits;
  const chosen: Hit[] = [];
  const byWorth = hits.toSorted(
    (a, b) => worth(a) - worth(b) || RANK[a.confidence] - RANK[b.confidence] || b.end - b.start - (a.end - a.start),
  );
  for (const candidate of byWorth.slice(0, MOST_COMPARED))
    if (chosen.every((hit) => candidate.end <= hit.start || candidate.start >= hit.end)) chosen.push(candidate);
  return chosen.sort((a, b) => a.start - b.start);
}

function worth(hit: Hit): number {
  return (
    (hit.family === "personal" ? 4 : 0) + (GENERIC.test(hit.kind) ? 2 : 0) + (hit.confidence === "possible" ? 1 : 0)
  );
}
