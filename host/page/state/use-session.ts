import { useEffect, useState } from "react";
import type { LiveUpdate, Problem, SessionView, WidgetView } from "../../server/types.ts";
import { api, listen, RequestFailed } from "../api.ts";
import { serverLog } from "./server-log.ts";

export interface SessionState {
  readonly session: SessionView | null;
  readonly problem: Problem | null;
  /** False while the server does not answer. */
  readonly linked: boolean;
}

/** The server's word on widgets and profiles, kept up to date. */
export function useSession(onLive: (update: LiveUpdate) => void): SessionState {
  const [session, setSession] = useState<SessionView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [linked, setLinked] = useState(true);
  useEffect(() => {
    const load = () =>
      api.session().then(
        (view) => {
          setSession(view);
          setProblem(null);
        },
        (error: unknown) =>
          setProblem(
            error instanceof RequestFailed
              ? error.problem
              : { code: "INTERNAL", message: String(error), next: "Reload the page." },
          ),
      );
    return listen(
      (event) => {
        if (event.type === "session") setSession(event.session);
        else if (event.type === "widget")
          setSession((old) => old && { ...old, widgets: merged(old.widgets, event.widget) });
        else if (event.type === "live") onLive(event.update);
        else serverLog.heard();
      },
      (up) => {
        setLinked(up);
        // What changed while nobody listened is read anew.
        if (up) void load();
      },
    );
  }, [onLive]);
  return { session, problem, linked };
}

function merged(widgets: readonly WidgetView[], changed: WidgetView): readonly WidgetView[] {
  return widgets.some(({ name }) => name === changed.name)
    ? widgets.map((one) => (one.name === changed.name ? changed : one))
    : [...widgets, changed];
}
