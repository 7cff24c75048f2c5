import { listNames } from "../../../host/csp/declaration.ts";
import { isDevSource } from "../../model/dev-client.ts";
import { defineCheck, failOrPass, type RawFinding } from "../define-check.ts";
import type { NetworkAttempt } from "../../model/evidence.ts";
import { channelOf, groupBy, kindsOf, total } from "../shared/evidence.ts";

type Message = "undeclared" | "redirected" | "websocket" | "own-policy";

/** One finding per origin, directive and list: that is one line to add. */
export default defineCheck({
  id: "csp/blocked-request",
  title: "Every request goes to a declared origin",
  severity: "error",
  needs: ["network"],
  messages: {
    undeclared: "{directive} blocks {origin} ({kinds}, {count}×). Add {origin} to {lists}.",
    redirected:
      "{directive} blocks {origin}, reached by a redirect from {from} ({count}×). Add {origin} to {lists} as well.",
    websocket: "{directive} blocks {origin} ({count}×). An https:// entry does not cover it: add {origin} to {lists}.",
    "own-policy":
      "{directive} blocks {url} ({kinds}, {count}×), and the host's policy lets it through: the widget sets a policy of its own, in a <meta>. Leave that out, or let it allow what the widget needs.",
  },
  source: "docs/hosts.md#chatgpt-csp; docs/hosts.md#chatgpt-metadata",
  breaksAtRunTime: true,
  run({ network }) {
    const blocked = network.filter(
      (attempt) =>
        attempt.outcome === "blocked-by-csp" && (isOwn(attempt) || attempt.list) && !isOfDevClient(attempt, network),
    );
    return failOrPass(
      groupBy(
        blocked,
        ({ origin, directive, list, blockClass }) => `${origin} ${directive} ${list} ${blockClass === "own-policy"}`,
      ).map(findingFor),
    );
  },
});

const isOwn = ({ blockClass }: NetworkAttempt): boolean => blockClass === "own-policy";

/** The socket of a development server belongs in no declaration: `bundle/dev-client` tells of it. */
const isOfDevClient = ({ kind, url }: NetworkAttempt, network: readonly NetworkAttempt[]): boolean =>
  kind === "websocket" &&
  network.some((script) => script.kind === "script" && isDevSource(script.url) && hostOf(script.url) === hostOf(url));

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : "");

function findingFor(group: readonly [NetworkAttempt, ...NetworkAttempt[]]): RawFinding<Message> {
  const [first] = group;
  const from = first.redirectedFrom?.at(-1);
  const where = group.find((attempt) => attempt.where)?.where;
  return {
    messageId: messageOf(first),
    data: {
      origin: first.origin,
      directive: first.directive,
      list: first.list ?? null,
      lists: first.list ? listNames(first.list) : null,
      kinds: kindsOf(group),
      count: total(group),
      url: first.url,
      from: from ?? null,
    },
    identity: ["origin", "directive", "list"],
    channel: channelOf(group.flatMap(({ channels }) => channels)),
    ...(where ? { where } : {}),
  };
}

function messageOf(attempt: NetworkAttempt): Message {
  if (isOwn(attempt)) return "own-policy";
  if (attempt.redirectedFrom?.length) return "redirected";
  return attempt.kind === "websocket" ? "websocket" : "undeclared";
}
