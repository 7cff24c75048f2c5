/** Puts the parts together: what the widget is given, the widget, and what it did. */
import { useMemo, useRef, useSyncExternalStore } from "react";
import type { Scenario } from "../../harness/model/widget.ts";
import { readDeclaration } from "../csp/declaration.ts";
import type { HostState } from "../emulator/bridge/types.ts";
import { hostStateOf } from "../emulator/plan.ts";
import type { HostProfile } from "../profiles/types.ts";
import type { SessionView, WidgetView } from "../server/types.ts";
import { Controls } from "./controls/controls.tsx";
import { Conversation } from "./conversation.tsx";
import { Header } from "./header.tsx";
import { Panels } from "./panels/panels.tsx";
import { useStage, type StageInput } from "./stage/use-stage.ts";
import { listsOf, metaWithLists } from "./state/edited-meta.ts";
import { givenTo, toolResultOf } from "./state/given.ts";
import type { LiveStage } from "./state/live-stage.ts";
import { useCheck } from "./state/use-check.ts";
import { useConversation } from "./state/use-conversation.ts";
import { useTool } from "./state/use-tool.ts";
import type { SetView } from "./state/use-view.ts";
import { scenarioView, type View } from "./state/view.ts";
import { Areas } from "./ui/areas.tsx";
import { Boundary } from "./ui/boundary.tsx";

export interface WorkbenchProps {
  readonly session: SessionView;
  readonly linked: boolean;
  readonly widget: WidgetView;
  readonly view: View;
  readonly setView: SetView;
  readonly log: LiveStage;
}

export function Workbench({ session, linked, widget, view, setView, log }: WorkbenchProps) {
  const profile = profileOf(session, view);
  const live = useSyncExternalStore(log.subscribe, log.snapshot);
  const box = useRef<HTMLDivElement>(null);
  const tool = useTool(widget);
  const talk = useConversation(widget.name, setView);
  const given = useMemo(() => givenTo(widget, view, tool.result), [widget, view, tool.result]);
  const { scenario } = given;
  const state = useMemo(() => stateShown(profile, scenario, view), [profile, scenario, view]);
  const declared = useMemo(
    () => readDeclaration(widget.meta, profile.cspKeys.value).declaration,
    [widget.meta, profile],
  );
  const { csp } = view.edits;
  const meta = useMemo(() => (csp ? metaWithLists(widget.meta, declared, csp) : null), [widget.meta, declared, csp]);
  const shown: StageInput = {
    widget: widget.name,
    revision: widget.revision,
    scenario: scenario.name,
    profile: profile.id,
    meta,
    toolInput: given.toolInput,
    toolResult: toolResultOf(given),
    widgetState: given.widgetState,
    gated: scenario.gated ?? false,
    overlay: view.overlay,
  };
  const rendered = widget.revision > 0 ? shown : null;
  const stage = useStage(box, rendered, state, log, talk.port);
  const { evidence = null, result: run = null, advice = null } = live.update ?? {};
  const [check, runCheck] = useShownCheck(rendered, state);
  const checkedList = allowlistOf(check);
  const liveProfile = live.stage?.boot.profile;
  return (
    <div className="app" data-area={view.area}>
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
      />
      <main className="columns">
        <section className="column column--controls" aria-label="Inputs">
          <Boundary label="Inputs">
            <Controls
              view={view}
              setView={setView}
              widget={widget}
              profile={profile}
              given={given}
              widgetState={talk.keptState ? talk.keptState.value : given.widgetState}
              onForgetState={talk.forgetState}
              overlayProblem={stage.overlayProblem}
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
          <Conversation
            widget={widget}
            box={box}
            live={live}
            mode={view.mode}
            modes={profile.bridge.availableDisplayModes.value}
            onMode={(mode) => setView({ mode })}
            width={state.width}
            height={state.maxHeight}
            toolInput={given.toolInput}
            outputBytes={sizeOf(given.toolOutput)}
            badge={liveProfile?.badge}
            profileTitle={(liveProfile ?? profile).title}
            said={talk.said}
            problem={widget.problem}
            onReload={stage.reload}
          />
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
    </div>
  );
}

function profileOf({ profiles, defaultProfile }: SessionView, { profile }: View): HostProfile {
  const found = profiles.find(({ id }) => id === (profile || defaultProfile)) ?? profiles[0];
  if (!found) throw new Error("the server has no host profile");
  return found;
}

/** What the host tells the widget: the scenario's context, with what is chosen on the page over it. */
function stateShown(profile: HostProfile, { context = {} }: Scenario, view: View): HostState {
  const { width, touch, device = "desktop" } = context;
  return hostStateOf(profile, {
    ...(width === undefined ? {} : { width }),
    ...(touch === undefined || device !== view.device ? {} : { touch }),
    theme: view.theme,
    locale: view.locale,
    displayMode: view.mode,
    device: view.device,
    safeArea: view.insets,
  });
}

const allowlistOf = (check: ReturnType<typeof useCheck>[0]) =>
  check?.state === "done" ? check.result.allowlist[0] : undefined;

function useShownCheck(shown: StageInput | null, state: HostState): ReturnType<typeof useCheck> {
  const key = shown ? JSON.stringify([{ ...shown, overlay: undefined }, state]) : "";
  return useCheck(shown && { ...shown, state }, key);
}

const sizeOf = (value: unknown): number =>
  value === undefined || value === null ? 0 : new TextEncoder().encode(JSON.stringify(value)).length;
