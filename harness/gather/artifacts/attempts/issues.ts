/** Attempts that a policy refused, from violations and the requests that they are about. */
import { blockClassOf, directiveOfKind, expressibleList, type RequestKind } from "../../../../host/csp/kinds.ts";
import type { RawIssue, RawRequest } from "../../../model/raw-log.ts";
import { initiatorOf, kindOfIssue, kindOfRequest } from "../classify.ts";
import { timed } from "../locate.ts";
import { draftOf, originIn, placed, redirectChain, type Draft, type Join } from "./draft.ts";
import { isOfOwnPolicy } from "./own-policy.ts";

/** Drafts of all violations; what they are about is added to `used`. */
export function fromIssues(requests: readonly RawRequest[], used: Set<RawRequest>, join: Join): Draft[] {
  const { observe } = join.context;
  const drafts: Draft[] = [];
  const named = byName(requests, join);
  // A framed page's own word on who may frame it: told by the end of its request.
  const icons = iconsOf(join);
  const issues = join.raw.issues.filter(
    ({ directive, blockedUrl }) =>
      directive !== "frame-ancestors" && !(icons.has(blockedUrl) && !named.has(blockedUrl)),
  );
  for (const issue of dedupeLayers(issues)) {
    const about = requestsOf(issue, named, join);
    const same = about.filter((request) => !used.has(request)).slice(0, issue.count);
    for (const request of same) used.add(request);
    // Chromium tells a fetch twice when it only reports, and each hop of a redirect by the first address: requests count.
    if (observe && about.length > 0 && same.length === 0) continue;
    const counted = observe && same.length > 0 ? { ...issue, count: same.length } : issue;
    drafts.push(fromIssue(counted, same[0], join));
  }
  return drafts;
}

const LINK_ELEMENT = /<link\s[^<>]{0,1000}>/gi;

/** Icons of the document, which Chromium holds against the policy and asks for in no frame. */
function iconsOf({ context: { document, sandbox } }: Join): ReadonlySet<string> {
  const attribute = (element: string, name: string): string =>
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(element)?.slice(1).find(Boolean) ??
    "";
  const hrefs = (document.html.match(LINK_ELEMENT) ?? [])
    .filter((element) => /\bicon\b/i.test(attribute(element, "rel")))
    .map((element) => attribute(element, "href"));
  return new Set(
    hrefs.filter((href) => URL.canParse(href, sandbox.url)).map((href) => new URL(href, sandbox.url).href),
  );
}

function fromIssue(issue: RawIssue, request: RawRequest | undefined, join: Join): Draft {
  const kind = request ? kindOfRequest(request) : kindOfIssue(issue);
  const asked = request?.place ?? null;
  const { url, hops } = targetOf(issue, request, kind, join);
  const list = expressibleList(issue.directive, url, kind, join.context.profile);
  return draftOf(url, kind, join, {
    directive: issue.directive,
    outcome: "blocked-by-csp",
    blockClass: isOfOwnPolicy(issue, { url, hops }, join) ? "own-policy" : blockClassOf(list, url, issue.directive),
    list,
    initiator: initiatorOf(issue.role),
    channels: [...new Set([issue.channel, ...(request ? [request.channel] : [])])],
    where: timed(placed(issue.place ?? asked, issue.blockedUrl, join) ?? placed(asked, url, join), issue),
    count: issue.count,
    atMs: issue.atMs,
    ...(hops.length > 0 ? { redirectedFrom: hops } : {}),
  });
}

/** What was asked for in truth, and by which way. */
function targetOf(
  { blockedUrl }: RawIssue,
  request: RawRequest | undefined,
  kind: RequestKind,
  join: Join,
): { readonly url: string; readonly hops: readonly string[] } {
  const redirect = redirectChain(blockedUrl, join);
  if (redirect) return { url: redirect.target, hops: redirect.hops };
  const hops = request?.hops ?? [];
  // The rest of a blob: URL is new in every run.
  if (blockedUrl === "blob") return { url: "blob:", hops };
  const named = isBareScheme(blockedUrl) ? `${blockedUrl}:` : blockedUrl || kind;
  return { url: request?.url ?? named, hops };
}

/** Requests that an issue is about: of its directive and, when several are alike, of its line. */
function requestsOf(issue: RawIssue, named: RequestsByName, join: Join): RawRequest[] {
  const target = redirectChain(issue.blockedUrl, join)?.target;
  const ofTarget = target === undefined ? [] : (named.get(target) ?? []).filter(({ url }) => url === target);
  const same = [...new Set([...(named.get(issue.blockedUrl) ?? []), ...ofTarget])];
  const governed = same.filter((request) => isGovernedBy(request, issue.directive));
  // A scheme alone names a request only together with its directive; a request observed went ahead under its own.
  if (governed.length === 0) return join.context.observe || isBareScheme(issue.blockedUrl) ? [] : same;
  const here = governed.filter((request) => request.place?.line === issue.place?.line);
  return here.length > 0 ? here : governed;
}

type RequestsByName = ReadonlyMap<string, readonly RawRequest[]>;

/** Chromium names a blocked redirect by its first address, frames by their origin, and `data:` and `blob:` by their scheme alone. */
function byName(requests: readonly RawRequest[], { raw }: Join): RequestsByName {
  const named = new Map<string, RawRequest[]>();
  for (const request of requests) {
    const { url, hops } = request;
    for (const name of new Set([url, hops[0] ?? url, originIn(raw, url), url.split(":", 1)[0] ?? url])) {
      const known = named.get(name);
      if (known) known.push(request);
      else named.set(name, [request]);
    }
  }
  return named;
}

export function isGovernedBy(request: RawRequest, directive: string | null): boolean {
  const own = directiveOfKind(kindOfRequest(request));
  return own === null || directive === null || own.replace(/-elem$/, "") === directive.replace(/-elem$/, "");
}

/** Chromium says `blob` or `data` for such a URL, and nothing more. */
const isBareScheme = (blockedUrl: string): boolean => /^[a-z][a-z0-9+.-]*$/i.test(blockedUrl);

/** The same frame is refused by the outer and by the inner policy: one attempt. */
function dedupeLayers(issues: readonly RawIssue[]): RawIssue[] {
  const isFrame = ({ directive }: RawIssue): boolean => directive === "frame-src";
  const isSameFrame = (one: RawIssue, other: RawIssue): boolean =>
    isFrame(one) && isFrame(other) && one.blockedUrl === other.blockedUrl && one.place?.line === other.place?.line;
  return issues.filter((issue, index) => !issues.slice(0, index).some((earlier) => isSameFrame(earlier, issue)));
}
