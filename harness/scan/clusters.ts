/** Hits that lie on the same characters. */
import type { Hit } from "./types.ts";

export interface Cluster {
  readonly start: number;
  readonly end: number;
  /** In order of place, of those that begin together the longest first. */
  readonly hits: readonly [Hit, ...Hit[]];
}

/** The hits in groups that overlap, in order of place. */
export function clustersOf(hits: readonly Hit[]): Cluster[] {
  const clusters: { start: number; end: number; hits: [Hit, ...Hit[]] }[] = [];
  for (const hit of hits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = clusters.at(-1);
    if (last && hit.start < last.end) {
      last.end = Math.max(last.end, hit.end);
      last.hits.push(hit);
    } else clusters.push({ start: hit.start, end: hit.end, hits: [hit] });
  }
  return clusters;
}
