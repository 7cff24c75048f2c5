/** "Add X to Y" is done, over random declarations, requests and hosts: then it helps, and brings no fault of its own. */
import fc from "fast-check";
import { expect, it } from "vitest";
import blockedRequest from "../../../../harness/checks/csp/blocked-request.ts";
import unseenRequest from "../../../../harness/checks/csp/unseen-request.ts";
import wrongList from "../../../../harness/checks/csp/wrong-list.ts";
import { originOf } from "../../../../host/csp/addresses.ts";
import { directiveOfKind } from "../../../../host/csp/kinds.ts";
import { listFor } from "../../../../host/csp/policy.ts";
import { attempt, bundleOf, run, staticUrl } from "../make.ts";
import {
  address,
  changing,
  faultsOf,
  isRefused,
  lists,
  policyUnder,
  profile,
  type Asked,
  type Lists,
  type ProfileId,
} from "./applied.ts";

const KINDS = ["fetch", "websocket", "image", "script", "stylesheet", "font", "media", "frame", "worker"] as const;
const cases = fc.record({
  declared: fc.option(lists, { nil: null }),
  kind: fc.constantFrom(...KINDS),
  url: address,
  redirectedFrom: fc.option(address, { nil: undefined }),
  profile,
});

interface Given extends AskedOfList {
  readonly declared: Lists | null;
  readonly profile: ProfileId;
}

interface AskedOfList extends Asked {
  readonly kind: (typeof KINDS)[number];
}

/** The declaration with one more entry, in the list that the finding names. */
const withEntry = (declared: Lists | null, origin: string, names: unknown): Lists =>
  changing(declared, names, (entries) => [...entries, origin]);

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
