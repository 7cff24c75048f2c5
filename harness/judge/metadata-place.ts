/** Places of findings that name none: of a declaration the file or resource that holds it, and the path in its JSON; of a whole widget where its code starts. Pure. */
import { LIST_NAMES } from "../../host/csp/declaration.ts";
import type { CspList } from "../../host/profiles/types.ts";
import type { AnyCheck } from "../checks/define-check.ts";
import type { Evidence, PolicyEvidence, SourceInfo, Where } from "../model/evidence.ts";
import type { Finding } from "../model/result.ts";
import type { TagData } from "../model/tags.ts";
import { sourceName } from "../model/widget.ts";

const LISTS: readonly CspList[] = ["connect", "resource", "frame", "redirect", "base"];

/** The finding, with its place. */
export function placed(
  finding: Finding,
  check: Pick<AnyCheck, "id" | "isAboutDeclaration" | "isAboutWhole">,
  { source, artifacts: { policy }, entry }: Evidence,
): Finding {
  if (finding.where) return finding;
  const where = check.isAboutDeclaration
    ? metadataPlace(source, policy.status === "ok" ? policy.value : null, finding.data)
    : ((check.isAboutWhole ? entry : undefined) ?? documentPlace(check.id, source));
  return where === null ? finding : { ...finding, where };
}

/** Areas that judge what the document does: where its line is not known, it is the document's all the same. */
const OF_DOCUMENT = /^(?:api|bridge|bundle|csp|network|render)\//;

const documentPlace = (id: string, source: SourceInfo): Where | null =>
  OF_DOCUMENT.test(id) ? { url: sourceName({ source }) } : null;

/** Of a finding about an entry (`data.entry`, in `data.list` where several lists hold it), a key (`data.key`), or all of it. */
export function metadataPlace(source: SourceInfo, policy: PolicyEvidence | null, data: TagData): Where | null {
  const holder = holderOf(source);
  if (holder === null) return null;
  const path = pathOf(policy, data);
  return source.kind === "folder" ? { url: holder, file: holder, path } : { url: holder, path };
}

function pathOf(policy: PolicyEvidence | null, data: TagData): string {
  if (typeof data.mimeType === "string") return "mimeType";
  return pathOfEntry(policy, data) ?? pathOfKey(typeof data.key === "string" ? data.key : null);
}

/** A page alone has no metadata. */
function holderOf(source: SourceInfo): string | null {
  if (source.kind === "mcp") return source.uri;
  return source.kind === "folder" ? `${source.path}/widget.json` : null;
}

function pathOfEntry(policy: PolicyEvidence | null, { entry, list }: TagData): string | null {
  const from = policy?.declared.from ?? null;
  if (policy === null || from === null || typeof entry !== "string") return null;
  const holding = LISTS.filter((one) => policy.declared[one].includes(entry));
  const [only] = holding.filter((one) => holding.length === 1 || one === list);
  const name = only && LIST_NAMES[from][only];
  return only && name ? `${pathOfKey(from)}.${name}[${policy.declared[only].indexOf(entry)}]` : null;
}

/** `ui.csp` → `_meta.ui.csp`; `openai/widgetCSP` → `_meta["openai/widgetCSP"]`. */
function pathOfKey(key: string | null): string {
  if (key === null) return "_meta";
  return key.includes("/") ? `_meta[${JSON.stringify(key)}]` : `_meta.${key}`;
}
