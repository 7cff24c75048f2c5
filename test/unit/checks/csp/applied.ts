/** Random declarations, and the policy that a host makes of one: for tests that follow an advice. */
import fc from "fast-check";
import declaration from "../../../../harness/checks/csp/declaration.ts";
import type { PolicyEvidence } from "../../../../harness/model/evidence.ts";
import { listNames } from "../../../../host/csp/declaration.ts";
import { directiveOfKind } from "../../../../host/csp/kinds.ts";
import { matchSourceList } from "../../../../host/csp/matching.ts";
import { buildPolicies, directiveSources, innerPolicy } from "../../../../host/csp/policy.ts";
import { profileById, profiles } from "../../../../host/profiles/index.ts";
import type { HostProfile } from "../../../../host/profiles/types.ts";
import type { RequestKind } from "../../../../harness/model/evidence.ts";
import { SANDBOX } from "../../make.ts";
import { declaring, ids, policyOf, run } from "../make.ts";

export type ProfileId = keyof typeof profiles;
const LISTS = ["connect", "resource", "frame"] as const;
export type List = (typeof LISTS)[number];
export type Lists = Readonly<Record<List, readonly string[]>>;

const HOSTS = ["api.example.com", "cdn.example.com", "a.b.example.org", "example.org", "localhost:3000", "10.0.0.7"];
export const address = fc
  .tuple(
    fc.constantFrom("https", "https", "https", "http", "wss", "ws"),
    fc.constantFrom(...HOSTS),
    fc.constantFrom("", ":8443"),
    fc.constantFrom("/", "/v1/x", "/v2/y.js?a=1"),
  )
  .map(([scheme, host, port, path]) => `${scheme}://${host}${host.includes(":") ? "" : port}${path}`);
const entry = fc.oneof(
  address,
  address.map((url) => new URL(url).origin),
  fc.constantFrom("https://*.example.com", "*.example.org", "https://*.b.example.org:8443", "api.example.com", "wss:"),
);
export const lists = fc.record({
  connect: fc.array(entry, { maxLength: 3 }),
  resource: fc.array(entry, { maxLength: 3 }),
  frame: fc.array(entry, { maxLength: 2 }),
});
export const profile = fc.constantFrom(...(Object.keys(profiles) as ProfileId[]));

/** As a host makes it of the metadata: another profile may apply when nothing is declared. */
export function policyUnder(
  id: ProfileId,
  declared: Lists | null,
): { readonly policy: PolicyEvidence; readonly applied: HostProfile } {
  const policy = policyOf(declared ? declaring(declared) : {});
  const asked = profiles[id];
  const other = declared ? asked.whenDeclared : asked.whenUndeclared.value;
  const applied = (other && profileById(other)) || asked;
  const { effective } = buildPolicies(applied, policy.declared, { serverOrigin: null });
  return { policy: { ...policy, applied: applied.id, effective }, applied };
}

export interface Asked {
  readonly url: string;
  readonly kind: RequestKind;
  readonly redirectedFrom?: string | undefined;
}

export function isRefused({ effective }: PolicyEvidence, { url, kind, redirectedFrom }: Asked): boolean {
  const inner = innerPolicy(effective)?.value;
  const directive = directiveOfKind(kind);
  const sources = inner === undefined || directive === null ? null : directiveSources(inner, directive);
  return (
    sources !== null &&
    !matchSourceList(sources, url, { self: SANDBOX, redirected: redirectedFrom !== undefined }).allowed
  );
}

/** The declaration with one list changed, which a finding names as it is shown. */
export function changing(
  declared: Lists | null,
  names: unknown,
  change: (entries: readonly string[]) => readonly string[],
): Lists {
  const list = LISTS.find((one) => listNames(one) === names);
  if (!list) throw new Error(`${String(names)} names no list`);
  const before = declared ?? { connect: [], resource: [], frame: [] };
  return { ...before, [list]: change(before[list]) };
}

export const faultsOf = (policy: PolicyEvidence, id: ProfileId): number => ids(run(declaration, { policy }, id)).length;
