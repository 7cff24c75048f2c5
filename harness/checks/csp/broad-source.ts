import { listNames } from "../../../host/csp/declaration.ts";
import { parse } from "tldts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { listFor } from "../../../host/csp/policy.ts";
import type { CspDeclaration, CspList, HostProfile } from "../../../host/profiles/types.ts";
import type { NetworkAttempt } from "../../model/evidence.ts";
import { defineCheck, failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import { exactEntryFor, isNarrowed, OPEN_HOSTS } from "../shared/open-hosts.ts";

type Message = "scheme" | "public-suffix" | "shared-hosting" | "wildcard" | "open-cdn";

export default defineCheck({
  id: "csp/broad-source",
  title: "Declared entries name exact origins",
  severity: "warning",
  isAboutDeclaration: true,
  needs: ["policy", "network"],
  messages: {
    scheme: "{entry} in {lists} covers every host there is. Declare the exact origins.",
    "public-suffix":
      "{entry} in {lists} covers every name under {suffix}, which anybody can register. Declare the exact origins.",
    "shared-hosting": "{entry} in {lists} covers every customer of {suffix}. Declare your own origin there.",
    wildcard: "{entry} in {lists} covers every subdomain of {suffix}. Declare the exact origins{known}.{contested}",
    "open-cdn":
      "{entry} in {lists} serves {what}, so anybody can put files there. Narrow it by path, or serve the file from your own origin.",
  },
  reasons: {
    "not-asked": "this host asks for no exact declaration",
  },
  source:
    'developers.openai.com/plugins: app-review, "exact domains", 2026-09; openai-apps-sdk-examples #80; claude-ai-mcp #375',
  run: ({ policy, network }, { profile }) =>
    profile.declarationRequired.value
      ? failOrPass(broadEntries(policy.declared, network, isContested(profile)))
      : inapplicable("not-asked"),
});

const isContested = ({ assumptions, entryFilter }: HostProfile): boolean =>
  entryFilter.value === "literal" && assumptions.some(({ name }) => name === "wildcards");

const CONTESTED =
  " One report of a published app says that ChatGPT drops such entries, another that they are kept: --assume wildcards=dropped shows the widget without them.";

/** Most origins that a finding names. */
const MOST_NAMED = 5;

function broadEntries(
  declared: CspDeclaration,
  network: readonly NetworkAttempt[],
  contested: boolean,
): RawFinding<Message>[] {
  const lists = ["connect", "resource", "frame", "redirect"] as const satisfies readonly CspList[];
  return lists.flatMap((list) =>
    declared[list].flatMap((entry) => {
      const broad = breadthOf(entry, list);
      return broad
        ? [
            {
              messageId: broad.messageId,
              severity: broad.severity,
              data: {
                entry,
                list,
                lists: listNames(list),
                suffix: broad.detail,
                what: broad.detail,
                known: knownOf(reachedThrough(entry, list, declared[list], network)),
                contested: contested && broad.messageId === "wildcard" ? CONTESTED : "",
              },
              identity: ["entry", "list"],
              channel: "static",
            },
          ]
        : [];
    }),
  );
}

function knownOf(origins: readonly string[]): string {
  if (origins.length === 0) return ", if they are known";
  const more = origins.length > MOST_NAMED ? ` and ${origins.length - MOST_NAMED} more` : "";
  return `: this run reached ${origins.slice(0, MOST_NAMED).join(", ")}${more} through it alone`;
}

/** Exact entries for what this entry covers and no other entry of its list does. */
function reachedThrough(
  entry: string,
  list: CspList,
  entries: readonly string[],
  network: readonly NetworkAttempt[],
): string[] {
  if (!entry.includes("*")) return [];
  const others = entries.filter((other) => other !== entry);
  const covers = (sources: readonly string[], url: string) =>
    matchSourceList(sources, url, { self: "https://sandbox.invalid", redirected: true }).allowed;
  const reached = network.filter(
    ({ url, directive }) =>
      directive !== null && listFor(directive) === list && covers([entry], url) && !covers(others, url),
  );
  return [...new Set(reached.map(exactEntryFor))];
}

interface Breadth {
  readonly messageId: Message;
  readonly severity: "error" | "warning" | "info";
  readonly detail: string;
}

/** How far an entry reaches beyond one origin; null when it does not. A bare `*` is told by `csp/declaration`. */
function breadthOf(entry: string, list: CspList): Breadth | null {
  const scheme = /^([a-z][a-z0-9+.-]*):$/i.exec(entry)?.[1]?.toLowerCase();
  // data: and blob: name no host; that other hosts strip them is a matter of portability.
  if (scheme)
    return { messageId: "scheme", severity: /^(https?|wss?)$/.test(scheme) ? "error" : "info", detail: scheme };
  return breadthOfHost(entry, list);
}

function breadthOfHost(entry: string, list: CspList): Breadth | null {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(\*\.)?([^/:?#]+)(?::[\d*]+)?(\/[^?#]*)?/i.exec(entry);
  if (!match) return null;
  const [, wildcard, name = "", path = ""] = match;
  const host = name.toLowerCase();
  const { domain, publicSuffix, isPrivate, isIcann, isIp } = parse(host, { allowPrivateDomains: true });
  if (isIp) return null;
  const isSuffix = domain === null && (isPrivate || isIcann);
  if (wildcard && isSuffix)
    return {
      messageId: isPrivate ? "shared-hosting" : "public-suffix",
      severity: "error",
      detail: publicSuffix ?? host,
    };
  const what = list === "redirect" ? undefined : OPEN_HOSTS.get(host);
  if (what && !isNarrowed(path)) return { messageId: "open-cdn", severity: "warning", detail: what };
  return wildcard ? { messageId: "wildcard", severity: "warning", detail: host } : null;
}
