import { describe, expect, test } from "vitest";
import blockedRequest from "../../../../harness/checks/csp/blocked-request.ts";
import { buildPolicies } from "../../../../host/csp/policy.ts";
import { profiles } from "../../../../host/profiles/index.ts";
import { cases } from "../cases.ts";
import { attempt, blocked, declaring, ids, policyOf, run } from "../make.ts";

/** What the host makes of a declaration. */
function policyUnder(profile: keyof typeof profiles, lists: Parameters<typeof declaring>[0] = {}) {
  const policy = policyOf(declaring(lists));
  return { ...policy, effective: buildPolicies(profiles[profile], policy.declared, { serverOrigin: null }).effective };
}
const policy = policyUnder("chatgpt");

cases(blockedRequest, {
  fails: [
    [
      "one finding for an origin, directive and list",
      {
        policy,
        network: [
          blocked(),
          blocked({ url: "https://api.example.com/y" }),
          blocked({ list: "resource", directive: "img-src", kind: "image" }),
        ],
      },
      ["undeclared error", "undeclared error"],
    ],
    [
      "a policy of the widget's own",
      {
        policy,
        network: [
          blocked({ blockClass: "own-policy" }),
          blocked({ blockClass: "own-policy", list: null, kind: "inline" }),
        ],
      },
      ["own-policy error", "own-policy error"],
    ],
    [
      "reached by a redirect",
      { policy, network: [blocked({ redirectedFrom: ["https://a.example/"] })] },
      "redirected error",
    ],
    [
      "a socket",
      { policy, network: [blocked({ kind: "websocket", url: "wss://s.example/", origin: "wss://s.example" })] },
      "websocket error",
    ],
    [
      "declared, and refused by a policy of the widget's own",
      { policy: policyUnder("chatgpt", { connect: ["https://api.example.com"] }), network: [blocked()] },
      "own-policy error",
    ],
    [
      "a socket of this machine",
      {
        policy,
        network: [blocked({ kind: "websocket", url: "ws://localhost:5173/", origin: "ws://localhost:5173" })],
      },
      "local error",
    ],
    [
      "not secure",
      { policy, network: [blocked({ url: "http://api.example.org/x", origin: "http://api.example.org" })] },
      "insecure error",
    ],
  ],
  passes: [
    [
      "the socket of a development server's client",
      {
        policy,
        network: [
          attempt({ kind: "script", url: "https://dev.example/@vite/client" }),
          blocked({ kind: "websocket", url: "wss://dev.example/?token=a", origin: "wss://dev.example" }),
        ],
      },
      "pass",
    ],
    ["allowed", { policy, network: [attempt({})] }, "pass"],
    ["failed for another cause", { policy, network: [attempt({ outcome: "failed", blockClass: "cors" })] }, "pass"],
    ["no list can allow it", { policy, network: [blocked({ list: null })] }, "pass"],
  ],
});

describe("an entry", () => {
  test("is ordered only where this host hands it on", () => {
    const frame = blocked({
      list: "frame",
      kind: "frame",
      directive: "frame-src",
      url: "https://maps.example.org/",
      origin: "https://maps.example.org",
    });
    expect(ids(run(blockedRequest, { policy, network: [frame] }))).toEqual(["undeclared"]);
    expect(ids(run(blockedRequest, { policy: policyUnder("claude"), network: [frame] }, "claude"))).toEqual(["host"]);
  });

  test.each<readonly [string, string, RegExp]>([
    ["https://api.example.com/v1/", "https://api.example.com/v2/x", /path \/v2\/x is not under \/v1\//],
    ["https://*.example.com", "https://example.com/x", /does not cover example\.com itself/],
    ["https://api.example.com", "https://api.example.com:8443/x", /port 8443 differs/],
    ["https://other.example.org", "https://api.example.com/x", /^$/],
  ])("%s for %s: why it does not match is said", (entry, url, why) => {
    const outcome = run(blockedRequest, {
      policy: policyUnder("chatgpt", { connect: [entry] }),
      network: [blocked({ url, origin: new URL(url).origin })],
    });
    expect(ids(outcome)).toEqual(["undeclared"]);
    expect("findings" in outcome && outcome.findings[0].data.why).toMatch(why);
  });
});
