/**
 * Server evidence: what one MCP server says and does, once for all its
 * widgets. Plain JSON, masked, so that it can be saved and judged again.
 */
import type { ClientProbes } from "../clients.ts";
import type { ProbesEvidence } from "../probes.ts";
import type { OriginProbe, ServerEnd, TransportKind } from "../server-record.ts";
import type { SnapshotEvidence } from "../snapshot.ts";
import type { AuthEvidence } from "./auth.ts";
import type { Gathered } from "./common.ts";
import type { Detection } from "./props.ts";

/** A value as the server sent it, masked; no schema has read it. */
export type Raw = Readonly<Record<string, unknown>>;

/** What `initialize` was answered with. */
export interface ServerIdentity {
  readonly protocolVersion: string;
  readonly name: string;
  readonly version: string;
  readonly title: string | null;
  readonly instructions: string | null;
  readonly capabilities: Raw;
  /** Secrets in any of it, `instructions` above all. */
  readonly detections: readonly Detection[];
}

/** A tool as `tools/list` gives it. */
export interface ServerTool {
  /** Empty when it has none that is a text. */
  readonly name: string;
  readonly entry: Raw;
}

export interface ServerTools {
  /** In the order of the list, a name that comes twice twice. */
  readonly entries: readonly ServerTool[];
  readonly pages: number;
  /** The last page that was read names another. */
  readonly hasNoEnd?: true;
  /** Of all its pages as JSON, UTF-8. */
  readonly bytes: number;
  readonly detections: readonly Detection[];
}

/** A content item of `resources/read`: what it is, without its text. */
export interface ReadContent {
  readonly uri: string | null;
  readonly mimeType: string | null;
  /** `null` when the item has no `_meta`; as it is when that is no object. */
  readonly meta: unknown;
  readonly kind: "text" | "blob" | "none";
  /** What its text begins as: a document with a doctype or `<html>`, markup without either, or neither. */
  readonly markup: "document" | "fragment" | "none";
  readonly bytes: number;
  /** Hexadecimal, of the decoded bytes. */
  readonly sha256: string;
}

/** A UI resource that a tool names, as reading it came out. */
export interface ResourceRead {
  readonly uri: string;
  /** Tools that name it. */
  readonly tools: readonly string[];
  readonly contents: readonly ReadContent[];
  /** `_meta` beside the contents; null when there is none. */
  readonly outerMeta: unknown;
  readonly error: string | null;
  readonly ms: number | null;
}

export interface ServerResources {
  /** Null when the server has no resources, or the list failed. */
  readonly listed:
    | readonly {
        readonly uri: string;
        readonly name: string | null;
        readonly mimeType: string | null;
        readonly meta: unknown;
      }[]
    | null;
  readonly listError: string | null;
  readonly reads: readonly ResourceRead[];
  /** UI resources of the list that no tool names, and that cannot be read. Default none. */
  readonly unreadable?: readonly { readonly uri: string; readonly error: string }[];
}

/** A call that the run made anyway: for a scenario, or because a widget asked. */
export interface ServerCall {
  readonly tool: string;
  readonly arguments: unknown;
  /** `scenario`: the user's arguments; `schema`: made from the input schema. */
  readonly by: "scenario" | "schema";
  readonly isError: boolean;
  /** Absent when the answer has none. */
  readonly structuredContent?: unknown;
  readonly content: unknown;
  readonly meta: unknown;
  readonly bytes: { readonly structuredContent: number; readonly content: number; readonly meta: number };
  readonly detections: readonly Detection[];
  /** Personal data in an error, which the arguments did not name. Default none. */
  readonly personal?: readonly Detection[];
  /** Of an answer that was a protocol error, or none. */
  readonly error: string | null;
  readonly ms: number | null;
}

/** How long the first of each took, milliseconds; null when it was not asked. */
export interface ServerTimings {
  readonly initialize: number | null;
  readonly listTools: number | null;
  readonly listResources: number | null;
  /** The slowest. */
  readonly read: number | null;
  readonly call: number | null;
}

export interface ServerTransport {
  readonly kind: TransportKind;
  readonly url: string | null;
  readonly timings: ServerTimings;
  readonly sessions: number;
  /** Different ids that the server gave its sessions, as facts alone; empty over stdio and for a server without sessions. */
  readonly sessionIds: readonly { readonly length: number; readonly visibleAscii: boolean }[];
  /** HTTP answers, each kind once. */
  readonly answers: readonly {
    readonly method: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly redirectedTo: string | null;
    readonly count: number;
  }[];
  /** What a foreign page was let do; absent when it was not tried. */
  readonly probes?: readonly OriginProbe[];
  readonly strayOutput: string | null;
  /** Absent while its process runs. */
  readonly ended?: ServerEnd;
  /** Masked, the last of it. */
  readonly stderr: string;
  /** Log lines over the protocol, masked. */
  readonly logs: readonly string[];
  /** Requests of the server to the client, by method. */
  readonly requests: readonly string[];
  /** What stderr (`path` `$stderr`) and the log lines (`$logs[…]`) hold. */
  readonly detections: readonly Detection[];
}

/** What server checks look at. Those that only some runs have are absent in others. */
export interface ServerArtifacts {
  readonly identity: ServerIdentity;
  readonly tools: ServerTools;
  readonly resources: ServerResources;
  readonly calls: readonly ServerCall[];
  readonly transport: ServerTransport;
  /** Calls with wrong arguments; null when none were to be made. */
  readonly probes: ProbesEvidence | null;
  /** What clients do beside asking; null when it was not to be tried. */
  readonly clients: ClientProbes | null;
  /** Null over stdio, and when it was not to be asked. */
  readonly auth: AuthEvidence | null;
  /** Null when no snapshot was given. */
  readonly snapshot: SnapshotEvidence | null;
}
export type ServerArtifactName = keyof ServerArtifacts;

export interface ServerEvidence {
  readonly schemaVersion: 1;
  /** URL or command line. */
  readonly server: string;
  /** Hosts that the run was for: what their submission asks for decides severities. */
  readonly profiles: readonly string[];
  readonly artifacts: { readonly [K in ServerArtifactName]: Gathered<ServerArtifacts[K]> };
}
