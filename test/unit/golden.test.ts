/** The net: kept raw logs of real runs are joined and judged as they were when `test/golden/make.ts` made them. */
import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../harness/gather/artifacts/index.ts";
import type { NetworkAttempt } from "../../harness/model/evidence.ts";
import { adversaries } from "../browser/adversary/cases.ts";
import { cases } from "../browser/verdicts/cases.ts";
import { asEvidence, contextOf, goldenNames, readGolden, verdictOf } from "../golden/kit.ts";

const names = goldenNames();
const kept = names.map((name) => readGolden(name));
const attempts = kept.flatMap(({ artifacts }) => (artifacts.network.status === "ok" ? artifacts.network.value : []));

describe("golden cases", () => {
  it("every verdict case and adversary is kept", () => {
    const widgets = kept.map(({ run }) => run.widget);
    expect([...cases, ...adversaries].map(({ id }) => id).filter((id) => !widgets.includes(id))).toEqual([]);
  });

  it.each(names)("%s", (name) => {
    const golden = readGolden(name);
    const { policy, bundle, ...artifacts } = evidenceOf(golden.raw, contextOf(golden));
    expect(artifacts).toEqual(golden.artifacts);
    expect(verdictOf(asEvidence(golden.run, { ...artifacts, policy, bundle }))).toEqual(golden.verdict);
  });
});

/** What `NetworkAttempt` says to the compiler, said to real runs. */
const OUTCOMES: Readonly<
  Record<NetworkAttempt["outcome"], { readonly classes: readonly unknown[]; readonly never: readonly string[] }>
> = {
  allowed: { classes: [undefined, "local-network", "unreachable"], never: ["list", "preflight", "error"] },
  "blocked-by-csp": {
    classes: ["csp-expressible", "csp-inexpressible", "own-policy", "mixed-content", "local-network"],
    never: ["preflight", "error"],
  },
  "blocked-by-sandbox": {
    classes: ["sandbox"],
    never: ["list", "answeredBy", "status", "cors", "preflight", "error"],
  },
  failed: {
    classes: [
      ...["cors", "corp", "mixed-content", "local-network", "same-origin", "boundary", "unreachable", "other"],
      "relative-url",
    ],
    never: ["list"],
  },
};

it("real runs have no attempt that the types rule out", () => {
  expect(attempts.length).toBeGreaterThan(50);
  for (const attempt of attempts) {
    const { classes, never } = OUTCOMES[attempt.outcome];
    expect(classes).toContain(attempt.blockClass);
    expect(Object.keys(attempt).filter((key) => never.includes(key))).toEqual([]);
    if (attempt.blockClass === "relative-url") expect(attempt.answeredBy).toBe("sandbox-host");
  }
});
