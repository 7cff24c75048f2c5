/** One observed request → asks, refusals and notes. */
import { parseUrl, schemeOf } from "../../host/csp/addresses.ts";
import { matchSourceList } from "../../host/csp/matching.ts";
import { directiveSources, listFor } from "../../host/csp/policy.ts";
import { profileById } from "../../host/profiles/index.ts";
import type { CspDeclaration, CspList } from "../../host/profiles/types.ts";
import type { NetworkAttempt, PolicyEvidence, RequestKind } from "../model/evidence.ts";
import type { HostContext, NeedCollector, Sighting } from "./collector.ts";
import { listedOrigin, upgraded } from "./origins.ts";

/** The run in which requests were observed. */
export interface RunContext extends HostContext {
  readonly scenario: string;
  readonly declared: PolicyEvidence["declared"] | null;
  /** Origin of the sandbox. */
  readonly own: string | null;
  readonly declaration: CspDeclaration;
  readonly serverOrigin: string | null;
}

/** An attempt that a directive governs. */
type Governed = NetworkAttempt & { readonly directive: string };

export function collectAttempt(attempt: NetworkAttempt, run: RunContext, into: NeedCollector): void {
  const note = noteOn(attempt, run);
  if (note !== null) into.note(note);
  if (!isWidgets(attempt, run) || !isGoverned(attempt)) return;
  const list = listOf(attempt, run);
  const origin = listedOrigin(attempt.url);
  if (origin !== null && list !== null) collectHops(attempt, list, run, into);
  else if (isBlocked(attempt)) {
    const { kind, directive, url, count } = attempt;
    const refusal = { kind, directive, url, profile: run.profile, policy: run.policy };
    into.refuse(origin ?? schemeOf(url) ?? url, refusal, count, sightingOf(attempt, run));
  }
}

const isBlocked = ({ outcome }: NetworkAttempt): boolean => outcome === "blocked-by-csp";
const isGoverned = (attempt: NetworkAttempt): attempt is Governed => attempt.directive !== null;
const listOf = (attempt: Governed, { profile }: RunContext): CspList | null =>
  isBlocked(attempt) ? (attempt.list ?? null) : listFor(attempt.directive, profileById(profile));

const sightingOf = ({ kind, where }: NetworkAttempt, { scenario }: RunContext): Sighting => ({
  kind,
  scenario,
  ...(where ? { where } : {}),
});

const isInline = ({ kind }: NetworkAttempt): boolean => kind === "inline" || kind === "eval";

/** It goes to the sandbox's own host, which needs no entry; refused there, it is a matter of the policy all the same. */
function isOwn(attempt: NetworkAttempt, { own }: RunContext): boolean {
  if (isBlocked(attempt) && attempt.origin === own && (attempt.list ?? null) === null) return false;
  return attempt.blockClass === "relative-url" || attempt.answeredBy === "sandbox-host" || attempt.origin === own;
}

const isOutside = ({ initiator }: NetworkAttempt): boolean => initiator === "outer" || initiator === "popup";

/** A framed page has a policy of its own; srcdoc frames inherit the widget's. */
const isWidgets = (attempt: NetworkAttempt, run: RunContext): boolean =>
  !isInline(attempt) && !isOwn(attempt, run) && !isOutside(attempt) && attempt.initiator !== "framed-page";

/** What no list can say of it. */
function noteOn(attempt: NetworkAttempt, run: RunContext): string | null {
  if (isInline(attempt)) return null;
  if (isOwn(attempt, run))
    return attempt.blockClass === "relative-url"
      ? `${parseUrl(attempt.url)?.pathname ?? attempt.url} is a relative URL: it goes to the sandbox's own host, which has no such file. No list helps; write absolute URLs, or inline the file.`
      : null;
  if (isOutside(attempt))
    return `${attempt.origin} was asked for from outside the widget's own document; its lists do not govern that.`;
  const unlisted = isGoverned(attempt) || attempt.initiator === "framed-page" ? undefined : UNLISTED[attempt.kind];
  return unlisted === undefined ? null : `${attempt.origin}: ${unlisted}`;
}

const UNLISTED: Readonly<Partial<Record<RequestKind, string>>> = {
  navigation:
    "the widget navigates itself there. No list limits or allows it, and the widget is gone; ask the host to open the link.",
  form: "a form is sent there, which navigates the widget away. Send it with fetch instead.",
  popup: "a window is opened there, which the sandbox refuses. Ask the host to open the link.",
  webrtc: "WebRTC servers are in no list.",
};

/** Each hop is matched: Chromium refuses a redirect at the first hop that is not listed. */
function collectHops(attempt: Governed, list: CspList, run: RunContext, into: NeedCollector): void {
  const hops = [...(attempt.redirectedFrom ?? []), attempt.url];
  const sighting = sightingOf(attempt, run);
  for (const [index, url] of hops.entries()) {
    const redirected = index > 0;
    const origin = listedOrigin(url);
    if (origin === null || origin === run.own) continue;
    if (!isBlocked(attempt) && isGrantedByHost(url, attempt.directive, redirected, run)) continue;
    into.ask(origin, { list, url: upgraded(url), redirected });
    // The hops of an allowed request are attempts of their own.
    const isRecorded =
      index < hops.length - 1 &&
      into.need(origin).seen.some(({ kind, scenario }) => kind === attempt.kind && scenario === run.scenario);
    if (!isRecorded) into.see(origin, attempt.count, sighting);
  }
}

/** The policy allows it whatever is declared: `'self'`, or OpenAI's own hosts. */
function isGrantedByHost(url: string, directive: string, redirected: boolean, run: RunContext): boolean {
  const sources = run.policy === null ? null : directiveSources(run.policy, directive);
  if (!sources || run.own === null || run.declared === null) return false;
  const entries = new Set(
    [run.declaration, run.declared].flatMap(({ connect, resource, frame }) => [...connect, ...resource, ...frame]),
  );
  if (run.serverOrigin !== null) entries.add(run.serverOrigin);
  const granted = sources.filter((source) => !entries.has(source));
  return matchSourceList(granted, url, { self: run.own, redirected }).allowed;
}
