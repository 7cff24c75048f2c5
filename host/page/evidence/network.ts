/** Attempts of the live stage, from violations, from what reached our servers, and from resource timing. */
import { isLocal, originOf } from "../../csp/addresses.ts";
import { matchSourceList } from "../../csp/matching.ts";
import { directiveSources, innerPolicy } from "../../csp/policy.ts";
import type { AttemptFields, NetworkAttempt, Where } from "../../../harness/model/evidence.ts";
import type { Arrival, RawPlace, StageAnswer } from "../../server/types.ts";
import type { LiveSnapshot, Violation } from "../state/live-log.ts";
import {
  classOfBlock,
  directiveOfKind,
  expressibleList,
  kindOfDest,
  kindOfInitiator,
  kindOfViolation,
} from "./classify.ts";
import { placeOfText, placeOfViolation, placesOfUse } from "./places.ts";

export interface NetworkInput {
  readonly live: LiveSnapshot;
  readonly stage: StageAnswer;
  locate(place: RawPlace): Where | undefined;
  mask(url: string): string;
}

type Draft = { -readonly [K in keyof AttemptFields]: AttemptFields[K] };

export function networkOf(input: NetworkInput): NetworkAttempt[] {
  const { live } = input;
  const blocked = new Set(live.violations.map(({ blockedUrl }) => blockedUrl));
  return merge([
    ...live.violations.filter((one) => one.disposition === "enforce").map((one) => fromViolation(one, input)),
    ...live.arrivals.map((one) => fromArrival(one, input)),
    ...resourcesOf(input, blocked),
    ...live.policyReports
      .filter(({ blockedUrl }) => !blocked.has(blockedUrl))
      .map(({ blockedUrl, directive }): Draft => ({
        url: input.mask(blockedUrl),
        origin: originOf(blockedUrl),
        kind: kindOfViolation(directive, blockedUrl),
        directive,
        outcome: "blocked-by-csp",
        blockClass: "csp-inexpressible",
        list: null,
        initiator: "document",
        count: 1,
        channels: ["report-uri"],
      })),
    ...departures(input),
    ...peers(input),
  ]);
}

function fromViolation(violation: Violation, input: NetworkInput): Draft {
  const { directive, atMs } = violation;
  // Browsers name `data:` and `blob:` addresses by their scheme alone, without the colon.
  const blockedUrl = /^(data|blob)$/.test(violation.blockedUrl) ? `${violation.blockedUrl}:` : violation.blockedUrl;
  const kind = kindOfViolation(directive, blockedUrl);
  const url = hostedUrl(blockedUrl, input.stage);
  const list = expressibleList(directive, url, kind, input.stage.boot.profile);
  return {
    url: input.mask(url || kind),
    origin: originOf(url),
    kind,
    directive,
    outcome: "blocked-by-csp",
    blockClass: classOfBlock(list, url, directive),
    list,
    initiator: "document",
    count: 1,
    channels: ["page"],
    atMs,
    ...placed(input.locate(placeOfViolation(violation))),
  };
}

function fromArrival(arrival: Arrival & { readonly atMs: number }, input: NetworkInput): Draft {
  const { stage } = input;
  const isRelative = arrival.by === "sandbox-host";
  const kind = kindOfDest(arrival.dest);
  const directive = directiveOfKind(kind);
  // A relative URL is shown as the host would have it.
  const url = isRelative ? hostedUrl(arrival.url, stage) : arrival.url;
  const { pathname } = new URL(arrival.url);
  const where = input.locate(placeOfText(isRelative && pathname.length >= 5 ? pathname : arrival.url));
  return {
    url: input.mask(url),
    origin: originOf(url),
    kind,
    directive,
    initiator: "document",
    count: 1,
    channels: ["boundary"],
    atMs: arrival.atMs,
    method: arrival.method,
    status: arrival.status,
    answeredBy: arrival.by,
    ...placed(where),
    ...(isRelative
      ? { outcome: "failed", blockClass: "relative-url" }
      : arrival.cors
        ? { outcome: "failed", blockClass: "cors", cors: { ...arrival.cors, requestOrigin: stage.hostedOrigin } }
        : { outcome: "allowed", ...(isLocal(url) ? { blockClass: "local-network" } : {}) }),
    ...(!isRelative && isOutside(stage, directive, url) ? { escape: "parent" } : {}),
  };
}

