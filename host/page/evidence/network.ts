/** Attempts of the live stage, from violations, from what reached our servers, and from resource timing. */
import { matchSourceList } from "../../matching.ts";
import { directiveSources, listFor } from "../../policy.ts";
import type { CspList } from "../../profiles/types.ts";
import type { NetworkAttempt, RequestKind, Where } from "../../../harness/evidence.ts";
import type { RawPlace, StageAnswer } from "../../server/types.ts";
import type { LiveSnapshot, Violation } from "../state/live-log.ts";
import { placeOfText, placeOfViolation, placesOfUse } from "./places.ts";

export interface NetworkInput {
  readonly live: LiveSnapshot;
  readonly stage: StageAnswer;
  locate(place: RawPlace): Where | undefined;
  mask(url: string): string;
}

const KIND_OF_DIRECTIVE: Readonly<Record<string, RequestKind>> = {
  "connect-src": "fetch", "img-src": "image", "script-src": "script", "script-src-elem": "script", "script-src-attr": "inline", "style-src": "stylesheet", "style-src-elem": "stylesheet",
  "style-src-attr": "inline", "font-src": "font", "media-src": "media", "frame-src": "frame", "child-src": "frame", "worker-src": "worker", "object-src": "object", "manifest-src": "manifest",
  "form-action": "form", "base-uri": "base", "default-src": "other",
};
const KIND_OF_INITIATOR: Readonly<Record<string, RequestKind>> = {
  fetch: "fetch", xmlhttprequest: "xhr", beacon: "beacon", img: "image", image: "image", input: "image", script: "script", link: "stylesheet", css: "stylesheet", audio: "media", video: "media",
  track: "track", iframe: "frame", frame: "frame", embed: "object", object: "object", eventsource: "eventsource",
};
const KIND_OF_DEST: Readonly<Record<string, RequestKind>> = {
  "": "fetch", empty: "fetch", style: "stylesheet", image: "image", audio: "media", video: "media", font: "font", script: "script", track: "track", worker: "worker", sharedworker: "worker", manifest: "manifest",
  object: "object", embed: "object", iframe: "frame", document: "navigation",
};
const DIRECTIVE_OF_KIND: Readonly<Partial<Record<RequestKind, string>>> = {
  fetch: "connect-src", xhr: "connect-src", websocket: "connect-src", eventsource: "connect-src", beacon: "connect-src", image: "img-src", script: "script-src-elem", stylesheet: "style-src-elem",
  font: "font-src", media: "media-src", track: "media-src", frame: "frame-src", object: "object-src", worker: "worker-src", manifest: "manifest-src", base: "base-uri",
};

type Draft = { -readonly [K in keyof NetworkAttempt]: NetworkAttempt[K] };

export function networkOf(input: NetworkInput): NetworkAttempt[] {
  const { live, stage } = input;
  const drafts = live.violations.filter((one) => one.disposition === "enforce").map((one) => fromViolation(one, input));
  const blocked = new Set(live.violations.map(({ blockedUrl }) => blockedUrl));
  drafts.push(...arrivalsOf(input));
  const arrived = new Set(live.arrivals.map(({ url }) => url));
  const relative = `${stage.boot.frame.outerOrigin}/`;
  for (const resource of live.resources) {
    const { url } = resource;
    if (/^(data|blob|about):/.test(url) || arrived.has(url) || blocked.has(url) || url.startsWith(relative) || ofDevServer(url, stage)) continue;
    const kind = KIND_OF_INITIATOR[resource.initiator] ?? "other";
    const failed = resource.status === 0 && kind !== "image" && resource.durationMs === 0;
    drafts.push({ url: input.mask(url), origin: originOf(url), kind, directive: DIRECTIVE_OF_KIND[kind] ?? null, outcome: failed ? "failed" : "allowed", initiator: "document", count: 1, channels: ["page"], atMs: resource.atMs, ...(resource.status ? { status: resource.status } : {}), answeredBy: "live", ...placed(input.locate(placeOfText(url))) });
  }
  for (const report of live.policyReports) {
    if (blocked.has(report.blockedUrl)) continue;
    const kind = KIND_OF_DIRECTIVE[report.directive] ?? "other";
    drafts.push({ url: input.mask(report.blockedUrl), origin: originOf(report.blockedUrl), kind, directive: report.directive, outcome: "blocked-by-csp", blockClass: "csp-inexpressible", list: null, initiator: "document", count: 1, channels: ["report-uri"] });
  }
  return merge([...drafts, ...departures(input), ...popupsAndPeers(input)]);
}

