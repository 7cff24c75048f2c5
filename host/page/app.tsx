import { useSession, type SessionState } from "./state/use-session.ts";
import { useMemo, useRef } from "react";
import { LiveLog } from "./state/live-log.ts";
import { useView } from "./state/use-view.ts";
import { ProblemCard } from "./conversation.tsx";
import { Mark } from "./ui/icon.tsx";
import { Workbench } from "./workbench.tsx";

export function App() {
  const log = useMemo(() => new LiveLog(), []);
  const events = useMemo(() => ({ onArrival: log.arrival.bind(log), onReport: log.report.bind(log) }), [log]);
  const state = useSession(events);
  const [view, setView] = useView();
  const { session } = state;
  // What was shown first stays, though widgets that load later may stand before it.
  const first = useRef("");
  const widget = session?.widgets.find(({ name }) => name === (view.widget || first.current)) ?? session?.widgets[0];
  if (widget && first.current === "") first.current = widget.name;
  const theme = <meta name="theme-color" content={view.theme === "dark" ? "#191714" : "#faf8f5"} />;
  document.documentElement.dataset.theme = view.theme;
  if (!session || !widget) return <>{theme}<Waiting state={state} /></>;
  return <>{theme}<Workbench session={session} linked={state.linked} widget={widget} view={view} setView={setView} log={log} /></>;
}

/** Before there is anything to show, or when the target could not be loaded at all. */
function Waiting({ state }: { readonly state: SessionState }) {
  const problem = state.problem ?? state.session?.problem ?? null;
  return (
    <main className="waiting">
      <Mark size={56} />
      <h1>Sandglass</h1>
      {problem ? <ProblemCard problem={problem} /> : <p className="hint">{state.session ? `Loading ${state.session.target}…` : "Connecting…"}</p>}
      {problem && state.session ? <p className="hint">This page goes on by itself once that is corrected.</p> : null}
    </main>
  );
}
