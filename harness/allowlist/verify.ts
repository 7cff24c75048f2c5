/** Whether the suggestion, enforced, was enough and not too much. */
import type { CspDeclaration, CspList } from "../../host/profiles/types.ts";
import type { Evidence, NetworkAttempt } from "../model/evidence.ts";
import type { AllowlistResult } from "../model/result.ts";
import { insteadOf, listNames } from "./advice.ts";
import { unusedEntries } from "./declared.ts";
import { needsOf, stubbedScripts, type Need } from "./needs.ts";
import { suggestedDeclaration } from "./suggest.ts";

export interface Verification {
  /** Null: the runs do not tell, for the reasons given. */
  readonly verified: boolean | null;
  readonly reasons: readonly string[];
}

const CUT_SHORT: ReadonlySet<string> = new Set(["crashed", "hung", "navigated-away"]);

/**
 * @param enforced evidence of the same scenarios, run with `suggestedDeclaration(result)` enforced
 */
export function verify(result: AllowlistResult, enforced: readonly Evidence[]): Verification {
  const against: string[] = [];
  const untold: string[] = [];
  if (enforced.length === 0) return { verified: null, reasons: ["No run enforced the suggestion."] };
  for (const evidence of enforced) {
    const { network, document } = evidence.artifacts;
    if (network.status === "failed")
      untold.push(`Scenario ${evidence.scenario}: the network could not be observed (${network.error.message}).`);
    else {
      against.push(...blockedLines(network.value, evidence.scenario));
      untold.push(
        ...stubbedScripts(network.value)
          .slice(0, 1)
          .map(
            (url) =>
              `Scenario ${evidence.scenario}: ${url} got an empty answer, since the network is off. What it would ask for was not seen: give mocks, or run with --network live.`,
          ),
      );
    }
    if (document.status === "failed") untold.push(`Scenario ${evidence.scenario}: ${document.error.message}.`);
    else if (document.value.observed === false)
      untold.push(`Scenario ${evidence.scenario}: nothing was observed (${document.value.ended}).`);
    else if (CUT_SHORT.has(document.value.ended))
      untold.push(
        `Scenario ${evidence.scenario} ended as "${document.value.ended}": what it would have asked for later is not known.`,
      );
  }
  for (const scenario of result.scenarios ?? [])
    if (!enforced.some((evidence) => evidence.scenario === scenario))
      untold.push(`Scenario ${scenario} was observed and not run again.`);
  const declaration = suggestedDeclaration(result);
  const needs = [...needsOf(enforced, null, { declaration, serverOrigin: null }).byOrigin.values()];
  // What the browser refuses by itself is in no policy's report.
  for (const { origin, refusals } of needs)
    against.push(
      ...refusals
        .filter(({ directive }) => directive === null)
        .map((refusal) => `The browser refuses ${origin} (${refusal.kind}). ${insteadOf(refusal)}`),
    );
  for (const { entry, list } of unusedOf(declaration, needs)) {
    if (isFontAlone(result, entry, list)) continue;
    const line = `${entry} in ${listNames(list)} was not asked for.`;
    // Declared, and shown by no scenario: neither needed nor refuted.
    if (wasIdle(result, entry, list)) untold.push(`${line} It is kept as declared.`);
    else against.push(line);
  }
  const reasons = [...new Set([...against, ...untold])];
  return { verified: against.length > 0 ? false : untold.length > 0 ? null : true, reasons };
}

/** Chromium reports an undeclared `@font-face` as soon as it reads it, and fetches a declared one only when text uses it. */
const isFontAlone = ({ origins }: AllowlistResult, entry: string, list: CspList): boolean =>
  list === "resource" &&
  origins.some(({ origin, seen }) => origin === entry && seen.length > 0 && seen.every(({ kind }) => kind === "font"));

/** Kept though nothing asked for it in the observing runs either. */
const wasIdle = ({ declared, origins }: AllowlistResult, entry: string, list: CspList): boolean =>
  declared?.[list].includes(entry) === true &&
  !origins.some((row) => row.origin === entry.replace(/\/+$/, "") && row.lists.includes(list) && row.seen.length > 0);

function blockedLines(network: readonly NetworkAttempt[], scenario: string): string[] {
  return network
    .filter(({ outcome }) => outcome === "blocked-by-csp")
    .map((attempt) =>
      attempt.list
        ? `Scenario ${scenario}: ${attempt.directive} still blocks ${attempt.origin}; it belongs in ${listNames(attempt.list)}.`
        : `Scenario ${scenario}: ${attempt.directive} blocks ${attempt.origin} (${attempt.kind}). ${insteadOf(attempt)}`,
    );
}

/** Redirect and base entries make no request, so no run can show them to be idle. */
function unusedOf(
  declaration: CspDeclaration,
  needs: readonly Need[],
): { readonly entry: string; readonly list: CspList }[] {
  return unusedEntries(declaration, needs).filter(({ list }) => list !== "redirect" && list !== "base");
}
