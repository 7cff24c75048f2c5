/**
 * Evidence of the live stage, in the shape that `check` gathers, so that the
 * same judge reads it. There is no DevTools protocol here: what the document
 * says of itself is channel `page`, what reached our servers is `boundary`.
 */
import type { FramePlan } from "../bridge/types.ts";
import { matchSourceList } from "../matching.ts";
import { directiveSources, listFor } from "../policy.ts";
import type { CspList } from "../profiles/types.ts";
import type { ApiUse, BridgeEvidence, BundleEvidence, ConsoleEntry, DocumentEvidence, Evidence, FieldReads, Gathered, NetworkAttempt, PropsEvidence, RequestKind, SourceInfo, Where } from "../../harness/evidence.ts";
import type { RawPlace } from "../server/types.ts";
import type { LiveSnapshot, Violation } from "./state/live-log.ts";

export interface LiveInput {
  readonly live: LiveSnapshot;
  readonly widget: { readonly name: string; readonly source: SourceInfo };
  readonly profile: string;
  readonly scenario: string;
  /** What the widget received, already scanned. */
  readonly props: PropsEvidence;
  readonly bundle: Gathered<BundleEvidence>;
  readonly browser: { readonly name: string; readonly version: string };
  /** Position in the written document → place in the source; undefined until known. */
  locate(place: RawPlace): Where | undefined;
  mask(text: string): string;
  maskValue(value: unknown): unknown;
}

export function liveEvidence(input: LiveInput): Evidence {
  const { live } = input;
  const ok = <T>(value: T): Gathered<T> => ({ status: "ok", value });
  const stage = live.stage;
  const notYet: Gathered<never> = { status: "failed", error: { code: "NOT_RENDERED", message: live.failure ?? "the widget has not been rendered yet" } };
  return {
    schemaVersion: 1, widget: input.widget.name, source: input.widget.source, profile: input.profile, scenario: input.scenario, browser: input.browser, durationMs: live.readyMs ?? 0,
    artifacts: {
      policy: stage ? ok(stage.policy) : notYet,
      network: stage ? ok(networkOf(input, stage.boot.frame)) : notYet,
      apiUses: ok(apiUsesOf(input)),
      console: ok(consoleOf(input)),
      bridge: ok(bridgeOf(input)),
      document: live.document || live.state === "running" ? ok(documentOf(live)) : notYet,
      props: ok({ ...input.props, reads: readsOf(input) ?? input.props.reads }),
      bundle: input.bundle,
    },
  };
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
  style: "stylesheet", image: "image", audio: "media", video: "media", font: "font", script: "script", track: "track", worker: "worker", sharedworker: "worker", manifest: "manifest",
  object: "object", embed: "object", iframe: "frame", document: "navigation",
};
const DIRECTIVE_OF_KIND: Readonly<Partial<Record<RequestKind, string>>> = {
  fetch: "connect-src", xhr: "connect-src", websocket: "connect-src", eventsource: "connect-src", beacon: "connect-src", image: "img-src", script: "script-src-elem", stylesheet: "style-src-elem",
  font: "font-src", media: "media-src", track: "media-src", frame: "frame-src", object: "object-src", worker: "worker-src", manifest: "manifest-src", base: "base-uri",
};

type Draft = { -readonly [K in keyof NetworkAttempt]: NetworkAttempt[K] };

function networkOf(input: LiveInput, frame: FramePlan): NetworkAttempt[] {
  const { live } = input;
  const drafts: Draft[] = live.violations.filter((one) => one.disposition === "enforce").map((one) => fromViolation(one, input));
  const blocked = new Set(live.violations.map(({ blockedUrl }) => blockedUrl));
  const inner = live.stage?.policy.effective.find(({ layer }) => layer === "inner")?.value ?? null;
  for (const arrival of live.arrivals) {
    const relative = arrival.by === "sandbox-host";
    const kind = arrival.dest === "" || arrival.dest === "empty" ? "fetch" : (KIND_OF_DEST[arrival.dest] ?? "other");
    const directive = DIRECTIVE_OF_KIND[kind] ?? null;
    drafts.push({
      url: input.mask(arrival.url), origin: originOf(arrival.url), kind, directive, initiator: "document", count: 1, channels: ["boundary"], atMs: arrival.atMs, method: arrival.method, status: arrival.status,
      ...(relative ? { outcome: "failed", blockClass: "relative-url", answeredBy: "sandbox-host" } : { outcome: "allowed", answeredBy: arrival.by }),
      ...(!relative && outsidePolicy(inner, directive, arrival.url, frame.outerOrigin) ? { escape: "parent" } : {}),
    } as Draft);
  }
  const arrived = new Set(live.arrivals.map(({ url }) => url));
  for (const resource of live.resources) {
    if (/^(data|blob|about):/.test(resource.url) || arrived.has(resource.url) || blocked.has(resource.url)) continue;
    const kind = KIND_OF_INITIATOR[resource.initiator] ?? "other";
    const failed = resource.status === 0 && kind !== "image" && resource.durationMs === 0;
    drafts.push({ url: input.mask(resource.url), origin: originOf(resource.url), kind, directive: DIRECTIVE_OF_KIND[kind] ?? null, outcome: failed ? "failed" : "allowed", initiator: "document", count: 1, channels: ["page"], atMs: resource.atMs, ...(resource.status ? { status: resource.status } : {}), answeredBy: "live" });
  }
  for (const report of live.policyReports) {
    if (blocked.has(report.blockedUrl)) continue;
    const kind = KIND_OF_DIRECTIVE[report.directive] ?? "other";
    drafts.push({ url: input.mask(report.blockedUrl), origin: originOf(report.blockedUrl), kind, directive: report.directive, outcome: "blocked-by-csp", blockClass: "csp-inexpressible", list: null, initiator: "document", count: 1, channels: ["report-uri"] });
  }
  return merge(drafts);
}

