/** Resources of a snapshot that no tool names any more: whether conversations that are there can still open them. */
import { createHash } from "node:crypto";
import { isRecord } from "../../host/csp/record.ts";
import type { ServerResources } from "../model/evidence/server.ts";
import type { Ask } from "../model/server-record.ts";
import type { Snapshot, SnapshotResource } from "../model/snapshot.ts";

const PATIENCE_MS = 10_000;

export async function keptResources(
  ask: Ask,
  before: Snapshot,
  { reads }: ServerResources,
): Promise<readonly SnapshotResource[]> {
  const missing = before.resources.filter(({ uri }) => !reads.some((read) => read.uri === uri));
  const found: SnapshotResource[] = [];
  for (const { uri } of missing) {
    const result = await ask("resources/read", { uri }, PATIENCE_MS).catch(() => null);
    const resource = resourceIn(result, uri);
    if (resource) found.push(resource);
  }
  return found;
}

function resourceIn(result: unknown, uri: string): SnapshotResource | null {
  const contents = isRecord(result) && Array.isArray(result.contents) ? result.contents.filter(isRecord) : [];
  const item = contents.find((one) => one.uri === uri) ?? contents[0];
  if (!item) return null;
  const { text, blob, mimeType, _meta: meta } = item;
  const bytes =
    typeof text === "string" ? Buffer.from(text) : Buffer.from(typeof blob === "string" ? blob : "", "base64");
  return {
    uri,
    mimeType: typeof mimeType === "string" ? mimeType : "",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    meta: isRecord(meta) ? meta : {},
  };
}
