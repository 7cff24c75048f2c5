/** A change of the declaration, made in memory: whether it would let a refused request through. Not a check. */
import { isLocal } from "../../../host/csp/addresses.ts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { buildPolicies, directiveSources, innerPolicy } from "../../../host/csp/policy.ts";
import { profileById } from "../../../host/profiles/index.ts";
import type { CspList, HostProfile } from "../../../host/profiles/types.ts";
import type { PolicyEvidence } from "../../model/evidence.ts";

/** What stands in the way of a request that a list could allow. */
export type Obstacle =
  /** The list does not name it, and an entry in it would help. `why`: what the entries lack, or "". */
  | { readonly kind: "missing"; readonly why: string }
  /** The host's policy lets it through: another policy, of the widget's own, does not. */
  | { readonly kind: "own-policy" }
  /** No entry helps: this host hands none of that kind on, or nothing that users can reach has that address. */
  | { readonly kind: "no-entry"; readonly why: "local" | "insecure" | "host" };

/** A request that the policy refuses, or would. */
export interface RefusedRequest {
  readonly url: string;
  readonly origin: string;
  readonly directive: string | null;
  readonly list?: CspList | null;
  readonly redirectedFrom?: readonly string[];
}

type Policy = Pick<PolicyEvidence, "declared" | "effective">;

/** @param attempt refused by the policy, with a list that governs it */
export function obstacleTo(attempt: RefusedRequest, policy: Policy, profile: HostProfile, self: string): Obstacle {
  const { list, origin } = attempt;
  const effective = innerPolicy(policy.effective)?.value;
  if (effective !== undefined && lets(effective, attempt, self)) return { kind: "own-policy" };
  if (isLocal(origin.replace(/^ws/, "http"))) return { kind: "no-entry", why: "local" };
  if (/^(?:http|ws):/.test(origin)) return { kind: "no-entry", why: "insecure" };
  if (!list || !isHelpedBy(attempt, policy, profile, self)) return { kind: "no-entry", why: "host" };
  return { kind: "missing", why: nearMiss(policy.declared[list], attempt, self) };
}

function isHelpedBy(attempt: RefusedRequest, { declared }: Policy, profile: HostProfile, self: string): boolean {
  const { list, origin } = attempt;
  if (!list) return false;
  const declarable = (profile.whenDeclared === undefined ? undefined : profileById(profile.whenDeclared)) ?? profile;
  const from = declared.from ?? declarable.cspKeys.value[0] ?? "ui.csp";
  const changed = { ...declared, from, [list]: [...declared[list], origin] };
  const inner = innerPolicy(buildPolicies(declarable, changed, { serverOrigin: null }).effective)?.value;
  return inner === undefined || lets(inner, attempt, self);
}

/** Whether a policy lets a request through. */
export function lets(policy: string, attempt: RefusedRequest, self: string): boolean {
  const { directive, url, redirectedFrom } = attempt;
  const sources = directive === null ? null : directiveSources(policy, directive);
  return sources === null || matchSourceList(sources, url, { self, redirected: isRedirected(redirectedFrom) }).allowed;
}

const isRedirected = (hops: readonly string[] | undefined): boolean => (hops?.length ?? 0) > 0;

/** Why an entry for the same host does not cover it, or "". */
function nearMiss(entries: readonly string[], { url, redirectedFrom }: RefusedRequest, self: string): string {
  if (!URL.canParse(url)) return "";
  const host = new URL(url).hostname;
  const reasons = entries
    .filter((entry) => isOfHost(entry, host))
    .flatMap((entry) => {
      const match = matchSourceList([entry], url, { self, redirected: isRedirected(redirectedFrom) });
      return match.allowed ? [] : [match.reason];
    });
  return reasons[0] === undefined ? "" : ` It is not covered: ${reasons[0]}.`;
}

/** The entry is of that host, or of one that it is a subdomain or the parent of. */
function isOfHost(entry: string, host: string): boolean {
  const named = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:\*\.)?([^/:?#]+)/i.exec(entry)?.[1]?.toLowerCase();
  return named !== undefined && (named === host || host.endsWith(`.${named}`) || named.endsWith(`.${host}`));
}
