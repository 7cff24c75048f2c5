/**
 * Places for what the browser tells no place of: a press of a download, a picture whose address came with the data, a
 * `blob:` or `data:` address. The text is asked, and answers only where one place alone can be meant.
 */
import type {
  ApiUse,
  BundleEvidence,
  Gathered,
  NetworkAttempt,
  RequestKind,
  StaticUse,
  Where,
} from "../../model/evidence.ts";
import type { Knows } from "./other-ways.ts";

interface Text {
  /** With what became of each place in this rendering, where that was measured. */
  readonly bundle: () => Gathered<BundleEvidence>;
  /** Whether the document's own code has another way to ask for this, of which the reader knows no address. */
  readonly hasOtherWay: (kind: RequestKind, knows: Knows) => boolean;
  /** The place as records name those of the document. */
  readonly inDocument: (where: Where) => Where;
}

interface Records {
  readonly uses: Gathered<ApiUse[]>;
  readonly attempts: Gathered<NetworkAttempt[]>;
}

export function placedByText(
  { uses, attempts }: Records,
  text: Text,
): { readonly apiUses: Gathered<ApiUse[]>; readonly network: Gathered<NetworkAttempt[]> } {
  const all = attempts.status === "ok" ? attempts.value : [];
  const isOpen = all.some(isUnplaced) || (uses.status === "ok" && uses.value.some(isPressed));
  const bundle = isOpen ? text.bundle() : null;
  if (bundle?.status !== "ok") return { apiUses: uses, network: attempts };
  const { value } = bundle;
  const placed = <T extends object>(record: T, where: Where | undefined): T =>
    where ? { ...record, where: text.inDocument(where) } : record;
  const hasOther = otherWaysOf(text, value);
  const downloads = value.uses.filter(({ what }) => what === "download");
  return {
    apiUses: each(uses, (use) => (isPressed(use) ? placed(use, onlyPlace(downloads)) : use)),
    network: each(attempts, (attempt) =>
      isUnplaced(attempt) && !hasOther(attempt.kind) ? placed(attempt, placeIn(value, attempt, all)) : attempt,
    ),
  };
}

/** The text is long, and many may be asked for: it is looked at once a kind. */
function otherWaysOf({ hasOtherWay }: Text, { uses, urls }: BundleEvidence): (kind: RequestKind) => boolean {
  const known = new Set([...uses, ...urls].map(({ where }) => `${where.file ?? where.url}:${where.line}`));
  const kinds = new Map<RequestKind, boolean>();
  return (kind) => {
    const has = kinds.get(kind) ?? hasOtherWay(kind, ({ file, line }) => known.has(`${file}:${line}`));
    kinds.set(kind, has);
    return has;
  };
}

const isPressed = ({ api, where }: ApiUse): boolean => api === "download" && where === undefined;
const isUnplaced = ({ initiator, where }: NetworkAttempt): boolean => initiator === "document" && where === undefined;

const each = <T>(gathered: Gathered<T[]>, place: (one: T) => T): Gathered<T[]> =>
  gathered.status === "ok" ? { status: "ok", value: gathered.value.map(place) } : gathered;

function placeIn(
  { urls, uses }: BundleEvidence,
  { url, kind }: NetworkAttempt,
  all: readonly NetworkAttempt[],
): Where | undefined {
  if (url.startsWith("blob:")) return onlyPlace(uses.filter(({ what }) => what === "blob-url"));
  if (url.startsWith("data:")) return onlyPlace(urls.filter((one) => one.kind === kind && one.url.startsWith("data:")));
  if (kind === "image" && all.some(isSheet)) return undefined;
  return onlyPlace(uses.filter((use) => use.what === "computed-request" && use.kind === kind && mayAsk(use, url)));
}

/** What it shows is asked for by nothing that the reader has. */
const isSheet = ({ kind, outcome }: NetworkAttempt): boolean => kind === "stylesheet" && outcome === "allowed";

/** `https://api.example/…`: what is known of the address is how it begins. */
function mayAsk({ url: known, reach }: StaticUse, url: string): boolean {
  const [start = ""] = (known ?? "").split("…");
  return reach !== "unreached" && url.startsWith(start);
}

/** A package's line says nothing to the widget's author, and another place might be meant where there are two. */
function onlyPlace(found: readonly Pick<StaticUse, "where" | "provenance">[]): Where | undefined {
  const [one, ...others] = found;
  const isOnly = others.every(({ where }) => where.line === one?.where.line && where.file === one?.where.file);
  return isOnly && one?.provenance === undefined ? one?.where : undefined;
}
