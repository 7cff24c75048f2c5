/** Evidence as it would be were a contested fact the other way, as far as the same evidence can say it. Pure. */
import { apiOf, isGranted, rowOf } from "../../host/apis/index.ts";
import { applyAssumptions } from "../../host/csp/assumptions.ts";
import { readFrom } from "../../host/csp/declaration.ts";
import { blockClassOf, expressibleList } from "../../host/csp/kinds.ts";
import { buildPolicies, innerPolicy, type BuiltPolicies } from "../../host/csp/policy.ts";
import type { CspDeclaration, HostProfile } from "../../host/profiles/types.ts";
import { lets } from "../checks/shared/tried.ts";
import type { ApiUse, Evidence, Gathered, NetworkAttempt, PolicyEvidence } from "../model/evidence.ts";

export interface Otherwise {
  /** What happened would have been refused, or what was refused would have happened. */
  readonly evidence: Evidence;
  /** Something that was refused would have gone on: what follows from it was not seen. */
  readonly opens: boolean;
}

/**
 * @param profile of the evidence, with no contested fact settled
 * @returns null when nothing that happened hangs on it, or when the evidence cannot say
 */
export function otherwise(evidence: Evidence, profile: HostProfile, name: string, value: string): Otherwise | null {
  const { policy, document } = evidence.artifacts;
  if (policy.status !== "ok" || document.status !== "ok") return null;
  const settled = policy.value.assumptions;
  const assumed = { before: settled, after: { ...settled, [name]: value } };
  const sides = {
    before: applyAssumptions(profile, assumed.before),
    after: applyAssumptions(profile, assumed.after),
  };
  const built = policiesOf(policy.value, evidence, sides, assumed);
  const changed = new Change(sides, built, document.value.origin);
  const own = artifactsUnder(evidence.artifacts, changed);
  const others = trialsUnder(evidence.artifacts.trials, changed);
  if (!changed.closed && !changed.opened) return null;
  const changedPolicy = {
    ...policy.value,
    applied: built.after === built.before ? policy.value.applied : built.after.applied.id,
    declared: built.declared,
    effective: built.after.effective,
    assumptions: assumed.after,
  };
  return {
    evidence: {
      ...evidence,
      artifacts: { ...evidence.artifacts, ...own, ...others, policy: { status: "ok", value: changedPolicy } },
    },
    opens: changed.opened,
  };
}

function trialsUnder(trials: Evidence["artifacts"]["trials"], change: Change): Pick<Evidence["artifacts"], "trials"> {
  if (trials?.status !== "ok") return {};
  const renderings = trials.value.renderings.map((rendering) => {
    const { artifacts } = rendering;
    return artifacts ? { ...rendering, artifacts: { ...artifacts, ...artifactsUnder(artifacts, change) } } : rendering;
  });
  return { trials: { status: "ok", value: { ...trials.value, renderings } } };
}

interface Sides {
  readonly before: HostProfile;
  readonly after: HostProfile;
}

/** Contested facts that are settled. */
type Assumed = Readonly<Record<string, string>>;

interface Built {
  readonly before: BuiltPolicies;
  readonly after: BuiltPolicies;
  readonly declared: CspDeclaration;
}

/** As enforced on both sides where the policy cannot be built again from what the evidence holds. */
function policiesOf(
  policy: PolicyEvidence,
  { source }: Evidence,
  { before, after }: Sides,
  assumed: { readonly before: Assumed; readonly after: Assumed },
): Built {
  const enforced = innerPolicy(policy.effective)?.value;
  const ofServer = source.kind === "mcp" && URL.canParse(source.server) ? [new URL(source.server).origin] : [];
  for (const serverOrigin of [null, ...ofServer]) {
    const again = buildPolicies(before, policy.declared, { serverOrigin, assumptions: assumed.before });
    if (innerPolicy(again.effective)?.value !== enforced) continue;
    const declared = readFrom(policy.declared, policy.problems, after.cspKeys.value);
    if (!declared) break;
    return {
      before: again,
      after: buildPolicies(after, declared, { serverOrigin, assumptions: assumed.after }),
      declared,
    };
  }
  const kept = { applied: before, effective: policy.effective };
  return { before: kept, after: kept, declared: policy.declared };
}

