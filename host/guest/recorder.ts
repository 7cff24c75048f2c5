/** The recorder alone, for frames and workers that the protocol reaches and the guest does not. Reports through a binding. */
import { installRecorder } from "./record.ts";
import { watchTimers } from "./timers.ts";

interface Start {
  readonly binding: string;
}

(globalThis as unknown as Record<string, unknown>).__sandglassRecorder = ({ binding }: Start, where: "document" | "worker"): void => {
  const scope = globalThis as unknown as Record<string, unknown>;
  const report = scope[binding] as ((payload: string) => void) | undefined;
  delete scope[binding];
  delete scope.__sandglassRecorder;
  if (typeof report !== "function") return;
  const stringify = JSON.stringify;
  // `ancestorOrigins` says how deep: the sandbox document itself is not the widget's.
  const place = where === "worker" ? "worker" : (globalThis.location?.ancestorOrigins?.length ?? 0) > 2 ? "frame" : "document";
  const origin = performance.timeOrigin;
  watchTimers(({ untilMs, long }) => report(stringify({ timers: { until: origin + untilMs, long } })));
  installRecorder((record) => report(stringify({ ...record, where: place })));
};
