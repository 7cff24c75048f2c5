/** Which of several hits on the same characters is told. */
import type { Hit } from "./types.ts";

const RANK = { certain: 0, likely: 1, possible: 2 } as const;
const GENERIC = /^(?:named-|bearer-token|basic-auth|cookie$|url-password)/;

/** The best hits that do not overlap, in order of place. */
export function resolve(hits: readonly Hit[]): Hit[] {
  const sorted = [...hits].sort((a, b) => a.start - b.start || b.end - a.end);
  const told: Hit[] = [];
  for (let index = 0; index < sorted.length;) {
    const cluster: Hit[] = [];
    let end = sorted[index]!.end;
    for (; index < sorted.length && sorted[index]!.start < end; index += 1) {
      end = Math.max(end, sorted[index]!.end);
      cluster.push(sorted[index]!);
    }
    told.push(...bestOf(cluster));
  }
  return told;
}

function bestOf(cluster: readonly Hit[]): Hit[] {
  if (cluster.length === 1) return [...cluster];
  const chosen: Hit[] = [];
  const byWorth = [...cluster].sort(
    (a, b) => worth(a) - worth(b) || RANK[a.confidence] - RANK[b.confidence] || b.end - b.start - (a.end - a.start),
  );
  for (const candidate of byWorth.slice(0, 200))
    if (chosen.every((hit) => candidate.end <= hit.start || candidate.start >= hit.end)) chosen.push(candidate);
  return chosen.sort((a, b) => a.start - b.start);
}

function worth(hit: Hit): number {
  return (
    (hit.family === "personal" ? 4 : 0) + (GENERIC.test(hit.kind) ? 2 : 0) + (hit.confidence === "possible" ? 1 : 0)
  );
}
