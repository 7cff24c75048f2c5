/** Joins what the protocol and the boundary saw into one list of attempts. */
import { isLocal, originOf } from "../../../host/csp/addresses.ts";
import { blockClassOf, directiveOfKind, expressibleList, kindOfDest } from "../../../host/csp/kinds.ts";
import type { FramePlan } from "../../../host/emulator/bridge/types.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import type { PageApiUse } from "../witness/bridge-log.ts";
import { placeFromStack } from "./api-uses.ts";
import type { AnsweredBy, Channel, NetworkAttempt, Where } from "../../model/evidence.ts";
import { classOfFailure, initiatorOf, kindOfIssue, kindOfRequest } from "./classify.ts";
import type { Locate } from "./locate.ts";
import type { RawIssue, RawPlace, RawRequest, RunLog } from "../witness/run-log.ts";

/** A request as the boundary logged it. */
export interface Arrival {
  readonly url: string;
  readonly method: string;
  readonly dest: string;
  readonly mode: string;
  readonly answeredBy: AnsweredBy;
  readonly status: number;
  /** Absolute `Location` of a redirect. */
  readonly redirectTo: string | null;
  /** The inner policy would not have let it through. */
  readonly outsidePolicy: boolean;
  readonly atMs: number;
}

export interface AttemptInput {
  readonly log: RunLog;
  readonly arrivals: readonly Arrival[];
  readonly plan: FramePlan;
  readonly locate: Locate;
  readonly mask: (url: string) => string;
  /** The policy was only reported: what it names went ahead, and a host would have blocked it. */
  readonly observe: boolean;
  /** What the in-page recorder told; only for what no other channel sees. */
  readonly page: readonly PageApiUse[];
  readonly profile: HostProfile;
}

type Draft = { -readonly [K in keyof NetworkAttempt]: NetworkAttempt[K] };

export function attemptsOf(input: AttemptInput): NetworkAttempt[] {
  const { log, arrivals } = input;
  const drafts: Draft[] = [];
  const used = new Set<RawRequest>();
  const requests = [...log.requests.values()].filter((request) => !isOurs(request, input.plan));
  // Observed (report-only) violations go ahead: they are told by their issue.
  const violating = input.observe
    ? [...log.requests.values()]
    : requests.filter((request) => request.blockedReason === "csp");

  for (const issue of dedupeLayers(log.issues.values)) {
    const about = requestsOf(issue, violating, input);
    const same = about.filter((request) => !used.has(request)).slice(0, issue.count);
    for (const request of same) used.add(request);
    // Chromium tells a fetch twice when it only reports, and each hop of a redirect by the first address: requests count.
    if (input.observe && about.length > 0 && same.length === 0) continue;
    drafts.push(fromIssue(input.observe && same.length > 0 ? { ...issue, count: same.length } : issue, same[0], input));
  }
  for (const request of requests) {
    if (used.has(request)) continue;
    if (
      input.observe &&
      drafts.some(
        (draft) =>
          draft.outcome === "blocked-by-csp" &&
          draft.url === input.mask(request.url) &&
          isGovernedBy(request, draft.directive),
      )
    )
      continue;
    drafts.push(...fromRequest(request, input));
  }
  drafts.push(...popupsOf(input), ...peersOf(input));
  for (const socket of log.sockets) {
    const kind = socket.kind;
    if (drafts.some((draft) => draft.outcome === "blocked-by-csp" && draft.url === input.mask(socket.url))) continue;
    drafts.push(
      base(socket.url, kind, input, {
        initiator: initiatorOf(socket.role),
        outcome: "allowed",
        channels: ["network"],
        where: placed(socket.place, socket.url, input),
        atMs: socket.atMs,
        ...(isLocal(socket.url) ? { blockClass: "local-network" } : {}),
      }),
    );
  }
  const seen = new Set(drafts.flatMap((draft) => [draft.url, ...(draft.redirectedFrom ?? [])]));
  for (const arrival of arrivals) {
    const url = input.mask(arrival.url);
    const draft = drafts.find(
      (candidate) => candidate.url === url && (input.observe || candidate.outcome !== "blocked-by-csp"),
    );
    if (draft) noteArrival(draft, arrival);
    else if ((!seen.has(url) || arrival.outsidePolicy) && !isIconOfPopup(arrival, requests))
      drafts.push(fromArrival(arrival, input));
  }
  return merge(drafts);
}

