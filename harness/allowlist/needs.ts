/** Evidence of observing runs → which origin is asked for, in which list, by what. */
import { webOrigin } from "../../host/csp/addresses.ts";
import { innerPolicy, listFor } from "../../host/csp/policy.ts";
import { profileById } from "../../host/profiles/index.ts";
import type { CspDeclaration, CspList, ProfileId } from "../../host/profiles/types.ts";
import type {
  Artifacts,
  BundleEvidence,
  ConsoleEntry,
  Evidence,
  Gathered,
  NetworkAttempt,
  RequestKind,
  StaticUrl,
  Where,
} from "../model/evidence.ts";
import { collectAttempt, type RunContext } from "./attempts.ts";
import { NeedCollector, type HostContext, type Need, type Stub } from "./collector.ts";
import { listedOrigin } from "./origins.ts";

/** Hosts that the text builds at run time: `https://{s}.tile.example.com` ends in `.tile.example.com`. */
export interface HostTemplate {
  readonly ends: string;
  readonly where: Where;
}

export interface Needs {
  readonly byOrigin: ReadonlyMap<string, Need>;
  readonly scenarios: readonly string[];
  readonly templates: readonly HostTemplate[];
  /** Where an address in a style sheet does not parse: what it was to ask for was not asked. */
  readonly badRule: Where | null;
  /** What a reader must know of how far the observation went. */
  readonly notes: readonly string[];
  /** Requests that a stub answered for want of the real one: what that leads to was not seen. */
  readonly stubs: readonly Stub[];
  /** Origins that what the widget was given names. */
  readonly named: readonly string[];
  /** Of the first run; null when there is none. */
  readonly host: HostContext | null;
}

/** What was declared while observing, and what the host may have added by itself. */
export interface Declared {
  readonly declaration: CspDeclaration;
  /** Origin of the MCP server, which hosts add when nothing is declared. */
  readonly serverOrigin: string | null;
}

export function needsOf(observed: readonly Evidence[], bundle: BundleEvidence | null, declared: Declared): Needs {
  const collector = new NeedCollector();
  for (const evidence of observed) collectRun(evidence, declared, collector);
  if (bundle) collectBundle(bundle, collector);
  const [first] = observed;
  return {
    byOrigin: collector.byOrigin,
    scenarios: [...new Set(observed.map(({ scenario }) => scenario))],
    templates: (bundle?.urls ?? []).flatMap(templateOf),
    badRule: bundle?.uses.find(({ what }) => what === "bad-css-url")?.where ?? null,
    notes: collector.notes,
    stubs: collector.stubs,
    named: collector.named,
    host: first ? hostOf(first) : null,
  };
}

export function hostOf({ profile, artifacts: { policy } }: Evidence): HostContext {
  const inner = policy.status === "ok" ? innerPolicy(policy.value.effective) : undefined;
  return { profile, policy: inner?.value ?? null };
}

const valueOf = <T>(gathered: Gathered<T>): T | null => (gathered.status === "ok" ? gathered.value : null);

function collectRun(evidence: Evidence, { declaration, serverOrigin }: Declared, into: NeedCollector): void {
  const { network, policy, bridge, document, console, props } = evidence.artifacts;
  const { scenario } = evidence;
  const host = hostOf(evidence);
  if (network.status === "failed")
    into.note(`Scenario ${scenario}: the network could not be observed (${network.error.message}).`);
  else
    collectNetwork(
      network.value,
      {
        ...host,
        scenario,
        declared: valueOf(policy)?.declared ?? null,
        own: valueOf(document)?.origin ?? null,
        declaration,
        serverOrigin,
      },
      into,
    );
  for (const origin of valueOf(props)?.named ?? []) into.nameInProps(origin);
  for (const note of notesOnEnd(valueOf(document), scenario)) into.note(note);
  for (const entry of valueOf(console) ?? []) collectForeignWorker(entry, host, scenario, into);
  for (const { url } of valueOf(bridge)?.externalLinks ?? []) collectLink(url, scenario, into);
}

function collectLink(url: string, scenario: string, into: NeedCollector): void {
  const origin = webOrigin(url);
  if (!origin?.startsWith("https://")) return;
  into.ask(origin, { list: "redirect", url, redirected: false });
  into.see(origin, 1, { kind: "link", scenario });
}

