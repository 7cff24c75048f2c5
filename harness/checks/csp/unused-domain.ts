import { listNames } from "../../../host/csp/declaration.ts";
import { directiveOfKind } from "../../../host/csp/kinds.ts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { keptAs, listFor } from "../../../host/csp/policy.ts";
import type { CspList } from "../../../host/profiles/types.ts";
import { defineCheck, failOrPass, inapplicable, review } from "../define-check.ts";
import type { BundleEvidence, DeclarationProblemCode, NetworkAttempt, RequestKind } from "../../model/evidence.ts";
import { RECORD_COMMAND, tellingStubs } from "../shared/evidence.ts";
import { isUnreached, placeNameOf } from "../shared/reach.ts";
import { inOtherTrials } from "../shared/trials.ts";

/** Redirect and base entries make no request: whether they are used cannot be seen. */
const OBSERVABLE = ["connect", "resource", "frame"] as const satisfies readonly CspList[];

/** Entries that allow nothing, or not what they say: `csp/declaration` tells what to write instead. */
const UNUSABLE: ReadonlySet<DeclarationProblemCode> = new Set([
  "invalid-source",
  "whitespace",
  "bare-host",
  "localhost",
]);

/** One scenario does not prove that an entry is idle, so the text has a say too. */
export default defineCheck({
  id: "csp/unused-domain",
  title: "Every declared domain is used",
  severity: "warning",
  isAboutDeclaration: true,
  needs: ["policy", "network", "bundle", "document", "props", "trials"],
  messages: {
    unused:
      "{entry} in {lists} was not asked for, and neither the widget's text nor what it is given names it. Remove it, or add the scenario that needs it.",
    unshown:
      "{entry} in {lists} was not asked for in this run, in which {stub} got a neutral stub: the real answer may lead to it. Give mocks, or record it, before you remove the entry.",
    unreached:
      "{entry} in {lists} was not asked for. {place} asks for an address that only run time knows, and was not seen to ask in this run: add a scenario that reaches it before you remove the entry.",
    "bad-css":
      "{entry} in {lists} was not asked for. {rule} in a style sheet does not parse and asks for nothing: mend it before you judge the entry.",
    font: "{entry} in {lists} was not asked for. {stylesheet} was loaded and may name it for a font, which browsers check at once and fetch only when text uses it: keep the entry if so.",
  },
  reasons: {
    "not-asked": "this host asks for no exact declaration",
    "ended-early": 'the run ended as "{ended}": later requests were not seen',
    "script-stubbed": `{url} got an empty answer and did not run, so {entry} is not shown to be idle: ${RECORD_COMMAND}`,
  },
  source: 'developers.openai.com/plugins: app-review, "exact domains the component fetches from", 2026-09',
  leavesOpen: true,
  run({ policy, network: own, bundle, document, props, trials }, { profile, scenario }) {
    const network = [...own, ...inOtherTrials(trials, "network")];
    if (!profile.declarationRequired.value) return inapplicable("not-asked");
    if (document.observed === false || document.ended !== "settled")
      return inapplicable("ended-early", { ended: document.ended });
    const unused = OBSERVABLE.flatMap((list) =>
      policy.declared[list]
        .filter(
          (entry) =>
            !policy.problems.some((problem) => problem.entry === entry && UNUSABLE.has(problem.code)) &&
            !isAsked([entry, ...keptAs(profile.entryFilter.value, entry, list)], list, network, document.origin) &&
            !isNamed(entry, bundle) &&
            !isGiven(entry, props.named, document.origin),
        )
        .map((entry) => ({ entry, list })),
    );
    const stubs = tellingStubs(network);
    const script = stubs.find(({ kind }) => kind === "script");
    if (script && unused.length > 0)
      return review("script-stubbed", { url: script.url, entry: unused[0]?.entry ?? null });
    return failOrPass(
      unused.map(({ entry, list }) => {
        const data = { entry, list, lists: listNames(list), scenario };
        const computed = bundle.uses.find(
          (use) => use.kind !== undefined && listOfKind(use.kind) === list && isUnreached(use, network),
        );
        if (computed)
          return {
            messageId: "unreached" as const,
            data: { ...data, place: placeNameOf(computed) },
            identity: ["entry", "list"],
            channel: "static" as const,
            where: computed.where,
            severity: "info" as const,
          };
        const rule = bundle.uses.find(({ what }) => what === "bad-css-url");
        if (rule && list === "resource")
          return {
            messageId: "bad-css" as const,
            data: { ...data, rule: rule.detail },
            identity: ["entry", "list"],
            channel: "static" as const,
            where: rule.where,
            severity: "info" as const,
          };
        const sheet =
          list === "resource"
            ? network.find(({ kind, outcome }) => kind === "stylesheet" && outcome === "allowed")
            : undefined;
        if (sheet && !stubs[0])
          return {
            messageId: "font" as const,
            data: { ...data, stylesheet: sheet.url },
            identity: ["entry", "list"],
            channel: "network" as const,
            severity: "info" as const,
          };
        return stubs[0]
          ? {
              messageId: "unshown" as const,
              data: { ...data, stub: stubs[0].origin },
              identity: ["entry", "list"],
              channel: "network" as const,
              severity: "info" as const,
            }
          : { messageId: "unused" as const, data, identity: ["entry", "list"], channel: "network" as const };
      }),
    );
  },
});

function listOfKind(kind: RequestKind): CspList | null {
  const directive = directiveOfKind(kind);
  return directive === null ? null : listFor(directive);
}

/** @param forms the entry, and what the host makes of it */
function isAsked(forms: readonly string[], list: CspList, network: readonly NetworkAttempt[], self: string): boolean {
  return network.some(
    (attempt) =>
      attempt.directive !== null &&
      listFor(attempt.directive) === list &&
      [attempt.url, ...(attempt.redirectedFrom ?? [])].some(
        (url) => matchSourceList(forms, url, { self, redirected: true }).allowed,
      ),
  );
}

/** What the widget is given names an address that the entry covers. */
const isGiven = (entry: string, named: readonly string[] = [], self: string): boolean =>
  named.some((origin) => matchSourceList([entry], `${origin}/`, { self, redirected: true }).allowed);

/** The origin, or for a wildcard the end of the host, stands in the text. */
function isNamed(entry: string, { urls, uses, files }: BundleEvidence): boolean {
  // What could not be parsed may name anything.
  if (files.some((file) => !file.parsed)) return true;
  const host = /^(?:[a-z]+:\/\/)?(?:\*\.)?([^/:]+)/i.exec(entry)?.[1]?.toLowerCase() ?? entry;
  const end = new RegExp(`(^|[./}…])${host.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=[/:…?#]|$)`, "i");
  return (
    urls.some(({ url }) => end.test(url)) || uses.some(({ what, detail }) => what === "base-href" && end.test(detail))
  );
}
