/** How much of the widget's code ran, and what of packages did not and would be refused. */
import type { HostProfile } from "../../host/profiles/types.ts";
import { refusedInPackages } from "../checks/shared/reach.ts";
import type { CodeShares, Evidence, FileCoverage, Provenance, Share } from "../model/evidence.ts";
import type { CodeCoverage } from "../model/result.ts";
import { NOT_TRIED } from "./trials.ts";

/** Null when it was not measured. */
export function coverageOf({ artifacts }: Evidence, profile: HostProfile): CodeCoverage | null {
  const { coverage, bundle, apiUses, network, policy, document, trials } = artifacts;
  if (coverage?.status !== "ok" || coverage.value.files.length === 0) return null;
  const { files } = coverage.value;
  const of = (provenance: Provenance | undefined) => sumOf(files.filter((file) => file.provenance === provenance));
  const known =
    bundle.status === "ok" &&
    apiUses.status === "ok" &&
    network.status === "ok" &&
    policy.status === "ok" &&
    document.status === "ok"
      ? {
          bundle: bundle.value,
          apiUses: apiUses.value,
          network: network.value.filter(({ initiator }) => initiator !== "framed-page"),
          policy: policy.value,
          document: document.value,
          trials: trials?.status === "ok" ? trials.value : NOT_TRIED,
        }
      : null;
  return {
    own: of(undefined),
    bundled: of("bundle"),
    packages: of("package"),
    refusedInPackages: known ? refusedInPackages(known, profile) : 0,
    files,
  };
}

/** Null of nothing. */
function sumOf(files: readonly FileCoverage[]): CodeShares | null {
  const sum = (share: (file: FileCoverage) => Share): Share => ({
    ran: files.reduce((ran, file) => ran + share(file).ran, 0),
    of: files.reduce((all, file) => all + share(file).of, 0),
  });
  return files.length === 0
    ? null
    : { characters: sum(({ characters }) => characters), functions: sum(({ functions }) => functions) };
}
