/** What several checks say in the same way. Not a check. */
import type { RawFinding } from "../define-check.ts";
import type { ApiUse, BridgeEvidence, Channel, DocumentEvidence, NetworkAttempt, Where } from "../../model/evidence.ts";

/** Best witness first: what the browser says outweighs what the page says. */
export function channelOf(channels: readonly Channel[]): Channel {
  return channels.find((channel) => channel !== "page") ?? channels[0] ?? "page";
}

/** Attempts grouped by a key, in order of first appearance. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}

export const total = (attempts: readonly { readonly count: number }[]): number =>
  attempts.reduce((sum, { count }) => sum + count, 0);

/** Where the code stands that posted a method. */
export const senderOf = ({ senders = [] }: BridgeEvidence, method: string | undefined): Where | undefined =>
  senders.find((sender) => sender.method === method)?.where;

/** The same, where all that was posted with it is about one thing: the first post says nothing of another. */
export const senderOfOnly = (bridge: BridgeEvidence, method: string, things: readonly string[]): Where | undefined =>
  new Set(things).size === 1 ? senderOf(bridge, method) : undefined;

/** `fetch, image`: the kinds of a group, each once. */
export const kindsOf = (attempts: readonly NetworkAttempt[]): string =>
  [...new Set(attempts.map(({ kind }) => kind))].join(", ");

/** One finding for each API and place that the host did not let through. */
export function blockedUses<M extends string>(
  uses: readonly ApiUse[],
  matches: (api: string) => boolean,
  messageId: M | ((use: ApiUse) => M),
): RawFinding<M>[] {
  return uses
    .filter((use) => use.blocked && matches(use.api))
    .map((use) => ({
      messageId: typeof messageId === "function" ? messageId(use) : messageId,
      data: { api: use.api, returned: use.returned, count: use.count, where: use.where?.line ?? null },
      identity: ["api", "where"],
      channel: channelOf(use.channels),
      ...(use.where ? { where: use.where } : {}),
    }));
}

/** Kinds whose neutral stub can change what the widget does next; an image or a font of ours cannot. */
const TELLING = new Set(["fetch", "xhr", "script", "stylesheet", "eventsource", "websocket", "worker", "frame"]);

/** Allowed requests that were answered by a stub and so may have caused what follows. */
export function tellingStubs(network: readonly NetworkAttempt[]): NetworkAttempt[] {
  return network.filter((attempt) => attempt.answeredBy === "stub" && TELLING.has(attempt.kind));
}

/** Kinds whose answer no code sees: a widget does not stumble over a stub for one. */
const UNSEEN_ANSWERS: ReadonlySet<NetworkAttempt["kind"]> = new Set(["image", "font", "beacon", "manifest"]);

/** What was pressed got answers that nobody gave: it tells little of the widget that it stumbles over them. What would replace its document gives it none. */
export const isMadeUp = (
  network: readonly NetworkAttempt[],
  { toolCalls }: Pick<BridgeEvidence, "toolCalls">,
): boolean =>
  network.some(
    ({ answeredBy, kind, escape }) =>
      (answeredBy === "stub" || answeredBy === "unreachable") && !escape && !UNSEEN_ANSWERS.has(kind),
  ) || toolCalls.some(({ refusal }) => refusal === "exploring" || refusal === "no-server");

/** When something came, as far as presses tell: in the life that follows them, after one of them, or before any. */
interface Moment {
  readonly pressed?: string;
  readonly afterMs?: number;
  readonly where?: Where;
}

/**
 * What was asked for no later than an error came: the answer to a later press cannot have caused it. An error of which
 * nothing tells when it came may have come last.
 */
export function askedBefore<T extends Moment, C extends Moment>(
  { explored = [] }: Pick<DocumentEvidence, "explored">,
  error: Moment,
  asked: { readonly network: readonly T[]; readonly toolCalls: readonly C[] },
): { readonly network: readonly T[]; readonly toolCalls: readonly C[] } {
  const orderOf = ({ where, pressed = where?.pressed, afterMs = where?.afterMs }: Moment): number => {
    if (pressed === undefined) return afterMs === undefined ? -1 : explored.length;
    const order = explored.findIndex(({ target }) => target === pressed);
    return order === -1 ? explored.length : order;
  };
  const isPlaced = error.where !== undefined || error.pressed !== undefined;
  const last = isPlaced ? orderOf(error) : explored.length;
  const isBefore = (one: Moment): boolean => orderOf(one) <= last;
  return { network: asked.network.filter(isBefore), toolCalls: asked.toolCalls.filter(isBefore) };
}

export const RECORD_COMMAND = "sandglass check TARGET --network live --record FILE.har, then --replay FILE.har";
