/** The server in order of `server-make.ts`, compared with a snapshot of itself that a test changes. */
import type { ServerArtifacts } from "../../../harness/model/evidence/server.ts";
import type { Snapshot, SnapshotEvidence } from "../../../harness/model/snapshot.ts";
import { snapshotOf } from "../../../harness/snapshot/of-evidence.ts";
import { artifactsOf } from "./server-make.ts";

const NOW = snapshotOf(artifactsOf());

/** @param changed what stood in the snapshot instead */
export const since = (
  changed: (now: Snapshot) => Partial<Snapshot>,
  given: Partial<SnapshotEvidence> = {},
): Partial<ServerArtifacts> => ({
  snapshot: { file: "reviewed.json", before: { ...NOW, ...changed(NOW) }, kept: [], release: false, ...given },
});

export const tool =
  (more: object) =>
  ({ tools }: Snapshot): Partial<Snapshot> => ({ tools: tools.map((one) => ({ ...one, ...more })) });

export const document =
  (more: object) =>
  ({ resources }: Snapshot): Partial<Snapshot> => ({ resources: resources.map((one) => ({ ...one, ...more })) });

export const older = ({ resources }: Snapshot): Partial<Snapshot> => ({
  resources: [...resources.map((one) => ({ ...one, uri: "ui://weather/v2.html" })), ...resources],
});
