import { listNames } from "../../../host/csp/declaration.ts";
import { directiveOfKind } from "../../../host/csp/kinds.ts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources, innerPolicy } from "../../../host/csp/policy.ts";
import { defineCheck, failOrPass, inapplicable, review, type RawFinding } from "../define-check.ts";
import type { PolicyEvidence, StaticUrl, StaticUse } from "../../model/evidence.ts";
import { isDataRequest, isOnlyCounted, isUnreached, placeNameOf, unseenRequests } from "../shared/reach.ts";
import { inOtherTrials } from "../shared/trials.ts";
import { obstacleTo } from "../shared/tried.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";

export default defineCheck({
  id: "csp/unseen-request",
  title: "Code that no scenario reached asks for declared origins",
  severity: "error",
  needs: ["bundle", "network", "policy", "document", "trials"],
  messages: {
    local:
      "The code asks for {url} ({kind}), which this run did not reach: an address of this machine or its network, which no user can reach. Use the deployed address; no entry helps.",
    host: "The code asks for {url} ({kind}), which this run did not reach, and {directive} would block it; this host hands no such entry on. Do without it here.",
    data: "The code asks for a data: address ({kind}), which this run did not reach, and {directive} would block it. Use a declared origin, or the bytes themselves.",
    unseen:
      "The code asks for {url} ({kind}), which this run did not reach, and {directive} would block it. Add {origin} to {lists}, or add a scenario whose steps reach it.",
  },
  reasons: {
    "no-policy": "this host has no policy inside the widget",
    "timers-pending":
      "{timers} timer(s) of workers were too long to wait for, and the code asks for {url}, which the policy would block",
    "in-bundle":
      "bundled code, of which it is not known whether it is the widget's own, asks for {url}, which this run did not reach and the policy would block: declare {origin}, or add a scenario whose steps reach it",
    computed:
      "{place} asks for an address that only run time knows ({code}), and this run did not reach it: whether the policy allows it is not known. Add a scenario whose steps reach it",
  },
  source: "docs/hosts.md#chatgpt-csp; what could not be observed is not passed",
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ bundle, network: own, policy, document, trials }, { profile }) {
    const network = [...own, ...inOtherTrials(trials, "network")];
    const inner = innerPolicy(policy.effective)?.value;
    if (inner === undefined) return inapplicable("no-policy");
    const unseen = unseenRequests({ bundle, network: own, trials }, inner, document.origin).filter(
      (found) => !isOnlyCounted(found),
    );
    const [first] = unseen;
    // A timer that had not fired may be what asks for it: then nothing is decided.
    if (first && (document.pendingTimers ?? 0) > 0)
      return review("timers-pending", { timers: document.pendingTimers ?? 0, url: first.url });
    const findings = unseen.map((found) => findingOf(found, messageFor(found, policy, profile, document.origin)));
    if (unseen.some(({ provenance }) => provenance === undefined)) return failOrPass(findings);
    const bundled = unseen.find(({ provenance }) => provenance === "bundle");
    if (bundled) return { ...review("in-bundle", { url: bundled.url, origin: bundled.origin }), findings };
    const computed = bundle.uses.find(
      (use) => ASKING.has(use.kind) && isUnreached(use, network) && !isAllowedAnywhere(use, inner, document.origin),
    );
    if (computed) return { ...review("computed", { place: placeNameOf(computed), code: computed.detail }), findings };
    return failOrPass(findings);
  },
});

/** Of an address whose host only run time knows: whatever stands there, the policy lets it through, as `*.tiles.example` does. */
function isAllowedAnywhere({ url, kind }: StaticUse, inner: string, self: string): boolean {
  const directive = kind === undefined ? null : directiveOfKind(kind);
  const sources = directive === null ? null : directiveSources(inner, directive);
  const address = url?.replaceAll("…", "x") ?? "";
  return sources !== null && URL.canParse(address) && matchSourceList(sources, address, { self }).allowed;
}

type Message = "unseen" | "data" | "local" | "host";

function messageFor(found: StaticUrl, policy: PolicyEvidence, profile: HostProfile, self: string): Message {
  if (isDataRequest(found)) return "data";
  const { url, origin, kind, list } = found;
  const request = { url, origin: origin ?? url, directive: directiveOfKind(kind), list: list ?? null };
  const obstacle = obstacleTo(request, policy, profile, self);
  if (obstacle.kind !== "no-entry") return "unseen";
  return obstacle.why === "local" ? "local" : "host";
}

/** A package carries code that nobody calls; of a bundle it is not known. */
const findingOf = (found: StaticUrl, messageId: Message): RawFinding<Message> => ({
  messageId,
  ...(found.provenance === undefined ? {} : { severity: "warning" as const }),
  channel: "static",
  where: found.where,
  identity: ["origin", "kind"],
  data: {
    url: found.url,
    origin: found.origin,
    kind: found.kind,
    directive: directiveOfKind(found.kind),
    lists: found.list ? listNames(found.list) : null,
  },
});

/** Kinds that ask a server, or show a page: what is missing then is what the widget is for. */
const ASKING: ReadonlySet<StaticUse["kind"]> = new Set([
  ...(["fetch", "xhr", "websocket", "eventsource", "webtransport", "beacon", "frame"] as const),
]);
