import { originOf } from "../../../host/csp/addresses.ts";
import { listNames } from "../../../host/csp/declaration.ts";
import { directiveOfKind } from "../../../host/csp/kinds.ts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources, innerPolicy, listFor } from "../../../host/csp/policy.ts";
import { defineCheck, failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import type { CspList, HostProfile } from "../../../host/profiles/types.ts";
import type { NetworkAttempt, PolicyEvidence } from "../../model/evidence.ts";
import { companionsOf, type Companion } from "../shared/companions.ts";
import { channelOf, groupBy } from "../shared/evidence.ts";
import { obstacleTo } from "../shared/tried.ts";

/** What a made-up answer hides, where it is known. */
export default defineCheck({
  id: "csp/companion",
  title: "Known services may lead on to their own hosts",
  severity: "error",
  needs: ["network", "policy", "document"],
  messages: {
    missing:
      "{asked} leads on to {origin}, which {directive} would block: {why}. Its answer was a neutral stub in this run. Add {origin} to {lists}.",
    refused:
      "{asked} leads on to {origin}, which {directive} of this host would block, whatever is declared: {why}. Its answer was a neutral stub in this run.",
  },
  reasons: {
    "no-policy": "this host has no policy inside the widget",
  },
  source: "the services' own pages, as named in harness/checks/shared/companions.ts, 2026-11",
  breaksAtRunTime: true,
  run({ network, policy, document }, { profile }) {
    const inner = innerPolicy(policy.effective)?.value;
    if (inner === undefined) return inapplicable("no-policy");
    const missing = network
      .filter(({ answeredBy, outcome }) => answeredBy === "stub" && outcome !== "blocked-by-csp")
      .flatMap((attempt) =>
        companionsOf(attempt.url, attempt.kind).flatMap((row) =>
          row.leads
            .filter(({ url, kind }) => isRefused(url, directiveOfKind(kind), inner, document.origin))
            .map(({ url, kind }) => missingOf({ attempt, row, url, kind }, policy, profile, document.origin)),
        ),
      );
    return failOrPass(
      groupBy(missing, ({ origin, directive }) => `${origin} ${directive}`).map(([first]) => findingOf(first)),
    );
  },
});

interface Missing {
  readonly attempt: NetworkAttempt;
  readonly row: Companion;
  readonly origin: string;
  readonly directive: string | null;
  /** The list in which an entry would help; null where none does. */
  readonly list: CspList | null;
}

function missingOf(
  { attempt, row, url, kind }: Pick<Missing, "attempt" | "row"> & Companion["leads"][number],
  policy: PolicyEvidence,
  profile: HostProfile,
  self: string,
): Missing {
  const directive = directiveOfKind(kind);
  const list = directive === null ? null : listFor(directive, profile);
  const origin = originOf(url);
  const obstacle = obstacleTo({ url, origin, directive, list }, policy, profile, self);
  return { attempt, row, origin, directive, list: obstacle.kind === "missing" ? list : null };
}

function findingOf({ attempt, row, origin, directive, list }: Missing): RawFinding<"missing" | "refused"> {
  return {
    messageId: list === null ? "refused" : "missing",
    data: { asked: attempt.origin, origin, directive, lists: list && listNames(list), why: row.why },
    identity: ["asked", "origin", "directive"],
    channel: channelOf(attempt.channels),
    ...(attempt.where ? { where: attempt.where } : {}),
    ...(row.needed === "always" ? {} : { severity: "warning" }),
  };
}

function isRefused(url: string, directive: string | null, inner: string, self: string): boolean {
  const sources = directive === null ? null : directiveSources(inner, directive);
  return sources !== null && !matchSourceList(sources, url, { self, redirected: true }).allowed;
}