function arrivalsOf(input: NetworkInput): Draft[] {
  const { live, stage } = input;
  const inner = stage.policy.effective.find(({ layer }) => layer === "inner")?.value ?? null;
  const { outerOrigin } = stage.boot.frame;
  return live.arrivals.map((arrival): Draft => {
    const isRelative = arrival.by === "sandbox-host";
    const kind = KIND_OF_DEST[arrival.dest] ?? "other";
    const directive = DIRECTIVE_OF_KIND[kind] ?? null;
    // A relative URL is shown as the host would have it.
    const url = isRelative ? hostedUrl(arrival.url, stage) : arrival.url;
    const { pathname } = new URL(arrival.url);
    const where = input.locate(placeOfText(isRelative && pathname.length >= 5 ? pathname : arrival.url));
    const isOutside = !isRelative && inner !== null && outsidePolicy(inner, directive, arrival.url, outerOrigin);
    return {
      url: input.mask(url), origin: originOf(url), kind, directive, initiator: "document", count: 1, channels: ["boundary"], atMs: arrival.atMs, method: arrival.method, status: arrival.status, ...placed(where), answeredBy: arrival.by,
      ...(isRelative ? { outcome: "failed", blockClass: "relative-url" } : { outcome: "allowed", ...(isLocal(arrival.url) ? { blockClass: "local-network" } : {}) }),
      ...(isOutside ? { escape: "parent" } : {}),
    };
  });
}

function fromViolation(violation: Violation, input: NetworkInput): Draft {
  const raw = violation.blockedUrl;
  const kind: RequestKind = raw === "inline" ? "inline" : /eval/.test(raw) ? "eval" : /^wss?:/.test(raw) ? "websocket" : (KIND_OF_DIRECTIVE[violation.directive] ?? "other");
  const url = hostedUrl(raw, input.stage);
  const list = expressibleList(violation.directive, url, kind, input.stage);
  return {
    url: input.mask(url || kind), origin: originOf(url), kind, directive: violation.directive, outcome: "blocked-by-csp", blockClass: list ? "csp-expressible" : "csp-inexpressible", list,
    initiator: "document", count: 1, channels: ["page"], atMs: violation.atMs, ...placed(input.locate(placeOfViolation(violation))),
  };
}

/** The document left its frame: no directive limits that. */
function departures({ live, stage, mask }: NetworkInput): Draft[] {
  if (!live.leaving) return [];
  const url = live.leaving.url === null ? "about:unknown" : hostedUrl(live.leaving.url, stage);
  return [{ url: mask(url), origin: originOf(url), kind: live.leaving.form ? "form" : "navigation", directive: null, outcome: "allowed", initiator: "document", count: 1, channels: ["page"], atMs: live.leaving.atMs, escape: live.leaving.form ? "form" : "self-navigation", ...(isLocal(url) ? { blockClass: "local-network" } : {}) }];
}

function popupsAndPeers({ live, locate, mask }: NetworkInput): Draft[] {
  return live.apiUses.flatMap((use): Draft[] => {
    if (use.api !== "RTCPeerConnection") return [];
    const where = placesOfUse(use).map(locate).find(Boolean);
    const servers = use.returned.split(" ").filter(Boolean);
    return (servers.length > 0 ? servers : ["webrtc:"]).map((url) => ({
      url: mask(url), origin: url.replace(/^(stuns?|turns?):([^:?]+).*$/, "$1://$2"), kind: "webrtc", directive: null, outcome: "failed", blockClass: "boundary", initiator: "document", escape: "webrtc", channels: ["page"], count: use.count, ...placed(where),
    }));
  });
}

const placed = (where: Where | undefined): { where?: Where } => (where ? { where } : {});
const ofDevServer = (url: string, { devServers }: StageAnswer): boolean => URL.canParse(url) && devServers.includes(new URL(url).origin.replace(/^ws/, "http"));

/** An address of the loopback sandbox, as the host would have it. */
export function hostedUrl(url: string, { boot, hostedOrigin }: StageAnswer): string {
  const { outerOrigin } = boot.frame;
  return url === outerOrigin || url.startsWith(`${outerOrigin}/`) ? hostedOrigin + url.slice(outerOrigin.length) : url;
}

/** Which list would allow a blocked request; null when no declaration can. */
function expressibleList(directive: string, url: string, kind: RequestKind, { boot }: StageAnswer): CspList | null {
  if (kind === "inline" || kind === "eval" || !/^(https?|wss?):/i.test(url)) return null;
  // The inherited outer policy limits frames to https, data and blob, whatever is declared.
  if (directive === "frame-src" && /^http:/i.test(url)) return null;
  return kind === "other" && directive === "default-src" ? "resource" : listFor(directive, boot.profile);
}

/** The inner policy would not have let it through: it went by another document. */
function outsidePolicy(policy: string, directive: string | null, url: string, self: string): boolean {
  const sources = directive === null ? null : directiveSources(policy, directive);
  return sources !== null && !matchSourceList(sources, url, { self, redirected: true }).allowed;
}

/** Loopback, private ranges and names that only exist on a local network. */
function isLocal(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, "") : "";
  return /^(localhost|.+\.localhost|.+\.local|127\.\d+\.\d+\.\d+|0\.0\.0\.0|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|::1|f[cd][0-9a-f]{2}:.*|fe80:.*)$/i.test(host);
}

/** `https://host:port`, the scheme alone for schemes without a host, or the text itself. */
export function originOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  if (parsed.origin !== "null") return parsed.origin;
  return parsed.host ? `${parsed.protocol}//${parsed.host}` : parsed.protocol;
}

function merge(drafts: readonly Draft[]): NetworkAttempt[] {
  const merged = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = [draft.url, draft.kind, draft.directive, draft.outcome, draft.where?.line, draft.escape].join(" ");
    const known = merged.get(key);
    if (known) known.count += draft.count;
    else merged.set(key, draft);
  }
  return [...merged.values()].sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
}
