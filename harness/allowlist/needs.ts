/** Evidence of observing runs → which origin is asked for, in which list, by what. */
import type { StepFailure } from "../model/tags.ts";
import { isLocal, parseUrl } from "../../host/csp/addresses.ts";
import { matchSourceList } from "../../host/csp/matching.ts";
import { directiveSources, listFor } from "../../host/csp/policy.ts";
import { profileById } from "../../host/profiles/index.ts";
import type { CspDeclaration, CspList } from "../../host/profiles/types.ts";
import type {
  BundleEvidence,
  Evidence,
  NetworkAttempt,
  PolicyEvidence,
  RequestKind,
  StaticUrl,
  Where,
} from "../model/evidence.ts";

/** One way in which an origin is asked for. */
export interface Ask {
  readonly list: CspList;
  readonly url: string;
  readonly redirected: boolean;
}

/** Something asked for that no list can allow. */
export interface Refusal {
  readonly kind: RequestKind;
  /** Null when the browser refuses it by itself. */
  readonly directive: string | null;
  readonly url: string;
}

export interface Need {
  readonly origin: string;
  readonly asks: Ask[];
  readonly refusals: Refusal[];
  readonly seen: { kind: string; count: number; scenario: string; where?: Where }[];
  readonly static: StaticUrl[];
}

export interface Needs {
  readonly byOrigin: ReadonlyMap<string, Need>;
  readonly scenarios: readonly string[];
  /** Hosts that the text builds at run time: `https://{s}.tile.example.com` ends in `.tile.example.com`. */
  readonly templates: readonly { readonly ends: string; readonly where: Where }[];
  /** What a reader must know of how far the observation went. */
  readonly notes: readonly string[];
  /** Scripts that got an empty answer for want of the real one: what they would ask for was not seen. */
  readonly unrun: readonly string[];
}

/** What was declared while observing, and what the host may have added by itself. */
export interface Declared {
  readonly declaration: CspDeclaration;
  /** Origin of the MCP server, which hosts add when nothing is declared. */
  readonly serverOrigin: string | null;
}

export function needsOf(
  observed: readonly Evidence[],
  bundle: BundleEvidence | null,
  { declaration, serverOrigin }: Declared,
): Needs {
  const byOrigin = new Map<string, Need>();
  const notes = new Set<string>();
  const unrun = new Set<string>();
  const needFor = (origin: string): Need => {
    const known = byOrigin.get(origin);
    if (known) return known;
    const need: Need = { origin, asks: [], refusals: [], seen: [], static: [] };
    byOrigin.set(origin, need);
    return need;
  };
  for (const evidence of observed) {
    const { network, policy, bridge, document, console } = evidence.artifacts;
    if (network.status === "failed")
      notes.add(`Scenario ${evidence.scenario}: the network could not be observed (${network.error.message}).`);
    else {
      const own = document.status === "ok" ? document.value.origin : null;
      for (const url of stubbedScripts(network.value)) unrun.add(url);
      const answers = stubbedAnswers(network.value);
      if (answers.length > 0)
        notes.add(
          `Scenario ${evidence.scenario}: the network is off, and ${namesOfSome(answers)} got a neutral stub. What the widget asks for once it has the real answer was not seen: give mocks, or run with --network live.`,
        );
      for (const attempt of network.value)
        addAttempt(attempt, {
          evidence,
          policy: policy.status === "ok" ? policy.value : null,
          own,
          declaration,
          serverOrigin,
          needFor,
          notes,
        });
    }
    if (document.status === "ok" && document.value.ended !== "settled")
      notes.add(`Scenario ${evidence.scenario} ended as "${document.value.ended}": later requests were not seen.`);
    if (document.status === "ok" && document.value.stepFailure)
      notes.add(stepNote(evidence.scenario, document.value.stepFailure));
    for (const entry of console.status === "ok" ? console.value : []) {
      const url = entry.origin === "browser" ? undefined : FOREIGN_WORKER.exec(entry.text)?.[1];
      const origin = url === undefined ? null : listedOrigin(url);
      if (url === undefined || origin === null) continue;
      const need = needFor(origin);
      need.refusals.push({ kind: "worker", directive: null, url });
      addSeen(need, "worker", entry.count, evidence.scenario, entry.where);
    }
    for (const link of bridge.status === "ok" ? bridge.value.externalLinks : []) {
      const origin = originOf(link.url);
      if (!origin?.startsWith("https://")) continue;
      const need = needFor(origin);
      need.asks.push({ list: "redirect", url: link.url, redirected: false });
      addSeen(need, "link", 1, evidence.scenario);
    }
  }
  for (const url of bundle?.urls ?? []) if (url.origin !== null) needFor(url.origin).static.push(url);
  for (const file of bundle?.files ?? [])
    if (file.problem)
      notes.add(
        `${file.name}: ${file.parsed ? "" : "could not be parsed, so it was read as plain text: "}${file.problem}.`,
      );
  return {
    byOrigin,
    scenarios: [...new Set(observed.map(({ scenario }) => scenario))],
    templates: (bundle?.urls ?? []).flatMap(templateOf),
    notes: [...notes],
    unrun: [...unrun],
  };
}

