/** Requested, effective, observed: one row for each directive. */
import { expect, it } from "vitest";
import { profiles } from "../../../host/profiles/index.ts";
import { directiveRows } from "../../../harness/judge/directives.ts";
import { attempt, blocked, declaring, policyOf, policyWith } from "../checks/make.ts";

const meta = declaring({ connect: ["https://a.example"] });
const row = (
  name: string,
  ...[policy, network = []]: readonly [ReturnType<typeof policyOf>, Parameters<typeof directiveRows>[1]?]
) => directiveRows(policy, network, profiles.chatgpt).find(({ directive }) => directive === name);

it("what was asked for, granted and seen", () => {
  const network = [
    blocked({ origin: "https://z.example" }),
    blocked({ origin: "https://b.example" }),
    blocked({ origin: "https://b.example" }),
    attempt({ origin: "https://a.example" }),
    attempt({ origin: "https://failed.example", outcome: "failed", blockClass: "other" }),
  ];
  expect(row("connect-src", policyWith("connect-src 'self' https://a.example", meta), network)).toEqual({
    directive: "connect-src",
    requested: ["https://a.example"],
    effective: "'self' https://a.example",
    observed: {
      allowed: ["https://a.example", "https://failed.example"],
      blocked: ["https://b.example", "https://z.example"],
    },
  });
});
it("a directive that no list feeds was asked for by nobody", () =>
  expect(row("worker-src", policyWith("worker-src blob:", meta))).toMatchObject({ requested: [], effective: "blob:" }));
it("a directive that was seen and is not in the policy has a row, through its fallback", () => {
  const image = attempt({ directive: "img-src", kind: "image" });
  expect(row("img-src", policyWith("default-src 'none'", meta), [image])).toMatchObject({ effective: "'none'" });
  expect(row("img-src", policyWith("connect-src 'self'", meta), [image])).toMatchObject({ effective: "not limited" });
  expect(row("img-src", policyOf(meta), [image])).toMatchObject({ effective: "not limited" });
});
it("nothing asked for, nothing seen, no policy: no rows", () => {
  expect(directiveRows(policyOf(meta), [attempt({ directive: null })], profiles.chatgpt)).toEqual([]);
});
