/** A server's record to evidence: masked, hashed, and cut down to facts. Pure. */
import type { SandglassError } from "../../model/errors.ts";
import type { Gathered } from "../../model/evidence.ts";
import type { ServerArtifacts, ServerEvidence } from "../../model/evidence/server.ts";
import type { ServerRecord } from "../../model/server-record.ts";
import { hidingOf, scanText } from "../../scan/index.ts";
import { callsOf } from "./calls.ts";
import { identityOf } from "./identity.ts";
import { resourcesOf } from "./resources.ts";
import { toolsOf } from "./tools.ts";
import { transportOf } from "./transport.ts";

/** What was asked beside what the run asked anyway. */
export type Asked = Partial<Pick<ServerArtifacts, "probes" | "clients" | "auth" | "snapshot">>;

/**
 * @param profiles hosts that the run is for
 * @param secrets what the user gave to be let in, whoever repeats it
 */
export function serverEvidenceOf(
  said: ServerRecord,
  profiles: readonly string[],
  given: Asked = {},
  secrets: readonly string[] = [],
): ServerEvidence {
  const hiding = hidingOf(secrets);
  const record = hiding.every(said);
  const asked = hiding.every(given);
  const plain: ServerEvidence = {
    schemaVersion: 1,
    server: scanText(record.server, "request").masked,
    profiles,
    artifacts: {
      identity: gathered(identityOf(record), "initialize was not answered"),
      tools: gathered(toolsOf(record), "tools/list was not answered"),
      resources: gathered(resourcesOf(record), ""),
      calls: gathered(callsOf(record), ""),
      transport: gathered(transportOf(record), ""),
      probes: NONE,
      clients: NONE,
      auth: NONE,
      snapshot: NONE,
    },
  };
  return withAsked(plain, asked);
}

/** Of a server that was not asked to the end: nothing is known of it. */
export function unaskedEvidence(
  said: ServerRecord,
  profiles: readonly string[],
  { code, message }: SandglassError,
  secrets: readonly string[] = [],
): ServerEvidence {
  const { artifacts, ...own } = serverEvidenceOf(said, profiles, {}, secrets);
  const failed: Gathered<never> = { status: "failed", error: { code, message } };
  const names = Object.keys(artifacts) as (keyof ServerArtifacts)[];
  return { ...own, artifacts: Object.fromEntries(names.map((name) => [name, failed])) as ServerEvidence["artifacts"] };
}

/** What it logged since, while it was asked what it must refuse: errors are what servers log. */
export function withLaterLogs(
  evidence: ServerEvidence,
  said: ServerRecord,
  secrets: readonly string[] = [],
): ServerEvidence {
  const { transport } = evidence.artifacts;
  if (transport.status !== "ok") return evidence;
  const { logs, detections } = transportOf(hidingOf(secrets).every(said));
  return {
    ...evidence,
    artifacts: { ...evidence.artifacts, transport: { status: "ok", value: { ...transport.value, logs, detections } } },
  };
}

const NONE = { status: "ok", value: null } as const;

export function withAsked(
  evidence: ServerEvidence,
  { probes = null, clients = null, auth = null, snapshot = null }: Asked,
): ServerEvidence {
  return {
    ...evidence,
    artifacts: {
      ...evidence.artifacts,
      probes: { status: "ok", value: probes },
      clients: { status: "ok", value: clients },
      auth: { status: "ok", value: auth },
      snapshot: { status: "ok", value: snapshot },
    },
  };
}

function gathered<T extends NonNullable<ServerArtifacts[keyof ServerArtifacts]>>(
  value: T | null,
  missing: string,
): Gathered<T> {
  return value === null
    ? { status: "failed", error: { code: "SERVER_UNREACHABLE", message: missing } }
    : { status: "ok", value };
}