export const stubbedScripts = (network: readonly NetworkAttempt[]): string[] =>
  network
    .filter(
      ({ kind, answeredBy, initiator }) => kind === "script" && answeredBy === "stub" && initiator !== "framed-page",
    )
    .map(({ url }) => url);

/** Answers whose content may name further addresses. */
const TELLING: ReadonlySet<RequestKind> = new Set(["fetch", "xhr", "stylesheet", "eventsource", "websocket"]);
const stubbedAnswers = (network: readonly NetworkAttempt[]): string[] => [
  ...new Set(
    network
      .filter(
        ({ kind, answeredBy, initiator }) => TELLING.has(kind) && answeredBy === "stub" && initiator !== "framed-page",
      )
      .map(({ origin }) => origin),
  ),
];
const namesOfSome = (names: readonly string[]): string =>
  `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;

/** Chromium refuses a worker of another origin before it asks any policy, and makes no request. */
const FOREIGN_WORKER = /Failed to construct '(?:Shared)?Worker': Script at '([^']+)' cannot be accessed from origin/;

interface Context {
  readonly evidence: Evidence;
  readonly policy: PolicyEvidence | null;
  /** Origin of the sandbox. */
  readonly own: string | null;
  readonly declaration: CspDeclaration;
  readonly serverOrigin: string | null;
  readonly needFor: (origin: string) => Need;
  readonly notes: Set<string>;
}

function addAttempt(attempt: NetworkAttempt, context: Context): void {
  const { evidence, needFor, notes } = context;
  const blocked = attempt.outcome === "blocked-by-csp";
  if (attempt.kind === "inline" || attempt.kind === "eval") return;
  const isOwnRefused = blocked && attempt.origin === context.own && (attempt.list ?? null) === null;
  if (
    !isOwnRefused &&
    (attempt.blockClass === "relative-url" || attempt.answeredBy === "sandbox-host" || attempt.origin === context.own)
  ) {
    if (attempt.blockClass === "relative-url")
      notes.add(
        `${pathOf(attempt.url)} is a relative URL: it goes to the sandbox's own host, which has no such file. No list helps; write absolute URLs, or inline the file.`,
      );
    return;
  }
  if (attempt.initiator === "outer" || attempt.initiator === "popup") {
    notes.add(`${attempt.origin} was asked for from outside the widget's own document; its lists do not govern that.`);
    return;
  }
  // A framed page has a policy of its own; srcdoc frames inherit the widget's.
  if (attempt.initiator === "framed-page") return;
  if (attempt.directive === null) {
    if (
      attempt.kind === "navigation" ||
      attempt.kind === "form" ||
      attempt.kind === "popup" ||
      attempt.kind === "webrtc"
    )
      notes.add(`${attempt.origin}: ${NOT_LISTED[attempt.kind]}`);
    return;
  }
  const origin = listedOrigin(attempt.url);
  const list = blocked ? (attempt.list ?? null) : listFor(attempt.directive, profileById(evidence.profile));
  if (origin === null || list === null) {
    if (!blocked) return;
    const need = needFor(origin ?? schemeOf(attempt.url));
    need.refusals.push({ kind: attempt.kind, directive: attempt.directive, url: attempt.url });
    return addSeen(need, attempt.kind, attempt.count, evidence.scenario, attempt.where);
  }
  // Each hop is matched: Chromium refuses a redirect at the first hop that is not listed.
  const hops = [...(attempt.redirectedFrom ?? []), attempt.url];
  for (const [index, url] of hops.entries()) {
    const hop = listedOrigin(url);
    if (hop === null || hop === context.own || (!blocked && grantedByHost(url, attempt.directive, index > 0, context)))
      continue;
    const need = needFor(hop);
    need.asks.push({ list, url: upgraded(url), redirected: index > 0 });
    // The hops of an allowed request are attempts of their own.
    const isTold =
      index < hops.length - 1 &&
      need.seen.some(({ kind, scenario }) => kind === attempt.kind && scenario === evidence.scenario);
    if (!isTold) addSeen(need, attempt.kind, attempt.count, evidence.scenario, attempt.where);
  }
}

