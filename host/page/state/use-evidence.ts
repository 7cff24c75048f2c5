/** Live evidence, judged: made anew as the log grows, at most a few times a second. */
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { judge } from "../../../harness/judge/judge.ts";
import type { Evidence, Gathered } from "../../../harness/model/evidence.ts";
import type { AllowlistResult, WidgetRun } from "../../../harness/model/result.ts";
import type { Judging, SourceReading, WidgetView } from "../../server/types.ts";
import { api, RequestFailed } from "../api.ts";
import { Inspector } from "../evidence/inspector.ts";
import { liveEvidence, wantedFor, type LiveInput } from "../evidence/evidence.ts";
import type { LiveSnapshot } from "./live-log.ts";

/** Rest between two looks, milliseconds. */
const REST_MS = 120;

export interface Judged {
  readonly evidence: Evidence | null;
  readonly run: WidgetRun | null;
}

export function useEvidence(
  live: LiveSnapshot,
  widget: WidgetView,
  profile: string,
  scenario: { readonly name: string; readonly inventedArguments?: boolean },
  judging: Judging,
): Judged {
  const source = useSource(widget);
  const inspector = useMemo(() => new Inspector(), []);
  const [evidence, setEvidence] = useState<Evidence | null>(null);
  const input: LiveInput = {
    live,
    widget,
    profile,
    scenario: scenario.name,
    inventedArguments: scenario.inventedArguments ?? false,
    source,
    inspector,
  };
  const latest = useEffectEvent(() => input);
  const pump = useRef({ scheduled: false, busy: false });
  const stageId = live.stage?.id ?? 0;

  useEffect(() => {
    const state = pump.current;
    const schedule = () => {
      if (state.scheduled || state.busy) return;
      state.scheduled = true;
      setTimeout(() => void look(), REST_MS);
    };
    const look = async (): Promise<void> => {
      state.scheduled = false;
      const now = latest();
      const { stage } = now.live;
      if (!stage) return;
      state.busy = true;
      inspector.begin(`${now.widget.name} ${stage.revision}`);
      try {
        await inspector.learn(stage.id, wantedFor(now));
        // Of a rendering that is gone, nothing is shown.
        if (latest().live.stage?.id === stage.id) setEvidence(liveEvidence(now));
      } catch (error) {
        // The server is away, or forgot the rendering: the page says so elsewhere, and asks again with the next change.
        if (!(error instanceof RequestFailed)) throw error;
      } finally {
        state.busy = false;
        if (latest().live !== now.live || latest().source !== now.source) schedule();
      }
    };
    if (live.stage !== null) schedule();
  }, [live, source, inspector]);

  const current = evidence !== null && evidence.widget === widget.name && stageId > 0 ? evidence : null;
  // Before the document has been looked at there is nothing to judge.
  const judged = live.document !== null || live.silentMs > 0 || live.leaving !== null;
  const run = useMemo(
    () => (current && judged ? (judge([current], judging).runs[0] ?? null) : null),
    [current, judging, judged],
  );
  return { evidence: current, run };
}

const READING: Gathered<never> = {
  status: "failed",
  error: { code: "READING", message: "the widget's text is being read" },
};

/** What the widget's text says without a browser, read once a revision. */
function useSource({ name, revision }: WidgetView): Gathered<SourceReading> {
  const [source, setSource] = useState<Gathered<SourceReading>>(READING);
  useEffect(() => {
    let stale = false;
    api.source(name).then(
      (value) => stale || setSource({ status: "ok", value }),
      (error: unknown) =>
        stale ||
        setSource({
          status: "failed",
          error: { code: "SOURCE", message: error instanceof Error ? error.message : String(error) },
        }),
    );
    return () => void (stale = true);
  }, [name, revision]);
  return source;
}

/** The domains that this rendering needs, worked out by the server. */
export function useAllowlist(widget: string, evidence: Evidence | null): AllowlistResult | null {
  const [result, setResult] = useState<{ readonly key: string; readonly value: AllowlistResult | null } | null>(null);
  // Only what domains depend on: messages and reads change all the time.
  const key = evidence
    ? JSON.stringify([
        evidence.widget,
        evidence.artifacts.network,
        evidence.artifacts.policy,
        evidence.artifacts.bundle.status,
        evidence.artifacts.document.status,
      ])
    : "";
  const asked = useEffectEvent(() => evidence);
  useEffect(() => {
    const of = asked();
    if (key === "" || !of) return;
    let stale = false;
    api.allowlist(widget, of).then(
      (value) => stale || setResult({ key, value }),
      (error: unknown) => {
        if (!(error instanceof RequestFailed)) throw error;
        if (!stale) setResult({ key, value: null });
      },
    );
    return () => void (stale = true);
  }, [key, widget]);
  return key === "" || result === null ? null : result.value;
}
