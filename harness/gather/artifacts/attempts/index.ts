/** Joins what the browser and our own servers saw into one list of attempts. */
import type { NetworkAttempt } from "../../../model/evidence.ts";
import type { RawRequest } from "../../../model/raw-log.ts";
import { addArrivals } from "./arrivals.ts";
import type { Draft, Join } from "./draft.ts";
import { writtenFaults } from "./faults.ts";
import { fromIssues, isGovernedBy } from "./issues.ts";
import { peersOf, popupsOf, socketsOf } from "./others.ts";
import { fromRequest, isOurs } from "./requests.ts";

export function attemptsOf(join: Join): NetworkAttempt[] {
  const { raw, context } = join;
  const used = new Set<RawRequest>();
  const requests = raw.requests.filter((request) => !isOurs(request, join));
  // Observed (report-only) violations go ahead: they are told by their issue.
  const drafts = fromIssues(context.observe ? raw.requests : requests.filter(mayViolate), used, join);
  for (const request of requests) {
    if (used.has(request)) continue;
    if (context.observe && drafts.some((draft) => isToldBy(draft, request))) continue;
    drafts.push(...fromRequest(request, join));
  }
  drafts.push(...popupsOf(join), ...peersOf(join));
  drafts.push(...socketsOf(drafts, join));
  addArrivals(drafts, join);
  const faults = writtenFaults(raw);
  for (const draft of drafts) {
    const fault = draft.outcome === "blocked-by-csp" ? undefined : faults.get(draft.url);
    if (fault) draft.fault ??= fault;
  }
  return merge(drafts);
}

const mayViolate = ({ blockedReason }: RawRequest): boolean => blockedReason === "csp" || blockedReason === "unknown";

const isToldBy = ({ outcome, url, directive }: Draft, request: RawRequest): boolean =>
  outcome === "blocked-by-csp" && url === request.url && isGovernedBy(request, directive);

/** A status that says that there is no such thing, or not for this one who asks. */
const isRefusal = (status: number | undefined): boolean => status !== undefined && status >= 400;

/** Equal attempts become one with a count. */
function merge(drafts: readonly Draft[]): NetworkAttempt[] {
  const merged = new Map<string, Draft>();
  for (const draft of drafts) {
    const { url, kind, directive, outcome, initiator, where, escape, preflight, status } = draft;
    const failed = preflight && [preflight.fault, preflight.method, preflight.refused];
    const key = [
      url,
      kind,
      directive,
      outcome,
      initiator,
      where?.url,
      where?.line,
      escape,
      failed,
      isRefusal(status),
    ].join(" ");
    const known = merged.get(key);
    if (!known) merged.set(key, draft);
    else {
      known.count += draft.count;
      if (draft.bodyRead) known.bodyRead = true;
      known.channels = [...new Set([...known.channels, ...draft.channels])];
    }
  }
  const sorted = [...merged.values()].sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
  // A draft is put together step by step; what comes of it is checked on real runs (`test/unit/golden.test.ts`).
  return sorted as NetworkAttempt[];
}
