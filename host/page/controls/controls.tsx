/** The left column: everything that decides what the widget receives and what it may reach. */
import { lazy, Suspense } from "react";
import type { HostProfile } from "../../profiles/types.ts";
import type { CheckState, SessionView, WidgetView } from "../../server/types.ts";
import type { Given } from "../state/given.ts";
import type { SetView } from "../state/use-view.ts";
import type { Edits, View } from "../state/view.ts";
import { JsonEditor } from "../ui/json-editor.tsx";
import { Badge } from "../ui/parts.tsx";
import { DeliveryControl } from "./delivery.tsx";
import { Display } from "./display.tsx";
import { Overlay } from "./overlay.tsx";
import { Environment } from "./environment.tsx";
import { NetworkFaults } from "./network-faults.tsx";
import { StyleVariables } from "./style-variables.tsx";
import { VersusChoice } from "./versus-choice.tsx";
import { LifeControl } from "./life.tsx";
import { Section } from "./section.tsx";
import { ToolInput } from "./tool-input.tsx";

/** It builds policies, which needs all hosts. */
const CspEditor = lazy(() => import("./csp-editor.tsx"));

export interface ControlsProps {
  readonly session: SessionView;
  readonly view: View;
  readonly setView: SetView;
  readonly widget: WidgetView;
  readonly profile: HostProfile;
  readonly given: Given;
  readonly widgetState: unknown;
  /** The state that the widget left is forgotten, so that an edited one holds. */
  readonly onForgetState: () => void;
  readonly overlayProblem: string | null;
  /** Dev servers of the widget that the overlay lets through. */
  readonly devServers: readonly string[];
  readonly check: CheckState | null;
  readonly onRunOn: (lifeMs: number) => void;
  readonly running: boolean;
  readonly onRunTool: () => void;
}

export function Controls(props: ControlsProps) {
  const { view, setView, widget, profile, given } = props;
  const edit = (part: Edits) => setView({ edits: { ...view.edits, ...part } });
  const reset = (name: keyof Edits) =>
    Object.hasOwn(view.edits, name) ? () => setView({ edits: without(view.edits, name) }) : undefined;
  return (
    <div className="controls">
      <Section title="Host" open>
        <p className="hint">
          {profile.badge ? (
            <>
              <Badge tone="warn">{profile.badge}</Badge>{" "}
            </>
          ) : null}
          {profile.summary}
        </p>
      </Section>

      <Display view={view} setView={setView} profile={profile} />

      <Environment view={view} setView={setView} />

      <VersusChoice session={props.session} profile={profile} view={view} setView={setView} />

      <DeliveryControl view={view} setView={setView} profile={profile} />

      <LifeControl check={props.check} onRunOn={props.onRunOn} />

      <Section title="Tool" open>
        <ToolInput
          widget={widget}
          running={props.running}
          onRunTool={props.onRunTool}
          value={given.toolInput}
          onChange={(toolInput) => edit({ toolInput })}
          onReset={reset("toolInput")}
        />
      </Section>

      <Section title="Tool output">
        <JsonEditor
          label="structuredContent"
          value={given.toolOutput}
          onChange={(toolOutput) => edit({ toolOutput: toolOutput ?? null })}
          rows={10}
          onReset={reset("toolOutput")}
        />
        <JsonEditor
          label="_meta of the result"
          value={given.meta}
          onChange={(meta) => edit({ meta: meta ?? null })}
          rows={4}
          onReset={reset("meta")}
        />
      </Section>

      <Section title="Widget state">
        <JsonEditor
          label="widgetState"
          value={props.widgetState}
          onChange={(widgetState) => {
            props.onForgetState();
            edit({ widgetState: widgetState ?? null });
          }}
          rows={5}
          onReset={reset("widgetState")}
        />
        <p className="hint">Kept over reloads and saves, as a conversation keeps it.</p>
      </Section>

      <Section title="CSP declaration">
        <Suspense fallback={<p className="hint">Loading…</p>}>
          <CspEditor
            widget={widget}
            profile={profile}
            edited={view.edits.csp}
            onChange={(csp) => edit({ csp })}
            onReset={reset("csp")}
          />
        </Suspense>
      </Section>

      <StyleVariables
        profile={profile}
        theme={view.theme}
        edited={view.edits.variables}
        onChange={(variables) =>
          setView({ edits: variables ? { ...view.edits, variables } : without(view.edits, "variables") })
        }
        onReset={reset("variables")}
      />

      <NetworkFaults
        faults={view.edits.faults ?? []}
        hasOverlay={view.overlay}
        onChange={(faults) =>
          setView({ edits: faults.length > 0 ? { ...view.edits, faults } : without(view.edits, "faults") })
        }
      />

      <Overlay view={view} setView={setView} problem={props.overlayProblem} devServers={props.devServers} />
    </div>
  );
}

function without(edits: Edits, name: keyof Edits): Edits {
  const { [name]: _gone, ...rest } = edits;
  return rest;
}
