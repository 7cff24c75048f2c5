import { matchSourceList } from "../../../host/matching.ts";
import { listFor } from "../../../host/policy.ts";
import type { CspList } from "../../../host/profiles/types.ts";
import { defineCheck, failOrPass } from "../../define-check.ts";
import type { BundleEvidence, NetworkAttempt } from "../../evidence.ts";
import { listNames } from "../shared.ts";

/** Redirect and base entries make no request: whether they are used cannot be seen. */
const OBSERVABLE = ["connect", "resource", "frame"] as const satisfies readonly CspList[];

/** One scenario does not prove that an entry is idle, so the text has a say too. */
export default defineCheck({
  id: "csp/unused-domain",
  title: "Every declared domain is used",
  severity: "warning",
  needs: ["policy", "network", "bundle", "document"],
  messages: { unused: "{entry} in {lists} was not asked for, and the widget's text does not name it. Remove it, or add the scenario that needs it." },
  source: "developers.openai.com/plugins: app-review, \"exact domains the component fetches from\", 2026-09",
  run({ policy, network, bundle, document }, { profile, scenario }) {
    if (!profile.declarationRequired.value) return { outcome: "inapplicable", reason: "this host asks for no exact declaration" };
    if (document.observed === false || document.ended !== "settled") return { outcome: "inapplicable", reason: `the run ended as "${document.ended}": later requests were not seen` };
    const unused = OBSERVABLE.flatMap((list) => policy.declared[list].filter((entry) => !isAsked(entry, list, network, document.origin) && !isNamed(entry, bundle)).map((entry) => ({ entry, list })));
    return failOrPass(unused.map(({ entry, list }) => ({ messageId: "unused", data: { entry, list, lists: listNames(list), scenario }, identity: ["entry", "list"], channel: "network" })));
  },
});

function isAsked(entry: string, list: CspList, network: readonly NetworkAttempt[], self: string): boolean {
  return network.some((attempt) => attempt.directive !== null && listFor(attempt.directive) === list && [attempt.url, ...(attempt.redirectedFrom ?? [])].some((url) => matchSourceList([entry], url, { self, redirected: true }).allowed));
}

/** The origin, or for a wildcard the end of the host, stands in the text. */
function isNamed(entry: string, { urls, files }: BundleEvidence): boolean {
  // What could not be parsed may name anything.
  if (files.some((file) => !file.parsed)) return true;
  const host = /^(?:[a-z]+:\/\/)?(?:\*\.)?([^/:]+)/i.exec(entry)?.[1]?.toLowerCase() ?? entry;
  const end = new RegExp(`(^|[./}…])${host.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=[/:…?#]|$)`, "i");
  return urls.some(({ url }) => end.test(url));
}
