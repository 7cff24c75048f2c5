/** What the code holds, no run reached, and this host would refuse: of coverage where there is some, else of what was seen. Not a check. */
import { isAkinTo, isApiId, isGranted, rowOf } from "../../../host/apis/index.ts";
import { directiveOfKind } from "../../../host/csp/kinds.ts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources, innerPolicy } from "../../../host/csp/policy.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import type { Artifacts, NetworkAttempt, Provenance, Reach, StaticUrl, StaticUse } from "../../model/evidence.ts";
import type { Severity } from "../../model/result.ts";
import { inOtherTrials } from "./trials.ts";

type Observed = Pick<Artifacts, "bundle" | "apiUses" | "network" | "trials">;

/** Of a package that is known to be one, and known not to have run: told by its number, since nobody may ever call it. */
export const isOnlyCounted = ({ provenance, reach }: { provenance?: Provenance; reach?: Reach }): boolean =>
  provenance === "package" && reach === "unreached";

/** How many places in packages ask for what this host refuses, and did not run. */
export function refusedInPackages(
  { policy, document, ...observed }: Observed & Pick<Artifacts, "policy" | "document">,
  profile: HostProfile,
): number {
  const calls = unseenCalls(observed, profile).filter(({ use }) => isOnlyCounted(use));
  const inner = innerPolicy(policy.effective)?.value;
  const requests = inner === undefined ? [] : unseenRequests(observed, inner, document.origin).filter(isOnlyCounted);
  return calls.length + requests.length;
}

interface Unseen {
  /** What becomes of the call, after "which this run did not reach". */
  readonly fate: string;
  /** One step milder than when it is seen: it may be code that nobody ever reaches. */
  readonly severity: "warning" | "info";
  /** In the widget's own code, unguarded. */
  readonly own: Severity;
  /** A use beside it that makes it a second choice. */
  readonly unlessBeside?: string;
}

const RELATIVE_URL: Unseen = {
  fate: "it would go to the sandbox host, which answers 404; write the absolute URL",
  severity: "warning",
  own: "warning",
};

export interface UnseenCall {
  readonly use: StaticUse;
  readonly fate: string;
  readonly severity: Severity;
}

/** Calls that this host refuses, and of which the run saw none. */
export function unseenCalls(
  { bundle, apiUses: own, network: ownRequests, trials }: Observed,
  profile: HostProfile,
): UnseenCall[] {
  const apiUses = [...own, ...inOtherTrials(trials, "apiUses")];
  const network = [...ownRequests, ...inOtherTrials(trials, "network")];
  const unseenIn = ({ what, detail }: StaticUse): Unseen | null => {
    if (what === "relative-url") {
      // A bare name is what an import map may know.
      const wasSeen = network.some(({ blockClass }) => blockClass === "relative-url");
      return wasSeen || !/^\.{0,2}\//.test(detail) ? null : RELATIVE_URL;
    }
    if (!isApiId(what)) return null;
    const row = rowOf(what);
    const isAkin = isAkinTo(what);
    const wasSeen = apiUses.some(({ api }) => isAkin(api));
    return row.unseen === undefined || wasSeen || isGranted(row, profile) ? null : row.unseen;
  };
  return bundle.uses.flatMap((use) => {
    const unseen = unseenIn(use);
    if (unseen === null || hasOtherWay(use, unseen, bundle.uses)) return [];
    return [{ use, fate: unseen.fate, severity: severityOf(unseen, use) }];
  });
}

/** A press of a link in the markup may be prevented; a download that code starts is meant. */
function hasOtherWay({ what, detail }: StaticUse, { unlessBeside }: Unseen, uses: readonly StaticUse[]): boolean {
  if (what === "download" && !detail.startsWith("<")) return false;
  return uses.some((other) => other.what === unlessBeside);
}

/** Packages carry code that nobody calls, and a guarded call has another way to go. */
const severityOf = ({ severity, own }: Unseen, { provenance, guard }: StaticUse): Severity =>
  provenance === undefined && guard === undefined ? own : severity;

/** Addresses that code surely asks for and the policy refuses, and whose origin no request of the run had. */
export function unseenRequests(
  { bundle, network: own, trials }: Pick<Observed, "bundle" | "network" | "trials">,
  inner: string,
  self: string,
): StaticUrl[] {
  const network = [...own, ...inOtherTrials(trials, "network")];
  const wasSeen = ({ origin }: StaticUrl): boolean => network.some((attempt) => attempt.origin === origin);
  return bundle.urls.filter(
    (found) =>
      found.certainty === "request" &&
      (isDataRequest(found)
        ? isDataRefused(found, inner, self) && !wasDataSeen(found, network)
        : isRefused(found, inner, self) && !wasSeen(found)),
  );
}

/** Kinds whose `data:` address no other check reads in the text. */
const DATA_KINDS: ReadonlySet<StaticUrl["kind"]> = new Set(["fetch", "xhr", "media"]);

/** Of the widget's own code: libraries carry silent sounds and probes, and do without them. */
export const isDataRequest = ({ url, kind, provenance }: StaticUrl): boolean =>
  provenance === undefined && DATA_KINDS.has(kind) && /^data:/i.test(url);

function isDataRefused({ kind }: StaticUrl, inner: string, self: string): boolean {
  const directive = directiveOfKind(kind);
  const sources = directive === null ? null : directiveSources(inner, directive);
  return sources !== null && !matchSourceList(sources, "data:,", { self }).allowed;
}

/** Chromium names the scheme alone, and `fetch` and XHR by one directive. */
const wasDataSeen = ({ kind }: StaticUrl, network: readonly NetworkAttempt[]): boolean =>
  network.some(
    (attempt) => /^data(?::|$)/i.test(attempt.url) && directiveOfKind(attempt.kind) === directiveOfKind(kind),
  );

function isRefused({ url, origin, kind, list }: StaticUrl, inner: string, self: string): boolean {
  const directive = directiveOfKind(kind);
  if (!directive || !list || !origin || !/^(https|wss):/.test(origin)) return false;
  const sources = directiveSources(inner, directive);
  return (
    sources !== null && !matchSourceList(sources, URL.canParse(url) ? url : origin, { self, redirected: true }).allowed
  );
}

/** Lines by which the reader's place of a request and the browser's may differ: one names the address, one the call. */
const PLACE_REACH = 3;

/** A request of the widget's own code, of an address that only run time knows, that did not run, or whose line no attempt of the run came from. */
export function isUnreached(
  { what, provenance, where, reach }: StaticUse,
  network: readonly NetworkAttempt[],
): boolean {
  if (what !== "computed-request" || provenance !== undefined) return false;
  if (reach === "unreached") return true;
  return !network.some(
    (attempt) =>
      attempt.where?.line !== undefined &&
      (attempt.where.file ?? attempt.where.url) === (where.file ?? where.url) &&
      Math.abs(attempt.where.line - (where.line ?? 0)) <= PLACE_REACH,
  );
}

/** `index.html:12`, as reports name a place. */
export const placeNameOf = ({ where }: Pick<StaticUse, "where">): string =>
  `${where.file ?? where.url}:${where.line ?? 1}`;
