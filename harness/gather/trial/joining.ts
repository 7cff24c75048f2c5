/** What was seen of one opening, joined to evidence. */
import type { Laps } from "../../lib/laps.ts";
import { messageOf } from "../../model/errors.ts";
import type { BundleEvidence, Evidence, Gathered } from "../../model/evidence.ts";
import type { JoinContext } from "../../model/join-context.ts";
import { sourceName, type SecondResult } from "../../model/widget.ts";
import type { Answerer } from "../network/answers.ts";
import type { ArrivedCode } from "../network/arrived-code.ts";
import type { Job, Rendering } from "../types.ts";
import { blobScriptsOf, withArrivedCode } from "./code.ts";
import type { Collectors } from "./collect.ts";
import type { joiner } from "./joiner.ts";
import type { RenderContext } from "./opening.ts";
import type { JobPlan } from "./plan.ts";

export type Seen = Collectors & { readonly answerer: Answerer };

export interface ToJoin {
  readonly job: Job;
  readonly plan: JobPlan;
  readonly seen: Seen;
  readonly reading: Promise<Gathered<BundleEvidence>>;
  readonly joining: ReturnType<typeof joiner>;
  readonly laps: Laps;
  /** `performance.now()`. */
  readonly startedAt: number;
  /** With other trials. */
  readonly compared: boolean;
  /** Results that were given once it stood. Default none. */
  readonly delivered?: readonly SecondResult[];
}

/** The widget's text, which does not change: it is read while the browser works. */
export const readingOf = (context: Pick<RenderContext, "readBundle">): Promise<Gathered<BundleEvidence>> =>
  context.readBundle().then(
    (value) => ({ status: "ok", value }) as const,
    (error: unknown) => ({ status: "failed", error: { code: "BUNDLE", message: messageOf(error) } }) as const,
  );

export async function joinSeen(
  context: Pick<RenderContext, "browser" | "readCode" | "hiding">,
  { job, plan, seen, reading, joining, laps, startedAt, compared, delivered = [] }: ToJoin,
): Promise<Rendering> {
  const { widget, scenario } = job;
  const document = { name: sourceName(widget), html: widget.html, sourceMaps: Object.values(widget.sourceMaps ?? {}) };
  const arrived = [...seen.responder.code.texts, ...blobScriptsOf(seen.log)];
  const reader = { readCode: (code: ArrivedCode) => context.readCode(code), answerer: seen.answerer };
  const joinContext: JoinContext = {
    document,
    sandbox: { origin: plan.frame.outerOrigin, url: plan.frame.outerUrl },
    profile: job.profile,
    policy: context.hiding.every(plan.policy),
    observe: job.mode === "observe",
    ...context.hiding.every(await withArrivedCode(await reading, arrived, reader)),
  };
  laps.mark("bundle");
  const { collect, scannablesOf, seal, sealedSource, evidenceOf, entryIn } = await joining;
  const collected = collect(seen, { document, frame: plan.frame, scenario, cuts: plan.cuts, compared });
  const { lacks } = context.browser;
  const raw = seal(
    lacks && lacks.length > 0 ? { ...collected, document: { ...collected.document, browserLacks: lacks } } : collected,
    scannablesOf(seen, widget, scenario, delivered),
    joinContext,
    context.hiding,
  );
  const artifacts = evidenceOf(raw, joinContext);
  laps.mark("join");
  const evidence: Evidence = {
    schemaVersion: 1,
    widget: widget.name,
    source: context.hiding.every(sealedSource(widget.source)),
    profile: job.profile.id,
    scenario: scenario.name,
    browser: { name: context.browser.name, version: context.browser.version },
    durationMs: Math.round(performance.now() - startedAt),
    phases: laps.phases,
    ...entryIn(raw, joinContext),
    artifacts,
  };
  const { keptState } = seen.bridge;
  return { evidence, raw, context: joinContext, ...(keptState === undefined ? {} : { keptState }) };
}
