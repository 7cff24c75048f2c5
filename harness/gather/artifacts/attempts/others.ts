/** Attempts that never become requests: refused windows, peers, sockets. */
import { isLocal } from "../../../../host/csp/addresses.ts";
import { directiveOfKind } from "../../../../host/csp/kinds.ts";
import { initiatorOf } from "../classify.ts";
import type { FrameRole } from "../../../model/raw-log.ts";
import { timed } from "../locate.ts";
import { draftOf, originIn, placed, type Draft, type Join } from "./draft.ts";
import { isWithinPolicies } from "./own-policy.ts";

/** A popup that the sandbox refused leaves no request: Chromium's own message names its address. */
export function popupsOf({ raw, locate }: Join): Draft[] {
  return raw.messages.flatMap(({ origin, text, place, role, channel, count, ...lived }): Draft[] => {
    const url = origin === "browser" ? /^Blocked opening '([^']*)' in a new window/.exec(text)?.[1] : undefined;
    if (url === undefined) return [];
    const where = timed(locate(place) ?? locate.address(url), lived);
    return [
      {
        url,
        origin: originIn(raw, url),
        kind: "popup",
        directive: null,
        outcome: "blocked-by-sandbox",
        blockClass: "sandbox",
        initiator: initiatorOf(role),
        channels: [channel],
        count,
        ...(where ? { where } : {}),
      },
    ];
  });
}

/** No channel of the browser sees WebRTC: the constructor is wrapped, and the wire is shut by flag. */
export function peersOf({ raw, locate }: Join): Draft[] {
  return raw.apiUses
    .filter(({ api }) => api === "RTCPeerConnection")
    .flatMap(({ returned, count, initiator, places, channel, ...lived }) => {
      const where = timed(locate.named(places, ["RTCPeerConnection", "setConfiguration"]), lived);
      const servers = returned.split(" ").filter(Boolean);
      return (servers.length > 0 ? servers : ["webrtc:"]).map((url): Draft => ({
        url,
        origin: url.replace(/^(stuns?|turns?):([^:?]+).*$/, "$1://$2"),
        kind: "webrtc",
        directive: null,
        outcome: "failed",
        blockClass: "boundary",
        initiator,
        escape: initiator === "outer" ? "parent" : "webrtc",
        channels: [channel],
        count,
        ...(where ? { where } : {}),
      }));
    });
}

/** Windows and other pages have policies of their own. */
const isOfAnotherPolicy = (role: FrameRole): boolean => role === "framed" || role === "popup";

/** Sockets that no violation tells of. One that the widget's policy does not let through was opened by another document. */
export function socketsOf(drafts: readonly Draft[], join: Join): Draft[] {
  const blocked = new Set(drafts.filter(({ outcome }) => outcome === "blocked-by-csp").map(({ url }) => url));
  return join.raw.sockets
    .filter(({ url }) => !blocked.has(url))
    .map(({ url, kind, role, place, atMs, channel, ...lived }) =>
      draftOf(url, kind, join, {
        initiator: initiatorOf(role),
        outcome: "allowed",
        channels: [channel],
        where: timed(placed(place, url, join), lived),
        atMs,
        ...(isLocal(url) ? { blockClass: "local-network" } : {}),
        ...(isOfAnotherPolicy(role) || isWithinPolicies(url, directiveOfKind(kind), join) ? {} : { escape: "parent" }),
      }),
    );
}
