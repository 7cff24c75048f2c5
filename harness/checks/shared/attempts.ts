/** Findings from network attempts, one per address and place. Not a check. */
import type { RawFinding } from "../define-check.ts";
import type { NetworkAttempt } from "../../model/evidence.ts";
import { channelOf, groupBy, total } from "./evidence.ts";

export function attemptFindings<M extends string>(attempts: readonly NetworkAttempt[], messageId: M): RawFinding<M>[] {
  return groupBy(attempts, ({ url, kind }) => `${kind} ${url}`).map((group) => {
    const [first] = group;
    const where = group.find((attempt) => attempt.where)?.where;
    return {
      messageId,
      data: {
        url: first.url,
        path: pathOf(first.url),
        origin: first.origin,
        kind: first.kind,
        count: total(group),
        error: first.error ?? null,
      },
      identity: ["url", "kind"],
      channel: channelOf(group.flatMap(({ channels }) => channels)),
      ...(where ? { where } : {}),
    };
  });
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname + new URL(url).search : url);
