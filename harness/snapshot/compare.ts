/** What changed between two snapshots, and what each change costs. Pure. */
import { isLocalHost, parseUrl } from "../../host/csp/addresses.ts";
import { isRecord } from "../../host/csp/record.ts";
import type { Change, ChangeCost, ChangeKind, Snapshot, SnapshotResource, SnapshotTool } from "../model/snapshot.ts";
import { differenceAt, equalValues, withoutOrder } from "./difference.ts";
import { schemaChange } from "./schema-change.ts";

/**
 * One row a kind. Source: OpenAI, "Submit your plugin" (Updating a plugin, Scan
 * tools), September 2026; that a document is live is contested (openai-apps-sdk-examples
 * #216, PostHog #100638).
 */
export const COSTS = {
  origin: "app",
  path: "scan",
  instructions: "scan",
  "tool-added": "scan",
  "tool-removed": "scan",
  "tool-renamed": "scan",
  title: "scan",
  description: "scan",
  annotations: "scan",
  "security-schemes": "scan",
  "ui-uri": "scan",
  "tool-meta": "scan",
  "input-schema": "scan",
  "output-schema": "scan",
  "input-schema-wider": "person",
  "output-schema-wider": "person",
  "resource-added": "scan",
  "resource-removed": "breaks",
  document: "live",
  "mime-type": "scan",
  csp: "scan",
  domain: "scan",
  "resource-meta": "scan",
} as const satisfies Readonly<Record<ChangeKind, ChangeCost>>;

const change = (kind: ChangeKind, subject: string, at = ""): Change => ({ kind, cost: COSTS[kind], subject, at });

/** Every change, the server's first, then by tool and by URI. */
export function compareSnapshots(before: Snapshot, after: Snapshot): readonly Change[] {
  return [...serverChanges(before, after), ...toolChanges(before, after), ...resourceChanges(before, after)];
}

function serverChanges({ server: before }: Snapshot, { server: after }: Snapshot): Change[] {
  const subject = after.origin ?? "server";
  // A server on this machine is the one that goes to production, under production's address.
  const moved = isPublic(before.origin) && isPublic(after.origin);
  return [
    ...(moved && before.origin !== after.origin ? [change("origin", subject, before.origin ?? "")] : []),
    ...(moved && before.path !== after.path ? [change("path", subject, before.path ?? "")] : []),
    ...((before.instructions ?? "") === (after.instructions ?? "") ? [] : [change("instructions", subject)]),
  ];
}

const isPublic = (origin: string | null): boolean => origin !== null && !isLocalHost(parseUrl(origin)?.hostname ?? "");

function toolChanges(before: Snapshot, after: Snapshot): Change[] {
  const earlier = new Map(before.tools.map((tool) => [tool.name, tool]));
  const later = new Map(after.tools.map((tool) => [tool.name, tool]));
  const removed = before.tools.filter(({ name }) => !later.has(name));
  const added = after.tools.filter(({ name }) => !earlier.has(name));
  const renamed = removed.flatMap((old) => {
    const successor = added.find((tool) => isSameButName(old, tool));
    return successor ? [{ old, successor }] : [];
  });
  const isRenamed = (tool: SnapshotTool) =>
    renamed.some(({ old, successor }) => old.name === tool.name || successor.name === tool.name);
  return [
    ...renamed.map(({ old, successor }) => change("tool-renamed", successor.name, old.name)),
    ...removed.filter((tool) => !isRenamed(tool)).map(({ name }) => change("tool-removed", name)),
    ...added.filter((tool) => !isRenamed(tool)).map(({ name }) => change("tool-added", name)),
    ...after.tools.flatMap((tool) => {
      const old = earlier.get(tool.name);
      return old ? changesOfTool(old, tool) : [];
    }),
  ];
}

const isSameButName = ({ name: _old, ...old }: SnapshotTool, { name: _new, ...other }: SnapshotTool): boolean =>
  equalValues(old, other);

const TOOL_FIELDS = [
  ["title", "title"],
  ["description", "description"],
  ["annotations", "annotations"],
  ["securitySchemes", "security-schemes"],
] as const satisfies readonly (readonly [keyof SnapshotTool, ChangeKind])[];

/** Names under which a tool gives its resource; the first that is there counts. */
const URI_NAMES = ["ui/resourceUri", "openai/outputTemplate"] as const;