/** What went to the network, by resource timing; what another witness tells of is left to it. */
function resourcesOf({ live, stage, locate, mask }: NetworkInput, blocked: ReadonlySet<string>): Draft[] {
  const arrived = new Set(live.arrivals.map(({ url }) => url));
  const own = `${stage.boot.frame.outerOrigin}/`;
  return live.resources
    .filter(
      ({ url }) =>
        !/^(data|blob|about):/.test(url) &&
        !arrived.has(url) &&
        !blocked.has(url) &&
        !url.startsWith(own) &&
        !ofDevServer(url, stage),
    )
    .map((resource): Draft => {
      const { url, status, atMs } = resource;
      const kind = kindOfInitiator(resource.initiator);
      const failed = status === 0 && kind !== "image" && resource.durationMs === 0;
      return {
        url: mask(url),
        origin: originOf(url),
        kind,
        directive: directiveOfKind(kind),
        outcome: failed ? "failed" : "allowed",
        initiator: "document",
        count: 1,
        channels: ["page"],
        atMs,
        answeredBy: "live",
        ...(status ? { status } : {}),
        ...(isLocal(url) ? { blockClass: "local-network" } : {}),
        ...placed(locate(placeOfText(url))),
      };
    });
}

/** The document left its frame: no directive limits that. */
function departures({ live: { leaving }, stage, mask }: NetworkInput): Draft[] {
  if (!leaving) return [];
  const url = leaving.url === null ? "about:unknown" : hostedUrl(leaving.url, stage);
  return [
    {
      url: mask(url),
      origin: originOf(url),
      kind: leaving.form ? "form" : "navigation",
      directive: null,
      outcome: "allowed",
      initiator: "document",
      count: 1,
      channels: ["page"],
      atMs: leaving.atMs,
      escape: leaving.form ? "form" : "self-navigation",
      ...(isLocal(url) ? { blockClass: "local-network" } : {}),
    },
  ];
}

function peers({ live, locate, mask }: NetworkInput): Draft[] {
  return live.apiUses
    .filter(({ api }) => api === "RTCPeerConnection")
    .flatMap((use): Draft[] => {
      const where = placesOfUse(use).map(locate).find(Boolean);
      const servers = use.returned.split(" ").filter(Boolean);
      return (servers.length > 0 ? servers : ["webrtc:"]).map((url) => ({
        url: mask(url),
        origin: url.replace(/^(stuns?|turns?):([^:?]+).*$/, "$1://$2"),
        kind: "webrtc",
        directive: null,
        outcome: "failed",
        blockClass: "boundary",
        initiator: "document",
        escape: "webrtc",
        channels: ["page"],
        count: use.count,
        ...placed(where),
      }));
    });
}

const placed = (where: Where | undefined): { where?: Where } => (where ? { where } : {});
const ofDevServer = (url: string, { devServers }: StageAnswer): boolean =>
  URL.canParse(url) && devServers.includes(new URL(url).origin.replace(/^ws/, "http"));

/** An address of the loopback sandbox, as the host would have it. */
export function hostedUrl(url: string, { boot, hostedOrigin }: StageAnswer): string {
  const { outerOrigin } = boot.frame;
  return url === outerOrigin || url.startsWith(`${outerOrigin}/`) ? hostedOrigin + url.slice(outerOrigin.length) : url;
}

/** The widget's own policy would not have let it through: it went by another document. */
function isOutside({ policy, boot }: StageAnswer, directive: string | null, url: string): boolean {
  const inner = innerPolicy(policy.effective)?.value;
  const sources = inner === undefined || directive === null ? null : directiveSources(inner, directive);
  return sources !== null && !matchSourceList(sources, url, { self: boot.frame.outerOrigin, redirected: true }).allowed;
}

function merge(drafts: readonly Draft[]): NetworkAttempt[] {
  const merged = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = [draft.url, draft.kind, draft.directive, draft.outcome, draft.where?.line, draft.escape].join(" ");
    const known = merged.get(key);
    if (known) known.count += draft.count;
    else merged.set(key, draft);
  }
  return [...merged.values()].sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0)) as NetworkAttempt[];
}
