/** Requested · Effective · Observed: one row per directive of the widget's policy. */
import { directiveSources, innerPolicy, listFor, parsePolicy } from "../../host/csp/policy.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import type { NetworkAttempt, PolicyEvidence } from "../model/evidence.ts";
import type { DirectiveRow } from "../model/result.ts";

export function directiveRows(
  policy: PolicyEvidence,
  network: readonly NetworkAttempt[],
  profile: HostProfile,
): DirectiveRow[] {
  const inner = innerPolicy(policy.effective)?.value ?? null;
  const seen = network.map(({ directive }) => directive).filter((directive): directive is string => directive !== null);
  const names = new Set([...(inner ? parsePolicy(inner).keys() : []), ...seen]);
  return [...names].map((directive) => {
    const list = listFor(directive, profile);
    const attempts = network.filter((attempt) => attempt.directive === directive);
    const origins = (blocked: boolean) =>
      [
        ...new Set(
          attempts
            .filter((attempt) => (attempt.outcome === "blocked-by-csp") === blocked)
            .map((attempt) => attempt.origin),
        ),
      ].sort();
    return {
      directive,
      requested: list ? policy.declared[list] : [],
      effective: inner === null ? "not limited" : (directiveSources(inner, directive)?.join(" ") ?? "not limited"),
      observed: { allowed: origins(false), blocked: origins(true) },
    };
  });
}
