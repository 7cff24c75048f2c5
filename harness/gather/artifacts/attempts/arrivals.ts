/** What reached our own servers: it completes an attempt, or is one that no other channel saw. */
import { isLocal } from "../../../../host/csp/addresses.ts";
import { directiveOfKind, kindOfDest } from "../../../../host/csp/kinds.ts";
import type { RawArrival } from "../../../model/raw-log.ts";
import { classOfLocal } from "../classify.ts";
import { draftOf, placed, type Draft, type Join } from "./draft.ts";
import { isIcon } from "./requests.ts";

/** Completes the drafts, and adds one for each arrival that none of them tells of. */
export function addArrivals(drafts: Draft[], join: Join): void {
  const { raw, context } = join;
  const seen = new Set(drafts.flatMap((draft) => [draft.url, ...(draft.redirectedFrom ?? [])]));
  const noted = new Set<Draft>();
  const led = new Set(raw.arrivals.map(({ url, redirectTo }) => `${url} ${redirectTo}`));
  for (const arrival of raw.arrivals) {
    const blocked = arrival.outsidePolicy ? blockedOnItsWay(arrival, led, drafts) : undefined;
    if (blocked && !noted.has(blocked)) {
      noted.add(blocked);
      continue;
    }
    // A request that its preflight failed was never sent, so nothing arrived of it.
    const sent = drafts.filter(
      ({ url, outcome, preflight }) =>
        url === arrival.url && !preflight && (context.observe || outcome !== "blocked-by-csp"),
    );
    const draft = answeredDraft(arrival, sent, noted);
    if (draft) {
      noted.add(draft);
      note(draft, arrival);
    } else if ((!seen.has(arrival.url) || arrival.outsidePolicy) && !isIconOfPopup(arrival, join))
      drafts.push(fromArrival(arrival, join));
  }
}

/**
 * The browser sends the redirect of a beacon, or of what is kept alive, before the policy stops it: what arrives between
 * the answer that led there and the violation is that request.
 */
function blockedOnItsWay(
  { url, atMs }: RawArrival,
  led: ReadonlySet<string>,
  drafts: readonly Draft[],
): Draft | undefined {
  return drafts.find(
    ({ outcome, url: to, redirectedFrom = [], atMs: blockedAtMs = -Infinity }) =>
      outcome === "blocked-by-csp" &&
      to === url &&
      atMs <= blockedAtMs &&
      redirectedFrom.some((from) => led.has(`${from} ${url}`)),
  );
}

/** Each arrival answers a request of its own: of its method and destination where several went to one address. */
function answeredDraft(arrival: RawArrival, sent: readonly Draft[], noted: ReadonlySet<Draft>): Draft | undefined {
  const ofMethod = sent.filter(({ method }) => method === arrival.method);
  const waiting = ofMethod.filter((draft) => !noted.has(draft));
  const kind = kindOfDest(arrival.dest);
  return waiting.find((draft) => draft.kind === kind) ?? waiting[0] ?? ofMethod[0] ?? sent[0];
}

function note(draft: Draft, arrival: RawArrival): void {
  if (!draft.channels.includes(arrival.channel)) draft.channels = [...draft.channels, arrival.channel];
  draft.answeredBy ??= arrival.answeredBy;
  if (draft.answeredBy === "unreachable") draft.blockClass = "unreachable";
  else if (draft.answeredBy === "refused-local") draft.blockClass = classOfLocal(draft.url);
  else draft.status ??= arrival.status;
  noteType(draft, arrival);
  if (draft.kind === "other" && arrival.dest !== "empty" && arrival.dest !== "") {
    draft.kind = kindOfDest(arrival.dest);
    draft.directive = directiveOfKind(draft.kind);
  }
  if (arrival.unreadable && draft.outcome === "allowed")
    Object.assign(draft, { outcome: "failed", blockClass: "cors", cors: arrival.unreadable });
  if (arrival.outsidePolicy && draft.initiator !== "frame" && draft.initiator !== "framed-page")
    draft.escape ??= "parent";
}

function noteType(draft: Draft, { mimeType }: RawArrival): void {
  if (mimeType === undefined) return;
  draft.mimeType ??= mimeType;
  // Chromium leaves such a sheet empty, and says nothing.
  if (draft.kind === "stylesheet" && mimeType !== STYLES) draft.fault ??= "type";
}

function fromArrival(arrival: RawArrival, join: Join): Draft {
  const kind = arrival.mode === "websocket" ? "websocket" : kindOfDest(arrival.dest);
  return draftOf(arrival.url, kind, join, {
    initiator: "document",
    channels: [arrival.channel],
    answeredBy: arrival.answeredBy,
    status: arrival.status,
    method: arrival.method,
    atMs: arrival.atMs,
    where: placed(null, arrival.url, join),
    ...outcomeOf(arrival),
    ...(arrival.outsidePolicy ? { escape: "parent" } : {}),
  });
}

const STYLES = "text/css";
const DOCUMENTS = new Set(["document", "iframe", "frame"]);

function outcomeOf({ answeredBy, dest, url, unreadable }: RawArrival): Pick<Draft, "outcome"> & Partial<Draft> {
  if (answeredBy === "refused") return { outcome: "failed", blockClass: "boundary" };
  if (answeredBy === "refused-local") return { outcome: "failed", blockClass: classOfLocal(url) };
  if (answeredBy === "sandbox-host" && !DOCUMENTS.has(dest)) return { outcome: "failed", blockClass: "relative-url" };
  if (unreadable) return { outcome: "failed", blockClass: "cors", cors: unreadable };
  return { outcome: "allowed", ...(isLocal(url) ? { blockClass: "local-network" } : {}) };
}

/** A window that opened asks for its site's icon by itself (seen in full Chromium, not in the headless shell). */
function isIconOfPopup({ url, dest }: RawArrival, { raw }: Join): boolean {
  return isIcon(url) && dest === "image" && raw.requests.some(({ role }) => role === "popup");
}
