/** The allow-list as `check` can tell it: what its own, enforced runs asked for. `sandglass allowlist` proves it. */
import { allowlistOf } from "../allowlist/index.ts";
import { trialEvidence } from "../judge/trials.ts";
import type { Evidence } from "../model/evidence.ts";
import type { AllowlistResult } from "../model/result.ts";

const ENFORCED =
  "Read off runs under the policy: what a blocked request would have led to was not seen. `sandglass allowlist` observes and proves.";

/** One per widget, from the runs under its first host; none for a widget whose policy was not observed. */
export async function allowlistsOf(evidence: readonly Evidence[]): Promise<AllowlistResult[]> {
  const widgets = new Map<string, [Evidence, ...Evidence[]]>();
  for (const one of evidence) {
    const key = JSON.stringify([one.widget, one.source]);
    const known = widgets.get(key);
    if (!known) widgets.set(key, [one]);
    else if (known[0].profile === one.profile) known.push(one);
  }
  const results: AllowlistResult[] = [];
  for (const observed of widgets.values()) {
    const {
      source,
      widget,
      artifacts: { policy },
    } = observed[0];
    if (policy.status !== "ok") continue;
    const serverOrigin =
      source.kind === "mcp" && /^https?:\/\//i.test(source.server) ? new URL(source.server).origin : null;
    const result = await allowlistOf({
      widget: { name: widget, declaration: policy.value.declared, serverOrigin },
      observed: observed.flatMap((one) => [one, ...onlyInTrials(one)]),
    });
    results.push({ ...result, notes: [...(result.notes ?? []), ENFORCED] });
  }
  return results;
}

/** What the other trials of a run asked for, and the main one did not. */
function onlyInTrials(one: Evidence): Evidence[] {
  const { network } = one.artifacts;
  const known = new Set(network.status === "ok" ? network.value.map(({ origin }) => origin) : []);
  return trialEvidence(one).flatMap(({ trial, evidence }) => {
    const asked = evidence.artifacts.network;
    const more = asked.status === "ok" ? asked.value.filter(({ origin }) => !known.has(origin)) : [];
    if (more.length === 0) return [];
    const artifacts = { ...evidence.artifacts, network: { status: "ok", value: more } as const };
    return [{ ...evidence, scenario: `${one.scenario}, ${trial}`, artifacts }];
  });
}