/** Applies the change to what happened, and notes which way it went. */
class Change {
  closed = false;
  opened = false;
  readonly #policies: { readonly before: string | undefined; readonly after: string | undefined };

  constructor(
    private readonly sides: Sides,
    { before, after }: Built,
    private readonly self: string,
  ) {
    this.#policies = { before: innerPolicy(before.effective)?.value, after: innerPolicy(after.effective)?.value };
  }

  attempt(attempt: NetworkAttempt): NetworkAttempt {
    const { kind, directive, outcome, blockClass, initiator } = attempt;
    if (kind === "popup") return this.#popup(attempt);
    if (directive === null || initiator === "framed-page" || kind === "eval" || kind === "inline") return attempt;
    const [was, is] = [this.#lets("before", attempt), this.#lets("after", attempt)];
    if (was === is || blockClass === "own-policy") return attempt;
    if (!is && outcome !== "blocked-by-csp") {
      this.closed = true;
      return refused(attempt, directive, this.sides.after);
    }
    if (!is || outcome !== "blocked-by-csp") return attempt;
    this.opened = true;
    return allowed(attempt);
  }

  use(use: ApiUse): ApiUse {
    const api = apiOf(use.api);
    if (api === null) return use;
    const [was, is] = [isGranted(rowOf(api), this.sides.before), isGranted(rowOf(api), this.sides.after)];
    if (was && !is && !use.blocked) {
      this.closed = true;
      return { ...use, blocked: true, returned: "NotAllowedError" };
    }
    if (was || !is || !use.blocked) return use;
    this.opened = true;
    return { ...use, blocked: false, returned: "granted" };
  }

  #popup(attempt: NetworkAttempt): NetworkAttempt {
    const row = rowOf("window.open");
    if (attempt.outcome !== "blocked-by-sandbox") return attempt;
    if (isGranted(row, this.sides.before) || !isGranted(row, this.sides.after)) return attempt;
    this.opened = true;
    return allowed(attempt);
  }

  #lets(side: "before" | "after", attempt: NetworkAttempt): boolean {
    const policy = this.#policies[side];
    return policy === undefined || lets(policy, attempt, this.self);
  }
}

/** What goes with any outcome. */
function common({ url, origin, kind, directive, initiator, where, count, channels, method }: NetworkAttempt) {
  return {
    ...{ url, origin, kind, directive, initiator, count, channels },
    ...(where ? { where } : {}),
    ...(method === undefined ? {} : { method }),
  };
}

const allowed = (attempt: NetworkAttempt): NetworkAttempt => ({ ...common(attempt), outcome: "allowed" });

function refused(attempt: NetworkAttempt, directive: string, profile: HostProfile): NetworkAttempt {
  const list = expressibleList(directive, attempt.url, attempt.kind, profile);
  const { redirectedFrom } = attempt;
  return {
    ...common(attempt),
    outcome: "blocked-by-csp",
    list,
    blockClass: blockClassOf(list, attempt.url, directive),
    ...(redirectedFrom ? { redirectedFrom } : {}),
  };
}

interface Changed {
  readonly network: Gathered<readonly NetworkAttempt[]>;
  readonly apiUses: Gathered<readonly ApiUse[]>;
}

function artifactsUnder({ network, apiUses }: Changed, change: Change): Changed {
  return {
    network:
      network.status === "ok" ? { status: "ok", value: network.value.map((one) => change.attempt(one)) } : network,
    apiUses: apiUses.status === "ok" ? { status: "ok", value: apiUses.value.map((one) => change.use(one)) } : apiUses,
  };
}