function collectNetwork(network: readonly NetworkAttempt[], run: RunContext, into: NeedCollector): void {
  for (const stub of stubsOf(network, run.profile)) into.stub(stub);
  const origins = stubbedOrigins(network);
  if (origins.length > 0)
    into.note(
      `Scenario ${run.scenario}: the network is off, and ${firstOf(origins)} got a neutral stub. What the widget asks for once it has the real answer was not seen: give mocks, or run with --network live.`,
    );
  for (const attempt of network) collectAttempt(attempt, run, into);
}

function notesOnEnd(document: Artifacts["document"] | null, scenario: string): string[] {
  if (document === null) return [];
  const { ended, stepFailure } = document;
  return [
    ...(ended === "settled" ? [] : [`Scenario ${scenario} ended as "${ended}": later requests were not seen.`]),
    ...(stepFailure
      ? [`Scenario ${scenario}: ${stepFailure.step}: ${stepFailure.error}. What follows that step was not seen.`]
      : []),
  ];
}

/** Chromium refuses a worker of another origin before it asks any policy, and makes no request. */
const FOREIGN_WORKER = /Failed to construct '(?:Shared)?Worker': Script at '([^']+)' cannot be accessed from origin/;

function collectForeignWorker(entry: ConsoleEntry, host: HostContext, scenario: string, into: NeedCollector): void {
  const url = entry.origin === "browser" ? undefined : FOREIGN_WORKER.exec(entry.text)?.[1];
  const origin = url === undefined ? null : listedOrigin(url);
  if (url === undefined || origin === null) return;
  const sighting = { kind: "worker", scenario, ...(entry.where ? { where: entry.where } : {}) };
  into.refuse(origin, { ...host, kind: "worker", directive: null, url }, entry.count, sighting);
}

function collectBundle(bundle: BundleEvidence, into: NeedCollector): void {
  for (const url of bundle.urls) if (url.origin !== null) into.need(url.origin).static.push(url);
  for (const { name, parsed, problem } of bundle.files)
    if (problem)
      into.note(`${name}: ${parsed ? "" : "could not be parsed, so it was read as plain text: "}${problem}.`);
}

const isStubbed = ({ answeredBy, initiator }: NetworkAttempt): boolean =>
  answeredBy === "stub" && initiator !== "framed-page";

/** What the network's stubs stood in for, in order. */
export const stubsOf = (network: readonly NetworkAttempt[], profile: ProfileId): Stub[] =>
  network
    .filter(isStubbed)
    .map(({ url, kind, directive }) => ({ url, kind, leadsTo: leadsTo(kind, directive, profile) }));

const CODE_AND_DATA: ReadonlySet<RequestKind> = new Set([
  "script",
  "worker",
  "fetch",
  "xhr",
  "eventsource",
  "websocket",
]);

/** A style sheet names fonts and pictures; a picture, a font and a frame can only be redirected. */
function leadsTo(kind: RequestKind, directive: string | null, profile: ProfileId): readonly CspList[] {
  if (CODE_AND_DATA.has(kind)) return ["connect", "resource", "frame"];
  if (kind === "stylesheet") return ["resource"];
  const own = directive === null ? null : listFor(directive, profileById(profile));
  return own === null ? [] : [own];
}

/** Answers whose content may name further addresses. */
const NAMING_ADDRESSES: ReadonlySet<RequestKind> = new Set(["fetch", "xhr", "stylesheet", "eventsource", "websocket"]);

/** A stub whose real answer would make the widget ask for more. */
export const isTelling = ({ kind }: Stub): boolean => CODE_AND_DATA.has(kind) || NAMING_ADDRESSES.has(kind);

const stubbedOrigins = (network: readonly NetworkAttempt[]): string[] => [
  ...new Set(
    network.filter((attempt) => NAMING_ADDRESSES.has(attempt.kind) && isStubbed(attempt)).map(({ origin }) => origin),
  ),
];

const firstOf = (names: readonly string[]): string =>
  `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;

/** End of a host whose start is not in the text; needs two labels, or it would cover anything. */
function templateOf({ url, origin, where }: StaticUrl): HostTemplate[] {
  const host = origin === null ? /^(?:https?|wss?):\/\/([^/?#]*)/i.exec(url)?.[1] : undefined;
  const ends = host === undefined ? undefined : /[}…*](\.[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?$/i.exec(host)?.[1];
  return ends ? [{ ends: ends.toLowerCase(), where }] : [];
}
