/** What a finding orders is done in memory: then it is gone, no other of its check comes, and what was let through still is. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { AnyCheck, RawFinding } from "../../../../harness/checks/define-check.ts";
import bridgeResource from "../../../../harness/checks/bridge/resource.ts";
import broadSource from "../../../../harness/checks/csp/broad-source.ts";
import companion from "../../../../harness/checks/csp/companion.ts";
import declaration from "../../../../harness/checks/csp/declaration.ts";
import frameDomain from "../../../../harness/checks/csp/frame-domain.ts";
import redirectDomain from "../../../../harness/checks/csp/redirect-domain.ts";
import unusedDomain from "../../../../harness/checks/csp/unused-domain.ts";
import { exactEntryFor } from "../../../../harness/checks/shared/open-hosts.ts";
import { companions } from "../../../../harness/checks/shared/companions.ts";
import type { Artifacts, NetworkAttempt } from "../../../../harness/model/evidence.ts";
import { isLocal, originOf } from "../../../../host/csp/addresses.ts";
import { matchSourceList } from "../../../../host/csp/matching.ts";
import { needsSafeLink } from "../../../../host/emulator/bridge/results.ts";
import type { StageBoot } from "../../../../host/emulator/bridge/types.ts";
import { profiles } from "../../../../host/profiles/index.ts";
import { SANDBOX } from "../../make.ts";
import { attempt, bridgeOf, declaring, policyOf, run, stub } from "../make.ts";
import {
  address,
  changing,
  faultsOf,
  isRefused,
  lists,
  policyUnder,
  profile,
  type Lists,
  type ProfileId,
} from "./applied.ts";

const findingsOf = (check: AnyCheck, given: Partial<Artifacts>, id: ProfileId): readonly RawFinding[] => {
  const outcome = run(check, given, id);
  return "findings" in outcome ? (outcome.findings ?? []) : [];
};
const identityOf = ({ messageId, data }: RawFinding): string =>
  [messageId, data.asked, data.origin, data.directive, data.entry, data.list].join(" ");

/** @returns the orders that were followed */
function follow(
  check: AnyCheck,
  id: ProfileId,
  declared: Lists,
  network: readonly NetworkAttempt[],
  orderOf: (finding: RawFinding) => ((entries: readonly string[]) => readonly string[]) | null,
): number {
  const { policy } = policyUnder(id, declared);
  const before = findingsOf(check, { policy, network }, id);
  const known = new Set(before.map(identityOf));
  let orders = 0;
  for (const finding of before) {
    const order = orderOf(finding);
    if (!order) continue;
    orders++;
    const after = policyUnder(id, changing(declared, finding.data.lists, order)).policy;
    const left = findingsOf(check, { policy: after, network }, id).map(identityOf);
    expect(left, "it is gone").not.toContain(identityOf(finding));
    expect(
      left.filter((one) => !known.has(one)),
      "no other comes",
    ).toEqual([]);
    expect(faultsOf(after, id), "no fault is declared").toBeLessThanOrEqual(faultsOf(policy, id));
    for (const { url, kind } of network)
      expect(isRefused(after, { url, kind }) && !isRefused(policy, { url, kind }), `${url} is let through`).toBe(false);
  }
  return orders;
}

const SERVICES: Readonly<Record<string, string>> = {
  "fonts.googleapis": "https://fonts.googleapis.com/css2?family=Inter",
  picsum: "https://picsum.photos/200",
  "[\\w-]+\\.png": "https://github.com/octocat.png",
  "raw|blob": "https://github.com/o/r/raw/main/a.png",
  wikimedia: "https://commons.wikimedia.org/wiki/Special:FilePath/A.png",
  favicons: "https://www.google.com/s2/favicons?domain=a.example",
  fontawesome: "https://kit.fontawesome.com/a.js",
  typekit: "https://use.typekit.net/a.css",
  maps: "https://maps.googleapis.com/maps/api/js?key=x",
  stripe: "https://js.stripe.com/v3/",
};

it("csp/companion: the host that is named, added, is let through", () => {
  const asked = companions.map(({ asked: pattern, kinds: [kind = "image"] }) => {
    const url = Object.values(SERVICES).find((one) => pattern.test(one));
    if (url === undefined) throw new Error(`${pattern.source} has no address here`);
    return stub(kind, { url, origin: originOf(url) });
  });
  let orders = 0;
  fc.assert(
    fc.property(profile, lists, fc.subarray(asked, { minLength: 1 }), (id, declared, network) => {
      orders += follow(companion, id, declared, network, ({ messageId, data }) =>
        messageId === "missing" ? (entries) => [...entries, String(data.origin)] : null,
      );
    }),
    { numRuns: 160 },
  );
  expect(orders).toBeGreaterThan(20);
});

const BROAD = [
  "https://*.example.com",
  "https://*.b.example.org:8443",
  "https://*.github.io",
  "https://*.co.uk",
  "https://unpkg.com",
  "https://cdn.jsdelivr.net/npm/",
  "https:",
  "wss:",
];
/** Of the web: what no user can reach is another check's. */
const served = fc.oneof(
  address.filter((url) => !isLocal(originOf(url).replace(/^ws/, "http"))),
  fc.constantFrom(
    "https://unpkg.com/three@0.170.0/build/three.module.js",
    "https://cdn.jsdelivr.net/npm/chart.js@4/dist/chart.umd.js",
    "https://me.github.io/data/a.json",
    "https://shop.co.uk/a.png",
  ),
);

