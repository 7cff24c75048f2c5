import { listNames } from "../../../host/csp/declaration.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import { isDevSource } from "../../model/dev-client.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS, type RawFinding } from "../define-check.ts";
import type { NetworkAttempt, PolicyEvidence } from "../../model/evidence.ts";
import { channelOf, groupBy, kindsOf, total } from "../shared/evidence.ts";
import { obstacleTo, type Obstacle } from "../shared/tried.ts";

type Message = "undeclared" | "redirected" | "websocket" | "own-policy" | "local" | "insecure" | "host";

/** One finding per origin, directive and list: that is one line to add. */
export default defineCheck({
  id: "csp/blocked-request",
  title: "Every request goes to a declared origin",
  severity: "error",
  needs: ["network", "policy", "document"],
  messages: {
    undeclared: "{directive} blocks {origin} ({kinds}, {count}×). Add {origin} to {lists}.{why}",
    redirected:
      "{directive} blocks {origin}, reached by a redirect from {from} ({count}×). Add {origin} to {lists} as well.{why}",
    websocket: "{directive} blocks {origin} ({count}×). An https:// entry does not cover it: add {origin} to {lists}.",
    "own-policy":
      "{directive} blocks {url} ({kinds}, {count}×), which the host's policy allows: a policy that the widget itself sets, in its HTML or at run time, refuses it. Allow {origin} there, or remove that policy.",
    local:
      "{directive} blocks {origin} ({kinds}, {count}×), an address of this machine or its network, which no user can reach. Use the deployed address; no entry helps.",
    insecure:
      "{directive} blocks {origin} ({kinds}, {count}×), which is not secure, and an entry for it is refused. Ask for it over https: or wss:, and declare that origin in {lists}.",
    host: "{directive} blocks {origin} ({kinds}, {count}×), and this host hands no such entry on: an entry for it in {lists} changes nothing. Do without it here.",
  },
  source: "docs/hosts.md#chatgpt-csp; docs/hosts.md#chatgpt-metadata",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run({ network, policy, document }, { profile }) {
    const blocked = network.filter(
      (attempt) =>
        attempt.outcome === "blocked-by-csp" && (isOwn(attempt) || attempt.list) && !isOfDevClient(attempt, network),
    );
    return failOrPass(
      groupBy(
        blocked,
        ({ origin, directive, list, blockClass }) => `${origin} ${directive} ${list} ${blockClass === "own-policy"}`,
      ).map((group) => findingFor(group, policy, profile, document.origin)),
    );
  },
});

const isOwn = ({ blockClass }: NetworkAttempt): boolean => blockClass === "own-policy";

/** The socket of a development server belongs in no declaration: `bundle/dev-client` tells of it. */
const isOfDevClient = ({ kind, url }: NetworkAttempt, network: readonly NetworkAttempt[]): boolean =>
  kind === "websocket" &&
  network.some((script) => script.kind === "script" && isDevSource(script.url) && hostOf(script.url) === hostOf(url));

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : "");

function findingFor(
  group: readonly [NetworkAttempt, ...NetworkAttempt[]],
  policy: PolicyEvidence,
  profile: HostProfile,
  self: string,
): RawFinding<Message> {
  const [first] = group;
  const obstacle = isOwn(first) ? ({ kind: "own-policy" } as const) : obstacleTo(first, policy, profile, self);
  const where = group.find((attempt) => attempt.where)?.where;
  return {
    messageId: messageFor(first, obstacle),
    data: {
      origin: first.origin,
      directive: first.directive,
      list: first.list ?? null,
      lists: first.list ? listNames(first.list) : null,
      kinds: kindsOf(group),
      count: total(group),
      url: first.url,
      from: first.redirectedFrom?.at(-1) ?? null,
      why: obstacle.kind === "missing" ? obstacle.why : "",
    },
    identity: ["origin", "directive", "list"],
    channel: channelOf(group.flatMap(({ channels }) => channels)),
    ...(where ? { where } : {}),
  };
}

function messageFor({ kind, redirectedFrom }: NetworkAttempt, obstacle: Obstacle): Message {
  if (obstacle.kind === "own-policy") return "own-policy";
  if (obstacle.kind === "no-entry") return obstacle.why;
  if (redirectedFrom?.length) return "redirected";
  return kind === "websocket" ? "websocket" : "undeclared";
}