const NOT_LISTED = {
  navigation:
    "the widget navigates itself there. No list limits or allows it, and the widget is gone; ask the host to open the link.",
  form: "a form is sent there, which navigates the widget away. Send it with fetch instead.",
  popup: "a window is opened there, which the sandbox refuses. Ask the host to open the link.",
  webrtc: "WebRTC servers are in no list.",
} as const;

/** The policy allows it whatever is declared: `'self'`, or OpenAI's own hosts. */
function grantedByHost(
  url: string,
  directive: string,
  redirected: boolean,
  { policy, declaration, serverOrigin, own }: Context,
): boolean {
  const inner = policy?.effective.find(({ layer }) => layer === "inner")?.value;
  const sources = inner === undefined ? null : directiveSources(inner, directive);
  if (!sources || own === null || policy === null) return false;
  const asked = new Set(
    [declaration, policy.declared].flatMap(({ connect, resource, frame }) => [...connect, ...resource, ...frame]),
  );
  if (serverOrigin !== null) asked.add(serverOrigin);
  return matchSourceList(
    sources.filter((source) => !asked.has(source)),
    url,
    { self: own, redirected },
  ).allowed;
}

function addSeen(need: Need, kind: string, count: number, scenario: string, where?: Where): void {
  const known = need.seen.find(
    (one) =>
      one.kind === kind &&
      one.scenario === scenario &&
      one.where?.line === where?.line &&
      one.where?.column === where?.column &&
      one.where?.url === where?.url,
  );
  if (known) known.count += count;
  else need.seen.push({ kind, count, scenario, ...(where ? { where } : {}) });
}

/** Origin as it is to be declared: hosts ask for secure ones, and plain http is upgraded before it leaves. */
export const listedOrigin = (url: string): string | null => originOf(upgraded(url));
const upgraded = (url: string): string =>
  isLocal(url) ? url : url.replace(/^http:/i, "https:").replace(/^ws:/i, "wss:");

/** End of a host whose start is not in the text; needs two labels, or it would cover anything. */
function templateOf({ url, origin, where }: StaticUrl): { ends: string; where: Where }[] {
  const host = origin === null ? /^(?:https?|wss?):\/\/([^/?#]*)/i.exec(url)?.[1] : undefined;
  const ends = host === undefined ? undefined : /[}…*](\.[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?$/i.exec(host)?.[1];
  return ends ? [{ ends: ends.toLowerCase(), where }] : [];
}

export function originOf(url: string): string | null {
  const parsed = parseUrl(url);
  if (!parsed) return null;
  const { protocol, host } = parsed;
  return /^(https?|wss?):$/.test(protocol) && host !== "" ? `${protocol}//${host}` : null;
}

const schemeOf = (url: string): string => /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0]?.toLowerCase() ?? url;
const pathOf = (url: string): string => parseUrl(url)?.pathname ?? url;

const stepNote = (scenario: string, { step, error }: StepFailure): string =>
  `Scenario ${scenario}: ${step}: ${error}. What follows that step was not seen.`;
