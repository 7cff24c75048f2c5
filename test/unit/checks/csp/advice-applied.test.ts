/** "Add X to Y" is done, over random declarations, requests and hosts: then it helps, and brings no fault of its own. */
import fc from "fast-check";
import { expect, it } from "vitest";
import blockedRequest from "../../../../harness/checks/csp/blocked-request.ts";
import declaration from "../../../../harness/checks/csp/declaration.ts";
import unseenRequest from "../../../../harness/checks/csp/unseen-request.ts";
import wrongList from "../../../../harness/checks/csp/wrong-list.ts";
import type { PolicyEvidence } from "../../../../harness/model/evidence.ts";
import { originOf } from "../../../../host/csp/addresses.ts";
import { listNames } from "../../../../host/csp/declaration.ts";
import { directiveOfKind } from "../../../../host/csp/kinds.ts";
import { matchSourceList } from "../../../../host/csp/matching.ts";
import { buildPolicies, directiveSources, innerPolicy, listFor } from "../../../../host/csp/policy.ts";
import { profileById, profiles } from "../../../../host/profiles/index.ts";
import type { HostProfile } from "../../../../host/profiles/types.ts";
import { SANDBOX } from "../../make.ts";
import { attempt, bundleOf, declaring, ids, policyOf, run, staticUrl } from "../make.ts";

type ProfileId = keyof typeof profiles;
const LISTS = ["connect", "resource", "frame"] as const;
type Lists = Readonly<Record<(typeof LISTS)[number], readonly string[]>>;

const HOSTS = ["api.example.com", "cdn.example.com", "a.b.example.org", "example.org", "localhost:3000", "10.0.0.7"];
const KINDS = ["fetch", "websocket", "image", "script", "stylesheet", "font", "media", "frame", "worker"] as const;
const address = fc
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
const lists = fc.record({
  connect: fc.array(entry, { maxLength: 3 }),
  resource: fc.array(entry, { maxLength: 3 }),
  frame: fc.array(entry, { maxLength: 2 }),
});
const cases = fc.record({
  declared: fc.option(lists, { nil: null }),
  kind: fc.constantFrom(...KINDS),
  url: address,
  redirectedFrom: fc.option(address, { nil: undefined }),
  profile: fc.constantFrom(...(Object.keys(profiles) as ProfileId[])),
});

interface Given extends Asked {
  readonly declared: Lists | null;
  readonly profile: ProfileId;
}

/** As a host makes it of the metadata: another profile may apply when nothing is declared. */
function policyUnder(
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

interface Asked {
  readonly url: string;
  readonly kind: (typeof KINDS)[number];
  readonly redirectedFrom?: string | undefined;
}

function isRefused({ effective }: PolicyEvidence, { url, kind, redirectedFrom }: Asked): boolean {
  const inner = innerPolicy(effective)?.value;
  const directive = directiveOfKind(kind);
  const sources = inner === undefined || directive === null ? null : directiveSources(inner, directive);
  return (
    sources !== null &&
    !matchSourceList(sources, url, { self: SANDBOX, redirected: redirectedFrom !== undefined }).allowed
  );
}

/** The declaration with one more entry, in the list that the finding names. */
function withEntry(declared: Lists | null, origin: string, names: unknown): Lists {
  const list = LISTS.find((one) => listNames(one) === names);
  if (!list) throw new Error(`${String(names)} names no list`);
  const before = declared ?? { connect: [], resource: [], frame: [] };
  return { ...before, [list]: [...before[list], origin] };
}

const faultsOf = (policy: PolicyEvidence, profile: ProfileId): number =>
  ids(run(declaration, { policy }, profile)).length;

/** Each order of the checks, followed. */
function follow(given: Given): { readonly orders: number } {
  const { declared, kind, url, profile, redirectedFrom } = given;
  const { policy, applied } = policyUnder(profile, declared);
  if (!isRefused(policy, given)) return { orders: 0 };
  const directive = directiveOfKind(kind);
  const list = directive === null ? null : listFor(directive, applied);
  if (!list) return { orders: 0 };
  const origin = originOf(url);
  const network = [
    attempt({
      ...{ url, origin, kind, outcome: "blocked-by-csp" as const, blockClass: "csp-expressible" as const, list },
      ...(redirectedFrom === undefined ? {} : { redirectedFrom: [redirectedFrom] }),
    }),
  ];
  const bundle = bundleOf({ urls: [staticUrl({ url, origin, kind, list })] });
  const outcomes = [
    [run(blockedRequest, { policy, network }, profile), ["undeclared", "redirected", "websocket"]],
    [run(wrongList, { policy, network }, profile), ["wrong"]],
    [run(unseenRequest, { policy, bundle }, profile), ["unseen"]],
  ] as const;
  let orders = 0;
  for (const [outcome, ordering] of outcomes)
    for (const { messageId, data } of "findings" in outcome ? (outcome.findings ?? []) : []) {
      if (!(ordering as readonly string[]).includes(messageId)) continue;
      orders++;
      const after = policyUnder(profile, withEntry(declared, String(data.origin), data.lists)).policy;
      const what = `${messageId}: add ${String(data.origin)} to ${String(data.lists)}`;
      expect(isRefused(after, given), what).toBe(false);
      if (declared)
        expect(faultsOf(after, profile), `${what} is a fault itself`).toBeLessThanOrEqual(faultsOf(policy, profile));
    }
  return { orders };
}

it("an entry that is ordered lets the request through, and is a good entry", () => {
  let orders = 0;
  fc.assert(
    fc.property(cases, (given) => {
      orders += follow(given).orders;
    }),
    { numRuns: 1500 },
  );
  expect(orders).toBeGreaterThan(300);
});
