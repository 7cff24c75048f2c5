import { listNames } from "../../../host/csp/declaration.ts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import type { CspDeclaration, CspList } from "../../../host/profiles/types.ts";
import { defineCheck, failOrPass, inapplicable, WHOLE_TRIALS } from "../define-check.ts";
import { channelOf, groupBy, total } from "../shared/evidence.ts";
import { obstacleTo } from "../shared/tried.ts";

const LISTS = ["connect", "resource", "frame", "redirect", "base"] as const satisfies readonly CspList[];

/** The cause behind some of `csp/blocked-request`: the author did declare it. */
export default defineCheck({
  id: "csp/wrong-list",
  title: "Declared domains stand in the list that their use needs",
  severity: "error",
  needs: ["network", "policy", "document"],
  messages: {
    wrong:
      "{origin} is declared in {declared}, and {directive} is fed by {lists} ({kinds}, {count}×). Add it there too.",
  },
  reasons: {
    undeclared: "nothing is declared",
  },
  source: "docs/hosts.md#chatgpt-csp: connect-src takes connect domains, img-src takes resource domains",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run({ network, policy, document }, { profile }) {
    const { declared } = policy;
    if (declared.from === null) return inapplicable("undeclared");
    const misplaced = network.filter(
      (attempt) =>
        attempt.outcome === "blocked-by-csp" &&
        attempt.blockClass !== "own-policy" &&
        attempt.list &&
        listsCovering(attempt.url, declared).some((list) => list !== attempt.list) &&
        // Where no entry would help, the blocked request says so.
        obstacleTo(attempt, policy, profile, document.origin).kind === "missing",
    );
    return failOrPass(
      groupBy(misplaced, ({ origin, directive, list }) => `${origin} ${directive} ${list}`).map((group) => {
        const [first] = group;
        const where = group.find((attempt) => attempt.where)?.where;
        const data = {
          origin: first.origin,
          directive: first.directive,
          lists: first.list ? listNames(first.list) : null,
          kinds: [...new Set(group.map(({ kind }) => kind))].join(", "),
          count: total(group),
          declared: listsCovering(first.url, declared)
            .filter((list) => list !== first.list)
            .map(listNames)
            .join(" and "),
        };
        return {
          messageId: "wrong",
          data,
          identity: ["origin", "directive"],
          channel: channelOf(group.flatMap(({ channels }) => channels)),
          ...(where ? { where } : {}),
        };
      }),
    );
  },
});

/** Entries are absolute; what `'self'` stands for does not matter. Whole schemes in another list name no domain. */
function listsCovering(url: string, declared: CspDeclaration): CspList[] {
  return LISTS.filter(
    (list) =>
      matchSourceList(
        declared[list].filter((entry) => !/^[a-z][a-z0-9+.-]*:$|^\*$/i.test(entry)),
        url,
        { self: "https://sandbox.invalid", redirected: true },
      ).allowed,
  );
}