function changesOfTool(before: SnapshotTool, after: SnapshotTool): Change[] {
  const uris = [uriOf(before.meta), uriOf(after.meta)];
  const rest = differenceAt(withoutUri(before.meta), withoutUri(after.meta));
  return [
    ...TOOL_FIELDS.flatMap(([field, kind]) => {
      const at = differenceAt(before[field], after[field]);
      return at === null ? [] : [change(kind, after.name, at)];
    }),
    ...schemaChanges("input", before.inputSchema, after.inputSchema, after.name),
    ...schemaChanges("output", before.outputSchema, after.outputSchema, after.name),
    ...(uris[0] === uris[1] ? [] : [change("ui-uri", after.name, uris[0] ?? "")]),
    ...(rest === null ? [] : [change("tool-meta", after.name, rest)]),
  ];
}

function schemaChanges(direction: "input" | "output", before: unknown, after: unknown, tool: string): Change[] {
  const found = schemaChange(before, after, direction);
  if (found === null) return [];
  return [change(found.isWider ? `${direction}-schema-wider` : `${direction}-schema`, tool, found.at)];
}

function uriOf(meta: SnapshotTool["meta"]): string | null {
  const ui = isRecord(meta?.ui) ? meta.ui.resourceUri : undefined;
  const named = [ui, ...URI_NAMES.map((name) => meta?.[name])];
  return named.find((uri): uri is string => typeof uri === "string" && uri !== "") ?? null;
}

function withoutUri(meta: SnapshotTool["meta"] = {}): unknown {
  const kept = Object.entries(meta).filter(([name]) => !URI_NAMES.some((uri) => uri === name));
  return Object.fromEntries(
    kept.map(([name, value]) => {
      if (name !== "ui" || !isRecord(value)) return [name, value];
      const { resourceUri: _uri, ...ui } = value;
      return [name, ui];
    }),
  );
}

function resourceChanges(before: Snapshot, after: Snapshot): Change[] {
  const earlier = new Map(before.resources.map((resource) => [resource.uri, resource]));
  const later = new Set(after.resources.map(({ uri }) => uri));
  return [
    ...before.resources.filter(({ uri }) => !later.has(uri)).map(({ uri }) => change("resource-removed", uri)),
    ...after.resources.flatMap((resource) => {
      const old = earlier.get(resource.uri);
      return old ? changesOfResource(old, resource) : [change("resource-added", resource.uri)];
    }),
  ];
}

/** Fields of `_meta` that have a kind of their own; what is left is told together. */
const META_FIELDS = [
  ["ui.csp", "csp"],
  ["openai/widgetCSP", "csp"],
  ["ui.domain", "domain"],
  ["openai/widgetDomain", "domain"],
] as const satisfies readonly (readonly [string, ChangeKind])[];

function changesOfResource(before: SnapshotResource, after: SnapshotResource): Change[] {
  const { uri } = after;
  const [oldRest, newRest] = [restOf(before.meta), restOf(after.meta)];
  const rest = differenceAt(oldRest, newRest);
  return [
    ...(before.sha256 === after.sha256 ? [] : [change("document", uri)]),
    ...(before.mimeType === after.mimeType ? [] : [change("mime-type", uri, before.mimeType)]),
    ...META_FIELDS.flatMap(([path, kind]) => {
      const [old, own] = [before, after].map(({ meta }) => withoutOrder(fieldOf(meta, path), isList));
      const at = differenceAt(old, own);
      return at === null ? [] : [change(kind, uri, at === "" ? path : `${path}.${at}`)];
    }),
    ...(rest === null ? [] : [change("resource-meta", uri, rest)]),
  ];
}

/** A policy's lists allow what they hold, in any order. */
const isList = (): boolean => true;

function fieldOf(meta: SnapshotResource["meta"], path: string): unknown {
  if (!path.startsWith("ui.")) return meta[path];
  return isRecord(meta.ui) ? meta.ui[path.slice("ui.".length)] : undefined;
}

function restOf(meta: SnapshotResource["meta"]): unknown {
  const { ui, "openai/widgetCSP": _csp, "openai/widgetDomain": _domain, ...rest } = meta;
  if (!isRecord(ui)) return ui === undefined ? rest : { ...rest, ui };
  const { csp: _uiCsp, domain: _uiDomain, ...more } = ui;
  return Object.keys(more).length > 0 ? { ...rest, ui: more } : rest;
}
