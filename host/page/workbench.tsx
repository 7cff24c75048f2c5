/** Puts the parts together: what the widget is given, the widget, and what it did. */
import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { ToolResult } from "../emulator/bridge/types.ts";
import { hostStateOf } from "../emulator/plan.ts";
import { readDeclaration } from "../csp/declaration.ts";
import type { DisplayMode } from "../profiles/types.ts";
import type { CheckRequest, SessionView, WidgetView } from "../server/types.ts";
import { serverPort } from "./api.ts";
import { Controls } from "./controls/controls.tsx";
import { Conversation, type Said } from "./conversation.tsx";
import { Header } from "./header.tsx";
import { Panels } from "./panels/panels.tsx";
import { useStage, type StageInput } from "./stage/use-stage.ts";
import { listsOf, metaWithLists, type CspLists } from "./state/edited-meta.ts";
import { givenTo, toolResultOf } from "./state/given.ts";
import type { LiveLog } from "./state/live-log.ts";
import { useCheck } from "./state/use-check.ts";
import { useAllowlist, useEvidence } from "./state/use-evidence.ts";
import type { SetView } from "./state/use-view.ts";
import type { View } from "./state/view.ts";
import { Areas } from "./ui/areas.tsx";

export interface WorkbenchProps {
  readonly session: SessionView;
  readonly linked: boolean;
  readonly widget: WidgetView;
  readonly view: View;
  readonly setView: SetView;
  readonly log: LiveLog;
}

export function Workbench({ session, linked, widget, view, setView, log }: WorkbenchProps) {
  const profile =
    session.profiles.find(({ id }) => id === (view.profile || session.defaultProfile)) ?? session.profiles[0]!;
  const live = useSyncExternalStore(log.subscribe, log.snapshot);
  const box = useRef<HTMLDivElement>(null);
  const [ran, setRan] = useState<{ readonly widget: string; readonly result: ToolResult } | null>(null);
  const [running, setRunning] = useState(false);
  const talk = useConversation(widget.name, setView);
  const given = useMemo(
    () => givenTo(widget, view, ran?.widget === widget.name ? ran.result : null),
    [widget, view, ran],
  );
  const { scenario } = given;
  const { width: ownWidth, touch, device = "desktop" } = scenario.context ?? {};
  const state = hostStateOf(profile, {
    ...(ownWidth === undefined ? {} : { width: ownWidth }),
    ...(touch === undefined || device !== view.device ? {} : { touch }),
    theme: view.theme,
    locale: view.locale,
    displayMode: view.mode,
    device: view.device,
    safeArea: view.insets,
  });
  const { width, maxHeight: height } = state;
  const meta = useMemo(() => {
    const { csp } = view.edits;
    return csp
      ? metaWithLists(widget.meta, readDeclaration(widget.meta, profile.cspKeys.value).declaration, csp)
      : null;
  }, [widget.meta, profile, view.edits.csp]);
  const toolResult = useMemo(() => toolResultOf(given), [given]);
  const stageInput: StageInput = {
    widget: widget.name,
    revision: widget.revision,
    scenario: scenario.name,
    profile: profile.id,
    meta,
    toolInput: given.toolInput,
    toolResult,
    widgetState: given.widgetState,
    gated: scenario.gated ?? false,
    overlay: view.overlay,
  };
  const stage = useStage(box, widget.revision > 0 ? stageInput : null, state, log, talk.port);

  const { evidence, run } = useEvidence(live, widget, profile.id, scenario, session.judging);
  const request: CheckRequest | null =
    widget.revision > 0
      ? {
          widget: widget.name,
          scenario: scenario.name,
          profile: profile.id,
          meta,
          state,
          toolInput: given.toolInput,
          toolResult,
          widgetState: given.widgetState,
          gated: scenario.gated ?? false,
        }
      : null;
  const [check, runCheck] = useCheck(request, request ? JSON.stringify([request, widget.revision]) : "");
  const checkedList = check?.state === "done" ? check.result.allowlist[0] : undefined;
  const liveList = useAllowlist(widget.name, evidence);

  const runTool = async (): Promise<void> => {
    setRunning(true);
    try {
      const result = await serverPort(widget.name, scenario.name).callTool(
        widget.tool?.name ?? widget.name,
        (given.toolInput ?? {}) as Readonly<Record<string, unknown>>,
      );
      setRan({ widget: widget.name, result: result as ToolResult });
    } catch (error) {
      setRan({
        widget: widget.name,
        result: {
          isError: true,
          content: [{ type: "text", text: error instanceof Error ? error.message : String(error) }],
        },
      });
    } finally {
      setRunning(false);
    }
  };
  const lists: CspLists = view.edits.csp ?? readDeclaration(widget.meta, profile.cspKeys.value).declaration;
  const edited = Object.keys(view.edits).length > 0;
  const panelProps = {
    view,
    setView,
    widget,
    live,
    stage: live.stage,
    evidence,
    run,
    check,
    onCheck: runCheck,
    edited,
    lists,
    onTry: (csp: CspLists) => setView({ edits: { ...view.edits, csp: listsOf(csp) } }),
  };
  const onMode = (mode: DisplayMode) => setView({ mode });
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
            running={running}
            onRunTool={() => void runTool()}
          />
        </section>
        <div className="column column--stage" id="conversation" tabIndex={-1}>
          <Conversation
            widget={widget}
            box={box}
            live={live}
            mode={view.mode}
            modes={profile.bridge.availableDisplayModes.value}
            onMode={onMode}
            width={width}
            height={height}
            toolInput={given.toolInput}
            outputBytes={
              given.toolOutput === undefined || given.toolOutput === null
                ? 0
                : new TextEncoder().encode(JSON.stringify(given.toolOutput)).length
            }
            badge={live.stage?.boot.profile.badge}
            profileTitle={live.stage?.boot.profile.title ?? profile.title}
            said={talk.said}
            problem={widget.problem}
            onReload={stage.reload}
          />
        </div>
        <section className="column column--panels" aria-label="What happened">
          <Panels {...panelProps} allowlist={checkedList ?? liveList} fromCheck={checkedList !== undefined} />
        </section>
      </main>
      <Areas view={view} setView={setView} />
    </div>
  );
}

/** What the widget said to the host in this conversation, and the state it left there. */
function useConversation(widget: string, setView: SetView) {
  const [said, setSaid] = useState<readonly (Said & { readonly widget: string })[]>([]);
  const [kept, setKept] = useState<{ readonly widget: string; readonly value: unknown } | null>(null);
  const latest = useRef(kept);
  latest.current = kept;
  const next = useRef(1);
  const keptState = kept?.widget === widget ? kept : null;
  const port = useMemo(() => {
    const add = (one: Omit<Said, "id">) =>
      setSaid((old) => [...old.slice(-49), { ...one, id: next.current++, widget }]);
    return {
      onMessage: (text: string) => add({ kind: "message", text }),
      onLink: (url: string, asksFirst: boolean) => add({ kind: "link", text: url, safe: !asksFirst }),
      onDisplayMode: (mode: DisplayMode) => setView({ mode }),
      onWidgetState: (value: unknown) => setKept({ widget, value }),
      keptState: () => (latest.current?.widget === widget ? latest.current : null),
    };
  }, [widget, setView]);
  const forgetState = useCallback(() => setKept(null), []);
  return { port, keptState, forgetState, said: said.filter((one) => one.widget === widget) };
}
