import { useSession, type SessionState } from "./state/use-session.ts";
import { useLayoutEffect, useMemo, useState } from "react";
import { LiveStages } from "./state/live-stage.ts";
import { scenarioView } from "./state/view.ts";
import { firstViewOf, useView } from "./state/use-view.ts";
import { ProblemCard } from "./ui/problem-card.tsx";
import { Mark } from "./ui/icon.tsx";
import { Workbench } from "./workbench.tsx";

export function App() {
  const stages = useMemo(() => new LiveStages(), []);
  const state = useSession(stages.receive);
  const [view, setView] = useView();
  const { session } = state;
  // What was shown first stays, though widgets that load later may stand before it.
  const [first, setFirst] = useState("");
  const named = session?.widgets.find(({ name }) => name === (view.widget || first));
  // A verdict of another widget than the one that was asked for would be a false one.
  const missing = session && view.widget !== "" && !named ? view.widget : null;
  const widget = named ?? (missing === null ? session?.widgets[0] : undefined);
  if (widget && first === "") {
    setFirst(widget.name);
    setView(firstViewOf(view, widget.scenarios.find(({ name }) => name === view.scenario) ?? widget.scenarios[0]));
  }
  const theme = <meta name="theme-color" content={view.theme === "dark" ? "#191714" : "#faf8f5"} />;
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = view.theme;
  }, [view.theme]);
  if (!session || !widget)
    return (
      <>
        {theme}
        <Waiting
          state={state}
          missing={missing}
          onShow={(name) =>
            setView({ ...scenarioView(session?.widgets.find((one) => one.name === name)?.scenarios[0]), widget: name })
          }
        />
      </>
    );
  return (
    <>
      {theme}
      <Workbench
        session={session}
        linked={state.linked}
        widget={widget}
        view={view}
        setView={setView}
        stages={stages}
      />
    </>
  );
}

/** Before there is anything to show, or when the target could not be loaded at all. */
function Waiting({
  state,
  missing,
  onShow,
}: {
  readonly state: SessionState;
  readonly missing: string | null;
  readonly onShow: (widget: string) => void;
}) {
  const { session } = state;
  const absent =
    missing !== null && session?.loading === false
      ? {
          code: "NO_WIDGET",
          message: `${missing} is not among the widgets of ${session.target}.`,
          next: "The address of this page names it: choose another, or bring it back.",
        }
      : null;
  const problem = state.problem ?? session?.problem ?? absent;
  return (
    <main className="waiting">
      <Mark size={56} />
      <h1>Sandglass</h1>
      {problem ? (
        <ProblemCard problem={problem} />
      ) : (
        <p className="hint">{session ? `Loading ${missing ?? session.target}…` : "Connecting…"}</p>
      )}
      {missing !== null && session && session.widgets.length > 0 ? (
        <p className="waiting__others">
          {session.widgets.map(({ name }) => (
            <button key={name} type="button" className="button button--small" onClick={() => onShow(name)}>
              {name}
            </button>
          ))}
        </p>
      ) : null}
      {problem && session ? <p className="hint">This page goes on by itself once that is corrected.</p> : null}
    </main>
  );
}
