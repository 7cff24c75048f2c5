/** What stands around a hit in a program, so that a reader can judge it: every hit in it masked. */
import { clustersOf, type Cluster } from "./clusters.ts";
import { hider, maskOf } from "./mask.ts";
import type { Hit, Hits } from "./types.ts";

/** Characters on either side, as far as the line goes. */
const REACH = 32;

/** Gives the masked neighbourhood of a hit of the text, on one line. */
export function neighbourhoodIn(text: string, { all, reported }: Hits): (hit: Hit) => string {
  const clusters = clustersOf(all.filter(({ family }) => family === "secret"));
  const isReported = new Set(reported);
  const hideValues = hider(all.map(({ value }) => value));
  return ({ start, end }) => {
    let at = startOnLine(text, start);
    const to = endOnLine(text, end);
    const pieces: string[] = [];
    for (let index = firstBehind(clusters, at); index < clusters.length; index += 1) {
      const cluster = clusters[index];
      if (!cluster || cluster.start >= to) break;
      pieces.push(text.slice(at, Math.max(at, cluster.start)), maskOf(shownOf(cluster, isReported)));
      at = cluster.end;
    }
    pieces.push(text.slice(at, Math.max(at, to)));
    const shown = pieces.join("").trim();
    return hideValues?.(shown) ?? shown;
  };
}

function shownOf({ hits }: Cluster, isReported: ReadonlySet<Hit>): Hit {
  return hits.find((hit) => isReported.has(hit)) ?? hits[0];
}

/** Index of the first cluster that ends behind an offset. */
function firstBehind(clusters: readonly Cluster[], offset: number): number {
  let low = 0;
  let high = clusters.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((clusters[middle]?.end ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startOnLine(text: string, start: number): number {
  const from = Math.max(0, start - REACH);
  return from + text.slice(from, start).lastIndexOf("\n") + 1;
}

function endOnLine(text: string, end: number): number {
  const line = text.slice(end, end + REACH).search(/[\r\n]/);
  return line < 0 ? Math.min(text.length, end + REACH) : end + line;
}
