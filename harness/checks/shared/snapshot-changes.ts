/** What changed since the snapshot that was given, the same for every check of it. */
import type { ServerArtifacts } from "../../model/evidence/server.ts";
import type { Change, ChangeKind } from "../../model/snapshot.ts";
import { compareSnapshots } from "../../snapshot/compare.ts";
import { snapshotOf } from "../../snapshot/of-evidence.ts";
import { inapplicable } from "../define-check.ts";

export const SNAPSHOT_NEEDS = ["identity", "tools", "resources", "transport", "snapshot"] as const;

export const SNAPSHOT_REASONS = {
  "no-snapshot": "No snapshot was given: keep one at each submission with `sandglass snapshot --write FILE`",
} as const;

type Given = Pick<ServerArtifacts, (typeof SNAPSHOT_NEEDS)[number]>;

/** Changes in the order of the server, its tools and its resources; none was given: why the rule does not apply. */
export function changesSince(
  given: Given,
):
  | { readonly changes: readonly Change[]; readonly file: string; readonly release: boolean }
  | { readonly changes?: undefined; readonly outcome: ReturnType<typeof inapplicable<"no-snapshot">> } {
  const { snapshot } = given;
  if (!snapshot) return { outcome: inapplicable("no-snapshot") };
  const { before, kept, file, release } = snapshot;
  return { changes: compareSnapshots(before, snapshotOf(given, kept)), file, release };
}

/** What changed, for people: "the description", "the hint readOnlyHint". */
export const CHANGE_NAMES = {
  origin: "the server's origin",
  path: "the server's path",
  instructions: "the server's instructions",
  "tool-added": "a tool was added",
  "tool-removed": "a tool was removed",
  "tool-renamed": "a tool was renamed",
  title: "the title",
  description: "the description",
  annotations: "an annotation",
  "security-schemes": "a security scheme",
  "ui-uri": "the URI of the UI",
  "tool-meta": "_meta of the tool",
  "input-schema": "the input schema",
  "output-schema": "the output schema",
  "input-schema-wider": "the input schema, which grew",
  "output-schema-wider": "the output schema, which grew",
  "resource-added": "a UI resource was added",
  "resource-removed": "a UI resource is gone",
  document: "the document",
  "mime-type": "the MIME type",
  csp: "the policy",
  domain: "the domain",
  "resource-meta": "_meta of the resource",
} as const satisfies Readonly<Record<ChangeKind, string>>;

/** What came, went or changed its name is told as that. */
const HAPPENED: ReadonlySet<ChangeKind> = new Set([
  "tool-added",
  "tool-removed",
  "tool-renamed",
  "resource-added",
  "resource-removed",
]);

function verbOf(kind: ChangeKind): string {
  if (HAPPENED.has(kind)) return "since";
  return kind === "instructions" ? "differ from" : "differs from";
}

export const dataOf = ({ kind, subject, at }: Change) => ({
  verb: verbOf(kind),
  kind,
  subject,
  at,
  what: CHANGE_NAMES[kind],
  place: at === "" ? "" : ` (${at})`,
});