/** Chromium names a blocked redirect by its first address, frames by their origin, and `data:` and `blob:` by their scheme alone. */
function isSame(request: RawRequest, issue: RawIssue, input: AttemptInput): boolean {
  const { blockedUrl } = issue;
  const names = [request.url, request.hops[0], originOf(request.url), request.url.split(":", 1)[0]];
  return names.includes(blockedUrl) || request.url === redirectChain(blockedUrl, input.arrivals)?.target;
}

/** Requests that an issue is about: of its directive and, when several are alike, of its line. */
function requestsOf(issue: RawIssue, requests: readonly RawRequest[], input: AttemptInput): RawRequest[] {
  const same = requests.filter((request) => isSame(request, issue, input));
  const governed = same.filter((request) => isGovernedBy(request, issue.directive));
  // A scheme alone names a request only together with its directive; a request observed went ahead under its own.
  if (governed.length === 0) return input.observe || isBareScheme(issue.blockedUrl) ? [] : same;
  const here = governed.filter((request) => request.place?.line === issue.place?.line);
  return here.length > 0 ? here : governed;
}

function isGovernedBy(request: RawRequest, directive: string | null): boolean {
  const own = directiveOfKind(kindOfRequest(request));
  return own === null || directive === null || own.replace(/-elem$/, "") === directive.replace(/-elem$/, "");
}

/** Chromium says `blob` or `data` for such a URL, and nothing more. */
const isBareScheme = (blockedUrl: string): boolean => /^[a-z][a-z0-9+.-]*$/i.test(blockedUrl);

/** The same frame is refused by the outer and by the inner policy: one attempt. */
function dedupeLayers(issues: readonly RawIssue[]): RawIssue[] {
  return issues.filter(
    (issue, index) =>
      !issues
        .slice(0, index)
        .some(
          (earlier) =>
            earlier.directive === "frame-src" &&
            issue.directive === "frame-src" &&
            earlier.blockedUrl === issue.blockedUrl &&
            earlier.place?.line === issue.place?.line,
        ),
  );
}

/** The stage's own documents and scripts. */
function isOurs(request: RawRequest, plan: FramePlan): boolean {
  if (request.role === "top" || (request.role === "popup" && isIcon(request.url))) return true;
  if (request.url === plan.outerUrl && request.role === "outer" && request.type === "Document") return true;
  return (
    /^(data|blob|about|chrome|chrome-error):/.test(request.url) &&
    request.blockedReason === undefined &&
    request.corsError === undefined
  );
}

/** Where the code stands that asked, else where the address itself stands in the markup. */
function placed(place: RawPlace | null, url: string, input: AttemptInput): Where | undefined {
  const code = input.locate(place);
  if (code?.line !== undefined && code.url !== "blob:script") return code;
  // In a script made at run time, and from a blob, no line is the author's: the address may stand in the widget's text.
  return input.locate.text(url) ?? code ?? pathPlace(url, input);
}

/** A relative URL stands in the markup by its path; a short one would be found anywhere. */
function pathPlace(url: string, input: AttemptInput): Where | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  return path.length < 5 ? undefined : (input.locate.text(path) ?? input.locate.text(path.slice(1)));
}

type DraftRest = Omit<Partial<Draft>, "where"> &
  Pick<Draft, "initiator" | "outcome" | "channels"> & { readonly where?: Where | undefined };

function base(url: string, kind: NetworkAttempt["kind"], input: AttemptInput, rest: DraftRest): Draft {
  const { where, ...others } = rest;
  return {
    url: input.mask(url),
    origin: originOf(url),
    kind,
    directive: directiveOfKind(kind),
    count: 1,
    ...others,
    ...(where ? { where } : {}),
  };
}