function fromViolation(violation: Violation, input: LiveInput): Draft {
  const url = violation.blockedUrl;
  const kind: RequestKind = url === "inline" ? "inline" : /eval/.test(url) ? "eval" : /^wss?:/.test(url) ? "websocket" : (KIND_OF_DIRECTIVE[violation.directive] ?? "other");
  const list = expressibleList(violation.directive, url, kind);
  const where = violation.line > 0 ? input.locate({ url: violation.sourceFile, line: violation.line - 1, column: Math.max(0, violation.column - 1) }) : undefined;
  return {
    url: input.mask(url || kind), origin: originOf(url), kind, directive: violation.directive, outcome: "blocked-by-csp", blockClass: list ? "csp-expressible" : "csp-inexpressible", list,
    initiator: "document", count: 1, channels: ["page"], atMs: violation.atMs, ...(where ? { where } : {}),
  };
}

/** Which list would allow a blocked request; null when no declaration can. */
function expressibleList(directive: string, url: string, kind: RequestKind): CspList | null {
  if (kind === "inline" || kind === "eval" || !/^(https?|wss?):/i.test(url)) return null;
  // The inherited outer policy limits frames to https, data and blob, whatever is declared.
  if (directive === "frame-src" && /^http:/i.test(url)) return null;
  return listFor(directive);
}

/** The inner policy would not have let it through: it went by another document. */
function outsidePolicy(policy: string | null, directive: string | null, url: string, self: string): boolean {
  if (!policy || !directive) return false;
  const sources = directiveSources(policy, directive);
  return sources !== null && !matchSourceList(sources, url, { self }).matched;
}

function apiUsesOf({ live, locate }: LiveInput): ApiUse[] {
  return live.apiUses.map((use) => {
    const place = placeFromStack(use.stack);
    const where = place ? locate(place) : undefined;
    return { api: use.api, count: use.count, returned: use.returned, channel: "page", channels: ["page"], initiator: "document", blocked: use.blocked, ...(where ? { where } : {}) };
  });
}

/** First frame of a stack outside injected scripts, in V8's and in Firefox's and Safari's form; 0-based. */
export function placeFromStack(stack: string): RawPlace | null {
  for (const line of stack.split("\n")) {
    if (line.includes("sandglass:")) continue;
    const match = /[(@]?((?:https?|blob|about):[^\s()@]*?|<anonymous>):(\d+):(\d+)\)?\s*$/.exec(line);
    if (match) return { url: match[1] === "<anonymous>" ? "" : (match[1] ?? ""), line: Number(match[2]) - 1, column: Number(match[3]) - 1 };
  }
  return null;
}

function consoleOf({ live, locate, mask }: LiveInput): ConsoleEntry[] {
  return live.errors.map((entry) => {
    const where = entry.line > 0 ? locate({ url: entry.sourceFile, line: entry.line - 1, column: Math.max(0, entry.column - 1) }) : undefined;
    return { level: entry.level, text: mask(entry.text), origin: entry.origin, count: 1, ...(where ? { where } : {}) };
  });
}

function bridgeOf({ live, mask, maskValue }: LiveInput): BridgeEvidence {
  return {
    surfaces: live.surfaces, handshake: live.handshake, messages: live.messages.map((message) => (message.payload === undefined ? message : { ...message, payload: maskValue(message.payload) })),
    dropped: live.dropped, violations: live.protocolProblems, toolCalls: live.toolCalls, externalLinks: live.links.map((link) => ({ ...link, url: mask(link.url) })), requestedHeight: live.height,
  };
}

function documentOf(live: LiveSnapshot): DocumentEvidence {
  const probe = live.document;
  const answers: Record<string, number> = {};
  for (const { by } of live.arrivals) answers[by] = (answers[by] ?? 0) + 1;
  return {
    ended: "settled", domContentLoaded: probe !== null, visibleElements: probe?.elements ?? 0, textLength: probe?.text ?? 0, paintedShare: null, width: live.stage?.boot.state.width ?? 0,
    height: probe?.height ?? 0, title: probe?.title ?? "", hints: [], forged: [], origin: live.stage?.boot.frame.outerOrigin ?? "", answers, caps: live.dropped > 0 ? [`${live.dropped} records were counted and not kept`] : [], observed: probe !== null,
  };
}

/** Every leaf of the tool's output, with what the widget did with it. */
function readsOf({ live }: LiveInput): FieldReads | null {
  const output = live.stage?.boot.toolResult?.structuredContent;
  if (!live.reads || typeof output !== "object" || output === null) return null;
  const states = new Map(live.reads.fields.map(({ path, state }) => [path, state]));
  const fields: FieldReads["fields"][number][] = [];
  const walk = (value: unknown, path: string): void => {
    if (fields.length >= 5000) return;
    if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
      for (const [key, child] of Object.entries(value)) walk(child, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
    } else fields.push({ path, state: states.get(path) ?? "unread", bytes: JSON.stringify(value)?.length ?? 0 });
  };
  walk(output, "$");
  return { fields, opaque: live.reads.opaque };
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
