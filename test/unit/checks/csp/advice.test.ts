/** What a finding orders can be done in this host, and does not break what works. */
import { expect, test } from "vitest";
import broadSource from "../../../../harness/checks/csp/broad-source.ts";
import inexpressible from "../../../../harness/checks/csp/inexpressible.ts";
import unusedDomain from "../../../../harness/checks/csp/unused-domain.ts";
import { buildPolicies } from "../../../../host/csp/policy.ts";
import { profiles } from "../../../../host/profiles/index.ts";
import { attempt, blocked, declaring, ids, policyOf, propsOf, run } from "../make.ts";

const dataOf = (outcome: ReturnType<typeof run>) => ("findings" in outcome ? outcome.findings[0].data : undefined);
const refused = (given: Parameters<typeof blocked>[0]) =>
  blocked({ blockClass: "csp-inexpressible", list: null, ...given });

function policyUnder(profile: keyof typeof profiles, lists: Parameters<typeof declaring>[0] = {}) {
  const policy = policyOf(declaring(lists));
  return { ...policy, effective: buildPolicies(profiles[profile], policy.declared, { serverOrigin: null }).effective };
}

test("a picture or a video in blob: is to use what the policy lets through", () => {
  const network = [refused({ kind: "media", directive: "media-src", url: "blob:https://w/1" })];
  const under = (profile: keyof typeof profiles) =>
    dataOf(run(inexpressible, { policy: policyUnder(profile), network }, profile))?.instead;
  expect(under("mcp-apps")).toBe("Use a data: media, or a declared origin.");
  expect(under("chatgpt")).not.toContain("image");
});

test("a frame is told to be declared only where frames can be", () => {
  const network = [refused({ kind: "frame", directive: "frame-src", url: "http://a.example/" })];
  expect(ids(run(inexpressible, { network }))).toEqual(["frame"]);
  expect(ids(run(inexpressible, { network }, "claude-desktop"))).toEqual(["frame-never"]);
});

test("an entry that what the widget is given names is not told to go", () => {
  const policy = policyUnder("chatgpt", { resource: ["https://img.example.org"] });
  expect(ids(run(unusedDomain, { policy }))).toEqual(["unused"]);
  const props = propsOf({ named: ["https://img.example.org"] });
  expect(run(unusedDomain, { policy, props }).outcome).toBe("pass");
});

test("what passed through a wildcard alone is named, and that it is contested", () => {
  const wide = { resource: ["https://*.cdn.example.org"] };
  const image = attempt({
    kind: "image",
    directive: "img-src",
    url: "https://a.cdn.example.org/x",
    origin: "https://a.cdn.example.org",
  });
  const outcome = run(broadSource, { policy: policyUnder("chatgpt", wide), network: [image] });
  expect(dataOf(outcome)?.known).toContain("https://a.cdn.example.org");
  expect(dataOf(outcome)?.contested).toContain("--assume wildcards=dropped");
  const both = { resource: [...wide.resource, "https://a.cdn.example.org"] };
  const named = run(broadSource, { policy: policyUnder("chatgpt", both), network: [image] });
  expect(dataOf(named)?.known).toBe(", if they are known");
});