function fromIssue(issue: RawIssue, request: RawRequest | undefined, input: AttemptInput): Draft {
  const kind = request ? kindOfRequest(request) : kindOfIssue(issue);
  const redirect = redirectChain(issue.blockedUrl, input.arrivals);
  const named = isBareScheme(issue.blockedUrl) ? `${issue.blockedUrl}:` : issue.blockedUrl || kind;
  // The rest of a blob: URL is new in every run.
  const url = redirect?.target ?? (named === "blob:" ? named : (request?.url ?? named));
  const list = expressibleList(issue.directive, url, kind, input.profile);
  const channels: Channel[] = request ? ["audits", "network"] : ["audits"];
  const hops = redirect?.hops ?? request?.hops ?? [];
  return base(url, kind, input, {
    directive: issue.directive,
    outcome: "blocked-by-csp",
    blockClass: blockClassOf(list, url, issue.directive),
    list,
    initiator: initiatorOf(issue.role),
    channels,
    where:
      placed(issue.place ?? request?.place ?? null, issue.blockedUrl, input) ??
      placed(request?.place ?? null, url, input),
    count: issue.count,
    atMs: issue.atMs,
    ...(hops.length ? { redirectedFrom: hops.map(input.mask) } : {}),
  });
}

/** A window that opened asks for its site's icon by itself (seen in full Chromium, not in the headless shell). */
function isIconOfPopup(arrival: Arrival, requests: readonly RawRequest[]): boolean {
  return isIcon(arrival.url) && arrival.dest === "image" && requests.some(({ role }) => role === "popup");
}

const isIcon = (url: string): boolean => URL.canParse(url) && new URL(url).pathname === "/favicon.ico";

/** A popup that the sandbox refused leaves no request: Chromium's own message names its address. */
function popupsOf({ log, mask, locate }: AttemptInput): Draft[] {
  return log.messages.values.flatMap((message) => {
    const url =
      message.origin === "browser" ? /^Blocked opening '([^']*)' in a new window/.exec(message.text)?.[1] : undefined;
    if (url === undefined) return [];
    const where = locate(message.place) ?? locate.text(url);
    return [
      {
        url: mask(url),
        origin: originOf(url),
        kind: "popup",
        directive: null,
        outcome: "blocked-by-sandbox",
        blockClass: "sandbox",
        initiator: initiatorOf(message.role),
        channels: ["log"],
        count: message.count,
        ...(where ? { where } : {}),
      },
    ];
  });
}

/** No channel of the browser sees WebRTC: the constructor is wrapped, and the wire is shut by flag. */
function peersOf({ page, mask, locate }: AttemptInput): Draft[] {
  return page
    .filter(({ api }) => api === "RTCPeerConnection")
    .flatMap(({ returned, count, initiator, stack }) => {
      const where = locate.named(placeFromStack(stack), "RTCPeerConnection");
      const servers = returned.split(" ").filter(Boolean);
      return (servers.length > 0 ? servers : ["webrtc:"]).map((url): Draft => ({
        url: mask(url),
        origin: url.replace(/^(stuns?|turns?):([^:?]+).*$/, "$1://$2"),
        kind: "webrtc",
        directive: null,
        outcome: "failed",
        blockClass: "boundary",
        initiator,
        escape: "webrtc",
        channels: ["page"],
        count,
        ...(where ? { where } : {}),
      }));
    });
}

/** Chromium names the first URL of a blocked redirect; the boundary knows where it led. */
function redirectChain(url: string, arrivals: readonly Arrival[]): { target: string; hops: string[] } | null {
  const hops: string[] = [];
  let target = url;
  for (
    let arrival = arrivals.find((one) => one.url === target);
    arrival?.redirectTo && hops.length < 20;
    arrival = arrivals.find((one) => one.url === target)
  ) {
    hops.push(target);
    target = arrival.redirectTo;
  }
  return hops.length ? { target, hops } : null;
}

