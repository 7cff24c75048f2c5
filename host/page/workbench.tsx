/** Puts the parts together: what the widget is given, the widget, and what it did. */
import { lazy, Suspense, useMemo, useState, useSyncExternalStore } from "react";
import { readDeclaration } from "../csp/declaration.ts";
import type { HostState } from "../emulator/bridge/types.ts";
import type { TargetAct } from "../emulator/guest/mirror.ts";
import type { DisplayMode, HostProfile } from "../profiles/types.ts";
import type { SessionView, WidgetView } from "../server/types.ts";
import { Controls } from "./controls/controls.tsx";
import { Conversation } from "./conversation.tsx";
import { Header } from "./header.tsx";
import { Palette } from "./palette/palette.tsx";
import { Panels } from "./panels/panels.tsx";
import { PANELS } from "./panels/tabs.ts";
import type { StageInput } from "./stage/use-stage.ts";
import { checkOf, inputOf } from "./state/asked.ts";
import { listsOf, metaWithLists } from "./state/edited-meta.ts";
import { givenTo } from "./state/given.ts";
import { stateShown } from "./state/host-state.ts";
import type { LiveStage, LiveStages } from "./state/live-stage.ts";
import { useCheck } from "./state/use-check.ts";
import { useConversation, type Call } from "./state/use-conversation.ts";
import { useTool } from "./state/use-tool.ts";
import type { SetView } from "./state/use-view.ts";
import { scenarioView, type View } from "./state/view.ts";
import { Areas } from "./ui/areas.tsx";
import { Boundary } from "./ui/boundary.tsx";
import { talkActions } from "./talk/actions.ts";

/** Read when something is compared. */
const Beside = lazy(() => import("./versus/beside.tsx"));

export interface WorkbenchProps {
  readonly session: SessionView;
  readonly linked: boolean;
  readonly widget: WidgetView;
  readonly view: View;
  readonly setView: SetView;
  readonly stages: LiveStages;
}

