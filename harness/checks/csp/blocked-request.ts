import { listNames } from "../../../host/csp/declaration.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS, type RawFinding } from "../define-check.ts";
import type { NetworkAttempt } from "../../model/evidence.ts";
import { channelOf, groupBy, kindsOf, total } from "../shared/evidence.ts";

type Message = "undeclared" | "redirected" | "websocket";

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
  },
  source: "docs/hosts.md#chatgpt-csp; docs/hosts.md#chatgpt-metadata",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run({ network }) {
    const blocked = network.filter((attempt) => attempt.outcome === "blocked-by-csp" && attempt.list);
    return failOrPass(
      groupBy(blocked, ({ origin, directive, list }) => `${origin} ${directive} ${list}`).flatMap(findingFor),
    );
  },
});

function findingFor(group: NetworkAttempt[]): RawFinding<Message>[] {
  const first = group[0];
  if (!first?.list) return [];
  const from = first.redirectedFrom?.at(-1);
  const direct: Message = first.kind === "websocket" ? "websocket" : "undeclared";
  const where = group.find((attempt) => attempt.where)?.where;
  return [
    {
      messageId: from ? "redirected" : direct,
      data: {
        origin: first.origin,
        directive: first.directive,
        list: first.list,
        lists: listNames(first.list),
        kinds: kindsOf(group),
        count: total(group),
        url: first.url,
        from: from ?? null,
      },
      identity: ["origin", "directive", "list"],
      channel: channelOf(group.flatMap(({ channels }) => channels)),
      ...(where ? { where } : {}),
    },
  ];
}
