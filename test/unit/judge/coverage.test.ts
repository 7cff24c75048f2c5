import { describe, expect, it } from "vitest";
import { coverageOf } from "../../../harness/judge/coverage.ts";
import type { CoverageEvidence, FileCoverage } from "../../../harness/model/evidence.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { declare, evidence } from "../allowlist/make.ts";
import { staticUrl, staticUse } from "../checks/make.ts";

const file = (name: string, ran: number, provenance?: FileCoverage["provenance"]): FileCoverage => ({
  file: name,
  ...(provenance ? { provenance } : {}),
  characters: { ran, of: 100 },
  functions: { ran: 1, of: 2 },
});
const bundle = {
  files: [],
  urls: [staticUrl({ provenance: "package", reach: "unreached" }), staticUrl({ reach: "unreached" })],
  uses: [
    staticUse("alert", "alert", { provenance: "package", reach: "unreached" }),
    staticUse("alert", "alert", { provenance: "bundle", reach: "unreached" }),
    staticUse("download", "a.download", { provenance: "package", reach: "skipped" }),
    staticUse("fullscreen", "requestFullscreen", { provenance: "package", reach: "ran" }),
  ],
};
const judged = (value?: CoverageEvidence) => {
  const one = evidence({ bundle, declaration: declare({}) });
  const artifacts = value ? { ...one.artifacts, coverage: { status: "ok", value } as const } : one.artifacts;
  const { coverage, ...rest } = artifacts;
  return coverageOf(
    { ...one, artifacts: value ? { ...rest, ...(coverage ? { coverage } : {}) } : rest },
    profiles.chatgpt,
  );
};

describe("coverage of a run", () => {
  it("is summed by whose code it is", () =>
    expect(judged({ files: [file("a.ts", 60), file("b.ts", 20), file("react", 5, "package")] })).toMatchObject({
      own: { characters: { ran: 80, of: 200 }, functions: { ran: 2, of: 4 } },
      bundled: null,
      packages: { characters: { ran: 5, of: 100 } },
    }));
  it("counts what in packages did not run and would be refused", () =>
    expect(judged({ files: [file("a.ts", 60)] })?.refusedInPackages).toBe(3));
  it("is nothing where nothing was measured", () => expect(judged()).toBeNull());
});