export function Workbench({ session, linked, widget, view, setView, stages }: WorkbenchProps) {
  const profile = profileOf(session, view);
  const tool = useTool(widget);
  const [beside] = useState(() => stages.open());
  const [modalLog] = useState(() => stages.open());
  const [acted, setActed] = useState("");
  const mirror = (to: LiveStage | undefined, act: TargetAct) => {
    if (!view.versus) return;
    to?.driver?.act(act);
    setActed(`${act.kind === "press" ? "Pressed" : "Filled"} ${act.label} in both.`);
  };
  const talk = useConversation({
    stages,
    onMode: (mode) => setView({ mode }),
    onAct: (act) => mirror(beside, act),
  });
  const [chosen, setChosen] = useState(0);
  const inspected = talk.entries.find((one): one is Call => one.kind === "call" && one.id === chosen) ?? talk.current;
  const live = useSyncExternalStore(inspected.log.subscribe, inspected.log.snapshot);
  const given = useMemo(() => givenTo(widget, view, tool.result), [widget, view, tool.result]);
  const { scenario } = given;
  const stateOf = (mode: DisplayMode) => stateShown(profile, scenario, { ...view, mode });
  const state = useMemo(() => stateShown(profile, scenario, view), [profile, scenario, view]);
  const declared = useMemo(
    () => readDeclaration(widget.meta, profile.cspKeys.value).declaration,
    [widget.meta, profile],
  );
  const { csp } = view.edits;
  const meta = useMemo(() => (csp ? metaWithLists(widget.meta, declared, csp) : null), [widget.meta, declared, csp]);
  const shown = inputOf(widget, given, view, { profile: profile.id, meta });
  const { evidence = null, result: run = null, advice = null } = live.update ?? {};
  const [checkOfNewest, runCheck] = useShownCheck(widget.revision > 0 ? shown : null, state, view);
  // What is checked is the newest call.
  const check = inspected === talk.current ? checkOfNewest : null;
  const checkedList = allowlistOf(check);
  const actions = talkActions({ talk, profile, past: { input: shown, given } });
  const [commanding, setCommanding] = useState(false);
  const commands = {
    ...{ session, widget, profile, view, setView },
    panels: PANELS,
    actions: { "Run the check": () => runCheck(), ...actions },
  };
  return (
    <div className="app" data-area={view.area} data-versus={view.versus ? "on" : "off"}>
      <button
        type="button"
        className="skip-link"
        onClick={() => document.querySelector<HTMLElement>("#conversation")?.focus()}
      >
        Skip to the widget
      </button>
      <Header
        session={session}
        widget={widget}
        profile={profile}
        scenario={scenario}
        view={view}
        setView={setView}
        linked={linked}
        run={run}
        check={check}
        onCommands={() => setCommanding(true)}
      />
      <main className="columns">
        <section className="column column--controls" aria-label="Inputs">
          <Boundary label="Inputs">
            <Controls
              session={session}
              view={view}
              setView={setView}
              widget={widget}
              profile={profile}
              given={given}
              widgetState={talk.stateOf(talk.current, widget.name, given.widgetState)}
              onForgetState={() => talk.forgetState(talk.current, widget.name)}
              overlayProblem={live.overlayProblem}
              devServers={live.stage?.devServers ?? []}
              running={tool.running}
              check={check}
              onRunOn={(lifeMs) => {
                setView({ panel: "verdict" });
                runCheck({ lifeMs });
              }}
              onRunTool={() => tool.run(scenario.name, given.toolInput)}
            />
          </Boundary>
        </section>
        <div className="column column--stage" id="conversation" tabIndex={-1}>
          <div className="duo">
            <Conversation
              session={session}
              talk={talk}
              widget={widget}
              input={shown}
              given={given}
              profile={profile}
              mode={view.mode}
              onMode={(mode) => setView({ mode })}
              stateOf={stateOf}
              inspected={inspected}
              onInspect={(call) => setChosen(call === talk.current ? 0 : call.id)}
              actions={actions}
              modalLog={modalLog}
              watched={view.versus !== null}
            />
            {view.versus ? (
              <Suspense fallback={null}>
                <Beside
                  {...{ session, widget, view, given, acted, check, run, evidence }}
                  versus={view.versus}
                  input={shown}
                  log={beside}
                  onAct={(act) => mirror(talk.current.log, act)}
                  onCheck={() => runCheck()}
                  onClose={() => setView({ versus: null })}
                />
              </Suspense>
            ) : null}
          </div>
        </div>
        <section className="column column--panels" aria-label="What happened">
          <Panels
            view={view}
            setView={setView}
            widget={widget}
            given={given}
            loading={live.state === "loading"}
            stage={live.stage}
            evidence={evidence}
            run={run}
            check={check}
            onCheck={() => runCheck()}
            edited={Object.keys(view.edits).length > 0}
            lists={csp ?? declared}
            onTry={(lists) => setView({ edits: { ...view.edits, csp: listsOf(lists) } })}
            allowlist={checkedList ?? advice}
            fromCheck={checkedList !== undefined}
            onShow={({ widget: name, toolInput, result }) => {
              talk.next({ input: shown, given });
              tool.take(name, result);
              const { scenarios } = session.widgets.find((one) => one.name === name) ?? {};
              setView({
                ...(name === widget.name ? {} : { ...scenarioView(scenarios?.[0]), widget: name }),
                edits: { ...(csp && name === widget.name ? { csp } : {}), toolInput },
              });
            }}
          />
        </section>
      </main>
      <Areas view={view} setView={setView} />
      <Palette of={commands} isOpen={commanding} onToggle={setCommanding} />
    </div>
  );
}

function profileOf({ profiles, defaultProfile }: SessionView, { profile }: View): HostProfile {
  const found = profiles.find(({ id }) => id === (profile || defaultProfile)) ?? profiles[0];
  if (!found) throw new Error("the server has no host profile");
  return found;
}

const allowlistOf = (check: ReturnType<typeof useCheck>[0]) =>
  check?.state === "done" ? check.result.allowlist[0] : undefined;

function useShownCheck(shown: StageInput | null, state: HostState, view: View): ReturnType<typeof useCheck> {
  const request = shown && checkOf(shown, state, view);
  // A save is another question, though it asks the same.
  return useCheck(request, request ? JSON.stringify([request, shown.revision]) : "");
}
