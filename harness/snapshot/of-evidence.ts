/** What a review would have seen, out of what a server said. Pure. */
import { isRecord } from "../../host/csp/record.ts";
import type { ReadContent, ServerArtifacts, ServerTool } from "../model/evidence/server.ts";
import type { Snapshot, SnapshotResource, SnapshotTool } from "../model/snapshot.ts";

/** @param kept resources beside those that a tool names */
export function snapshotOf(
  { identity, tools, resources, transport }: Pick<ServerArtifacts, "identity" | "tools" | "resources" | "transport">,
  kept: readonly SnapshotResource[] = [],
): Snapshot {
  const url = transport.url !== null && URL.canParse(transport.url) ? new URL(transport.url) : null;
  return {
    schemaVersion: 1,
    kind: "sandglass-snapshot",
    server: {
      origin: url?.origin ?? null,
      path: url?.pathname ?? null,
      ...(identity.instructions === null ? {} : { instructions: identity.instructions }),
    },
    tools: firstOfEach(tools.entries, ({ name }) => name)
      .map(toolOf)
      .toSorted(byText(({ name }) => name)),
    resources: [
      ...resources.reads.flatMap(({ uri, contents }) => {
        const shown = contents.find((one) => one.uri === uri) ?? contents[0];
        return shown ? [resourceOf(uri, shown)] : [];
      }),
      ...kept,
    ].toSorted(byText(({ uri }) => uri)),
  };
}

export const resourceOf = (uri: string, { mimeType, sha256, meta }: ReadContent): SnapshotResource => ({
  uri,
  mimeType: mimeType ?? "",
  sha256,
  meta: isRecord(meta) ? meta : {},
});

function toolOf({ name, entry }: ServerTool): SnapshotTool {
  const { title, description, inputSchema, outputSchema, annotations, securitySchemes, _meta: meta } = entry;
  return {
    name,
    ...(typeof title === "string" ? { title } : {}),
    ...(typeof description === "string" ? { description } : {}),
    ...(inputSchema === undefined ? {} : { inputSchema }),
    ...(outputSchema === undefined ? {} : { outputSchema }),
    ...(annotations === undefined ? {} : { annotations }),
    ...(securitySchemes === undefined ? {} : { securitySchemes }),
    ...(isRecord(meta) ? { meta } : {}),
  };
}

const firstOfEach = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => [
  ...new Map(items.toReversed().map((item) => [keyOf(item), item])).values(),
];

/** By code units: the same on every machine. */
const byText =
  <T>(textOf: (item: T) => string) =>
  (one: T, other: T): number => {
    const [first, second] = [textOf(one), textOf(other)];
    if (first === second) return 0;
    return first < second ? -1 : 1;
  };
