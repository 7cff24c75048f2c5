/** Whether the suggestion, enforced, was enough and not too much. */
import { listNames } from "../../host/csp/declaration.ts";
import type { CspDeclaration, CspList } from "../../host/profiles/types.ts";
import type { Evidence, NetworkAttempt } from "../model/evidence.ts";
import type { AllowlistResult } from "../model/result.ts";
import { insteadOf } from "./advice.ts";
import type { HostContext, Need } from "./collector.ts";
import { unusedEntries } from "./declared.ts";
import { hostOf, isTelling, needsOf, stubsOf } from "./needs.ts";
import { suggestedDeclaration } from "./suggest.ts";

export interface Verification {
  /** Null: the runs do not show it, for the reasons given. */
  readonly verified: boolean | null;
  readonly reasons: readonly string[];
}

/** What speaks against the suggestion, and what keeps it from being proven. */
interface Objections {
  readonly contradictions: readonly string[];
  readonly doubts: readonly string[];
}

const CUT_SHORT: ReadonlySet<string> = new Set(["crashed", "hung", "navigated-away"]);

/**
 * @param enforced evidence of the same scenarios, run with `suggestedDeclaration(result)` enforced
 */
export function verify(result: AllowlistResult, enforced: readonly Evidence[]): Verification {
  if (enforced.length === 0) return { verified: null, reasons: ["No run enforced the suggestion."] };
  const declaration = suggestedDeclaration(result);
  const needs = [...needsOf(enforced, null, { declaration, serverOrigin: null }).byOrigin.values()];
  const objections = [
    ...enforced.map(objectionsOf),
    { contradictions: [], doubts: scenariosLeftOut(result, enforced) },
    { contradictions: needs.flatMap(refusedByBrowser), doubts: [] },
    // What was not seen to be asked for was not seen at all.
    ...(enforced.every(isObserved) ? [unusedObjections(result, declaration, needs)] : []),
  ];
  const contradictions = objections.flatMap((one) => one.contradictions);
  const doubts = objections.flatMap((one) => one.doubts);
  return { verified: verdictOf(contradictions, doubts), reasons: [...new Set([...contradictions, ...doubts])] };
}

const isObserved = ({ artifacts: { network, document } }: Evidence): boolean =>
  network.status === "ok" && document.status === "ok";

function verdictOf(contradictions: readonly string[], doubts: readonly string[]): boolean | null {
  if (contradictions.length > 0) return false;
  return doubts.length > 0 ? null : true;
}

function objectionsOf(evidence: Evidence): Objections {
  const { network } = evidence.artifacts;
  const { scenario } = evidence;
  if (network.status === "failed")
    return {
      contradictions: [],
      doubts: [
        `Scenario ${scenario}: the network could not be observed (${network.error.message}).`,
        ...doubtsOf(evidence),
      ],
    };
  const stubbed = stubsOf(network.value, evidence.profile).find(isTelling);
  return {
    contradictions: blockedLines(network.value, scenario, hostOf(evidence)),
    doubts: [
      ...(stubbed === undefined
        ? []
        : [
            `Scenario ${scenario}: ${stubbed.url} got a stub of ours, since the network is off. What the widget asks for once it has the real answer was not seen: give mocks, or run with --network live.`,
          ]),
      ...doubtsOf(evidence),
    ],
  };
}

/** A run that did not reach its end may have missed something. */
function doubtsOf({ scenario, artifacts: { document } }: Evidence): string[] {
  if (document.status === "failed") return [`Scenario ${scenario}: ${document.error.message}.`];
  const { observed, ended } = document.value;
  if (observed === false) return [`Scenario ${scenario}: nothing was observed (${ended}).`];
  return CUT_SHORT.has(ended)
    ? [`Scenario ${scenario} ended as "${ended}": what it would have asked for later is not known.`]
    : [];
}

const scenariosLeftOut = ({ scenarios = [] }: AllowlistResult, enforced: readonly Evidence[]): string[] =>
  scenarios
    .filter((scenario) => !enforced.some((evidence) => evidence.scenario === scenario))
    .map((scenario) => `Scenario ${scenario} was observed and not run again.`);

/** What the browser refuses by itself is in no policy's report. */
const refusedByBrowser = ({ origin, refusals }: Need): string[] =>
  refusals
    .filter(({ directive }) => directive === null)
    .map((refusal) => `The browser refuses ${origin} (${refusal.kind}). ${insteadOf(refusal)}`);

function blockedLines(network: readonly NetworkAttempt[], scenario: string, host: HostContext): string[] {
  return network
    .filter(({ outcome }) => outcome === "blocked-by-csp")
    .map(({ list, directive, origin, kind, url }) =>
      list
        ? `Scenario ${scenario}: ${directive} still blocks ${origin}; it belongs in ${listNames(list)}.`
        : `Scenario ${scenario}: ${directive} blocks ${origin} (${kind}). ${insteadOf({ ...host, kind, directive, url })}`,
    );
}

function unusedObjections(result: AllowlistResult, declaration: CspDeclaration, needs: readonly Need[]): Objections {
  const unused = unusedEntries(declaration, needs)
    // Redirect and base entries make no request, so no run can show them to be idle.
    .filter(({ list }) => list !== "redirect" && list !== "base")
    .filter(({ entry, list }) => !isFontAlone(result, entry, list))
    .map(({ entry, list }) => ({
      text: `${entry} in ${listNames(list)} was not asked for.`,
      wasUnused: wasUnused(result, entry, list),
    }));
  return {
    contradictions: unused.filter((one) => !one.wasUnused).map(({ text }) => text),
    // Declared, and shown by no scenario: neither needed nor refuted.
    doubts: unused.filter((one) => one.wasUnused).map(({ text }) => `${text} It is kept as declared.`),
  };
}

/** Chromium reports an undeclared `@font-face` as soon as it reads it, and fetches a declared one only when text uses it. */
const isFontAlone = ({ origins }: AllowlistResult, entry: string, list: CspList): boolean =>
  list === "resource" &&
  origins.some(({ origin, seen }) => origin === entry && seen.length > 0 && seen.every(({ kind }) => kind === "font"));

/** Kept though nothing asked for it in the observing runs either. */
const wasUnused = ({ declared, origins }: AllowlistResult, entry: string, list: CspList): boolean =>
  declared?.[list].includes(entry) === true &&
  !origins.some(
    (row) => row.origin === entry.replace(/(?<!\/)\/+$/, "") && row.lists.includes(list) && row.seen.length > 0,
  );