/** Exact entries for what was asked for in its place. */
function narrowed({ data }: RawFinding, network: readonly NetworkAttempt[]) {
  const covered = network.filter(
    ({ url }) => matchSourceList([String(data.entry)], url, { self: SANDBOX, redirected: true }).allowed,
  );
  return (entries: readonly string[]) => [
    ...new Set(entries.flatMap((one) => (one === data.entry ? covered.map(exactEntryFor) : [one]))),
  ];
}

it("csp/broad-source: exact origins in its place let through what was asked for", () => {
  let orders = 0;
  const cases = fc.record({
    id: profile,
    declared: lists,
    broad: fc.constantFrom(...BROAD),
    list: fc.constantFrom("connect", "resource"),
    urls: fc.array(served, { maxLength: 4 }),
  });
  fc.assert(
    fc.property(cases, ({ id, declared, broad, list, urls }) => {
      const kind = list === "connect" ? "fetch" : "image";
      const all = { ...declared, [list]: [...declared[list as "connect"], broad] };
      const { policy } = policyUnder(id, all);
      const network = urls
        .filter((url) => !isRefused(policy, { url, kind }))
        .map((url) => attempt({ url, origin: originOf(url), kind }));
      orders += follow(broadSource, id, all, network, (finding) =>
        finding.data.entry === broad ? narrowed(finding, network) : null,
      );
    }),
    { numRuns: 400 },
  );
  expect(orders).toBeGreaterThan(30);
});

it("csp/frame-domain and csp/unused-domain: an entry that is taken out leaves nothing to say of it", () => {
  let orders = 0;
  fc.assert(
    fc.property(profile, lists, fc.array(address, { maxLength: 3 }), (id, declared, urls) => {
      const { policy } = policyUnder(id, declared);
      const network = urls
        .filter((url) => !isRefused(policy, { url, kind: "fetch" }))
        .map((url) => attempt({ url, origin: originOf(url) }));
      const without = ({ messageId, data }: RawFinding) =>
        messageId === "unused" || messageId === "third-party"
          ? (entries: readonly string[]) => entries.filter((one) => one !== data.entry)
          : null;
      orders += follow(frameDomain, id, declared, network, without);
      orders += follow(unusedDomain, id, declared, network, without);
    }),
    { numRuns: 160 },
  );
  expect(orders).toBeGreaterThan(20);
});

it("csp/redirect-domain: a page that is listed opens without a question", () => {
  const url = "https://www.example.com/a";
  const asks = (redirectDomains: readonly string[]) =>
    // Only what decides about links is read.
    needsSafeLink({ profile: profiles.chatgpt, redirectDomains } as unknown as StageBoot, url);
  const under = (redirect: readonly string[]) =>
    findingsOf(
      redirectDomain,
      {
        policy: policyOf(declaring({ redirect })),
        bridge: bridgeOf({ externalLinks: [{ url, safeLink: asks(redirect) }] }),
      },
      "chatgpt",
    );
  const [finding] = under([]);
  expect(finding?.messageId).toBe("own");
  expect(under([String(finding?.data.origin)])).toEqual([]);
});

it("bridge/resource: the type that is named is the right one", () => {
  const under = (mimeType: string) => findingsOf(bridgeResource, { policy: { ...policyOf({}), mimeType } }, "chatgpt");
  for (const mimeType of ["text/html", "text/html+skybridge", "text/html; profile=mcp-app", ""])
    expect(under(mimeType)).toHaveLength(1);
  expect(under("text/html;profile=mcp-app")).toEqual([]);
});

/** "write X", where a detail gives the whole entry, or its scheme. */
function corrected(entry: string, detail: string): string | null {
  const [, written] = /write ((?:https|wss):\/\/\S*?)(?: or wss:\/\/)?$/.exec(detail) ?? [];
  if (written === undefined) return null;
  return /^\w+:\/\/$/.test(written) ? entry.replace(/^[a-z][a-z0-9+.-]*:\/\//i, written) : written;
}

it("csp/declaration: an entry that is written as it says is in order", () => {
  const bad = fc.constantFrom(
    ...["api.example.com", "//cdn.example.com", "http://a.example.com", "ws://a.example.com/x", "ftp://a.example.com"],
    ...["https://bücher.example", "https://a.example.com/x?y=1", "https://a.example.com#z", "api.example.com:8443/v1"],
  );
  let orders = 0;
  fc.assert(
    fc.property(bad, fc.constantFrom("connect", "resource"), (entry, list) => {
      const under = (one: string) =>
        findingsOf(declaration, { policy: policyOf(declaring({ [list]: [one] })) }, "chatgpt");
      for (const { messageId, data } of under(entry)) {
        const better = messageId === "path-or-query" ? new URL(entry).origin : corrected(entry, String(data.detail));
        if (better === null) continue;
        orders++;
        expect(under(better), `${entry} → ${better}`).toEqual([]);
      }
    }),
    { numRuns: 120 },
  );
  expect(orders).toBeGreaterThan(30);
});
