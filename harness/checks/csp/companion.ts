import { originOf } from "../../../host/csp/addresses.ts";
import { listNames } from "../../../host/csp/declaration.ts";
import { directiveOfKind } from "../../../host/csp/kinds.ts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources, innerPolicy, listFor } from "../../../host/csp/policy.ts";
import { defineCheck, failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import type { NetworkAttempt } from "../../model/evidence.ts";
import { companionsOf, type Companion } from "../shared/companions.ts";
import { channelOf, groupBy } from "../shared/evidence.ts";

/** What a made-up answer hides, where it is known. */
export default defineCheck({
  id: "csp/companion",
  title: "Known services may lead on to their own hosts",
  severity: "error",
  needs: ["network", "policy", "document"],
  messages: {
    missing:
      "{asked} leads on to {origin}, which {directive} would block: {why}. Its answer was a neutral stub in this run. Add {origin} to {lists}.",
  },
  reasons: {
    "no-policy": "this host has no policy inside the widget",
  },
  source: "the services' own pages, as named in harness/checks/shared/companions.ts, 2026-11",
  breaksAtRunTime: true,
  run({ network, policy, document }) {
    const inner = innerPolicy(policy.effective)?.value;
    if (inner === undefined) return inapplicable("no-policy");
    const missing = network
      .filter(({ answeredBy, outcome }) => answeredBy === "stub" && outcome !== "blocked-by-csp")
      .flatMap((attempt) =>
        companionsOf(attempt.url, attempt.kind).flatMap((row) =>
          row.leads
            .filter(({ url, kind }) => isRefused(url, directiveOfKind(kind), inner, document.origin))
            .map(({ url, kind }) => ({ attempt, row, origin: originOf(url), directive: directiveOfKind(kind) })),
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
}

function findingOf({ attempt, row, origin, directive }: Missing): RawFinding<"missing"> {
  const list = directive === null ? null : listFor(directive);
  return {
    messageId: "missing",
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
