/** What of the evidence a panel shows, and its tab counts. */
import type { ApiUse, BridgeEvidence, NetworkAttempt, PropsEvidence } from "../../../harness/model/evidence.ts";
import type { PanelProps } from "./types.ts";

type Seen = Pick<PanelProps, "evidence">;

/** null: not known. */
export const attemptsOf = ({ evidence }: Seen): readonly NetworkAttempt[] | null =>
  evidence?.artifacts.network.status === "ok" ? evidence.artifacts.network.value : null;

export const usesOf = ({ evidence }: Seen): readonly ApiUse[] =>
  evidence?.artifacts.apiUses.status === "ok" ? evidence.artifacts.apiUses.value : [];
export const blockedOf = (props: Seen): number => usesOf(props).filter(({ blocked }) => blocked).length;

export const propsOf = ({ evidence }: Seen): PropsEvidence | null =>
  evidence?.artifacts.props.status === "ok" ? evidence.artifacts.props.value : null;
export const secretsOf = (props: Seen): number | null =>
  propsOf(props)?.detections.filter(({ family, publishable }) => family === "secret" && !publishable).length ?? null;

export const bridgeOf = ({ evidence }: Seen): BridgeEvidence | null =>
  evidence?.artifacts.bridge.status === "ok" ? evidence.artifacts.bridge.value : null;

export const problemsOf = ({ evidence }: Seen): number | null =>
  evidence?.artifacts.policy.status === "ok" ? evidence.artifacts.policy.value.problems.length : null;
