/** What a review would have seen of a server: plain JSON, kept in a file and compared later. */

type Meta = Readonly<Record<string, unknown>>;

export interface SnapshotTool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
  readonly annotations?: unknown;
  readonly securitySchemes?: unknown;
  /** Whole `_meta` of the list's entry, the resource's URI in it. */
  readonly meta?: Meta;
}

export interface SnapshotResource {
  readonly uri: string;
  readonly mimeType: string;
  /** SHA-256 of the document, 64 hex digits; of a document's own bytes nothing is kept. */
  readonly sha256: string;
  /** `_meta` of the contents, where hosts read the policy and the domain. */
  readonly meta: Meta;
}

export interface Snapshot {
  readonly schemaVersion: 1;
  readonly kind: "sandglass-snapshot";
  readonly server: {
    /** `https://example.com`; null over stdio. */
    readonly origin: string | null;
    /** `/mcp`; null over stdio. */
    readonly path: string | null;
    readonly instructions?: string;
  };
  /** By name. */
  readonly tools: readonly SnapshotTool[];
  /** By URI. */
  readonly resources: readonly SnapshotResource[];
}

/**
 * What a change costs: it is live at once; it needs a new scan and review; it
 * needs a new app; a person decides; it breaks conversations that are there.
 */
export type ChangeCost = "live" | "scan" | "app" | "person" | "breaks";

export type ChangeKind =
  | "origin"
  | "path"
  | "instructions"
  | "tool-added"
  | "tool-removed"
  | "tool-renamed"
  | "title"
  | "description"
  | "annotations"
  | "security-schemes"
  | "ui-uri"
  | "tool-meta"
  | "input-schema"
  | "output-schema"
  | "input-schema-wider"
  | "output-schema-wider"
  | "resource-added"
  | "resource-removed"
  | "document"
  | "mime-type"
  | "csp"
  | "domain"
  | "resource-meta";

export interface Change {
  readonly kind: ChangeKind;
  readonly cost: ChangeCost;
  /** Tool or URI; the server's origin where it is about the server. */
  readonly subject: string;
  /** Where in it, e.g. `annotations.readOnlyHint`, `properties.city.type`; empty for the whole. */
  readonly at: string;
}

/** A snapshot that the server is compared with. */
export interface SnapshotEvidence {
  /** As the user named it. */
  readonly file: string;
  readonly before: Snapshot;
  /** Resources of `before` that no tool names any more, and that can still be read. */
  readonly kept: readonly SnapshotResource[];
  /** The user says that what changed is submitted as a new version. */
  readonly release: boolean;
}