function fromRequest(request: RawRequest, input: AttemptInput): Draft[] {
  const kind = kindOfRequest(request);
  const onSandbox = originOf(request.url) === input.plan.outerOrigin;
  const where = placed(request.place, request.hops[0] ?? request.url, input);
  const shared = {
    initiator: initiatorOf(request.embedder ?? request.role),
    channels: ["network"] as Channel[],
    where,
    atMs: request.atMs,
    method: request.method,
  };
  const escape: Pick<Draft, "escape"> =
    (request.embedder ?? request.role) === "outer"
      ? { escape: "parent" }
      : kind === "navigation"
        ? { escape: "self-navigation" }
        : kind === "form"
          ? { escape: "form" }
          : kind === "popup"
            ? { escape: "popup" }
            : {};
  const answered: Pick<Draft, "status"> = request.status === undefined ? {} : { status: request.status };
  const cors: Pick<Draft, "cors"> =
    request.status === undefined || onSandbox
      ? {}
      : {
          cors: {
            allowOrigin: request.allowOrigin ?? null,
            resourcePolicy: request.resourcePolicy ?? null,
            requestOrigin: request.requestOrigin,
          },
        };
  const hops = request.hops.map(input.mask);
  const trail: Pick<Draft, "redirectedFrom"> = hops.length ? { redirectedFrom: hops } : {};
  const drafts = request.hops.map((hop) => base(hop, kind, input, { ...shared, outcome: "allowed" }));
  const outcome = outcomeOf(request, onSandbox && request.role !== "outer");
  drafts.push(base(request.url, kind, input, { ...shared, ...escape, ...answered, ...cors, ...trail, ...outcome }));
  return drafts;
}

function outcomeOf(request: RawRequest, onSandbox: boolean): Pick<Draft, "outcome"> & Omit<Partial<Draft>, "where"> {
  if (onSandbox && request.type !== "Document")
    return { outcome: "failed", blockClass: "relative-url", answeredBy: "sandbox-host" };
  if (request.blockedReason === "csp") return { outcome: "blocked-by-csp", blockClass: "csp-expressible" };
  // Cut off by the widget itself, which removed the frame or aborted: nothing stood in its way.
  if (request.state === "failed" && request.error === "net::ERR_ABORTED" && !request.blockedReason)
    return { outcome: "allowed" };
  if (request.state === "failed")
    return {
      outcome: "failed",
      blockClass: classOfFailure(request),
      ...(request.error
        ? { error: request.corsError ? `${request.error} (${request.corsError})` : request.error }
        : {}),
    };
  return { outcome: "allowed", ...(isLocal(request.url) ? { blockClass: "local-network" } : {}) };
}

function noteArrival(draft: Draft, arrival: Arrival): void {
  if (!draft.channels.includes("boundary")) draft.channels = [...draft.channels, "boundary"];
  draft.answeredBy ??= arrival.answeredBy;
  draft.status ??= arrival.status;
  if (draft.kind === "other" && arrival.dest !== "empty" && arrival.dest !== "") {
    draft.kind = kindOfDest(arrival.dest);
    draft.directive = directiveOfKind(draft.kind);
  }
  if (arrival.outsidePolicy && draft.initiator !== "frame" && draft.initiator !== "framed-page")
    draft.escape ??= "parent";
}

function fromArrival(arrival: Arrival, input: AttemptInput): Draft {
  const kind = arrival.mode === "websocket" ? "websocket" : kindOfDest(arrival.dest);
  return base(arrival.url, kind, input, {
    initiator: "document",
    outcome: arrival.answeredBy === "refused" ? "failed" : "allowed",
    channels: ["boundary"],
    answeredBy: arrival.answeredBy,
    status: arrival.status,
    method: arrival.method,
    atMs: arrival.atMs,
    ...(arrival.answeredBy === "refused" ? { blockClass: "boundary" } : {}),
    ...(arrival.outsidePolicy ? { escape: "parent" } : {}),
  });
}

/** Equal attempts become one with a count. */
function merge(drafts: readonly Draft[]): NetworkAttempt[] {
  const merged = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = [
      draft.url,
      draft.kind,
      draft.directive,
      draft.outcome,
      draft.initiator,
      draft.where?.url,
      draft.where?.line,
      draft.escape,
    ].join(" ");
    const known = merged.get(key);
    if (!known) merged.set(key, draft);
    else {
      known.count += draft.count;
      known.channels = [...new Set([...known.channels, ...draft.channels])];
    }
  }
  return [...merged.values()].sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
}
