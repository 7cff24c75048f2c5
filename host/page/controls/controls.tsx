/** The left column: everything that decides what the widget receives and what it may reach. */
import { useState, type ReactNode } from "react";
import type { HostProfile } from "../../profiles/types.ts";
import type { WidgetView } from "../../server/types.ts";
import type { Given } from "../state/given.ts";
import type { SetView } from "../state/use-view.ts";
import { isLocale, NO_INSETS, type Edits, type View } from "../state/view.ts";
import { JsonEditor } from "../ui/json-editor.tsx";
import { formFields, SchemaForm } from "../ui/schema-form.tsx";
import { Badge, Segmented } from "../ui/parts.tsx";
import { Icon } from "../ui/icon.tsx";
import { CspEditor } from "./csp-editor.tsx";

export interface ControlsProps {
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

      <Section title="Display" open>
        <Segmented
          legend="Theme"
          value={view.theme}
          onChange={(theme) => setView({ theme })}
          choices={[
            { id: "light", label: "Light", icon: "sun" },
            { id: "dark", label: "Dark", icon: "moon" },
          ]}
        />
        <Segmented
          legend="Display mode"
          value={view.mode}
          onChange={(mode) => setView({ mode })}
          choices={MODES.map((mode) => ({
            ...mode,
            hidden: !profile.bridge.availableDisplayModes.value.includes(mode.id),
          }))}
        />
        <Segmented
          legend="Device"
          value={view.device}
          onChange={(device) => setView({ device })}
          choices={[
            { id: "desktop", label: "Desktop" },
            { id: "tablet", label: "Tablet" },
            { id: "mobile", label: "Mobile" },
          ]}
        />
        <LocaleField value={view.locale} onChange={(locale) => setView({ locale })} />
        <SafeArea view={view} setView={setView} />
      </Section>

      <Section title="Tool" open>
        <ToolInput
          {...props}
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
        <CspEditor
          widget={widget}
          profile={profile}
          edited={view.edits.csp}
          onChange={(csp) => edit({ csp })}
          onReset={reset("csp")}
        />
      </Section>

      <Section title="Dev overlay">
        <label className="check">
          <input
            type="checkbox"
            role="switch"
            checked={view.overlay}
            onChange={(event) => setView({ overlay: event.target.checked })}
          />
          <span>Answer allowed requests from mocks</span>
        </label>
        <p className="hint">
          {view.overlay
            ? "A service worker on the sandbox origin answers what CSP lets through: the scenario’s mocks, else a neutral stub, as “sandglass check” does. It widens no policy and is not counted as the widget’s."
            : "Off: allowed requests go to the real network. Nothing of ours stands between the widget and it."}
        </p>
        {props.overlayProblem ? (
          <p className="notice notice--warn">
            <Icon name="warn" size={16} />
            <span>The overlay is off: {props.overlayProblem}. Allowed requests go to the network.</span>
          </p>
        ) : null}
        <p className="hint">
          {props.devServers.length > 0 ? (
            <>
              The widget’s dev server <span className="mono">{props.devServers.join(", ")}</span>, its client and its
              socket, are let through for hot reload in this page alone. What goes there is not counted as the widget’s;
              “sandglass check” allows none of it.
            </>
          ) : (
            "Hot reload needs no overlay: the widget is rebuilt and rendered anew from outside. A document that loads Vite’s client from this machine would be let through to that server alone."
          )}
        </p>
      </Section>
    </div>
  );
}

function without(edits: Edits, name: keyof Edits): Edits {
  const { [name]: _gone, ...rest } = edits;
  return rest;
}

function Section({
  title,
  open = false,
  children,
}: {
  readonly title: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details className="section" open={open}>
      <summary>
        <h2>{title}</h2>
        <Icon name="chevron" size={14} />
      </summary>
      <div className="section__body">{children}</div>
    </details>
  );
}

const MODES = [
  { id: "inline", label: "Inline" },
  { id: "fullscreen", label: "Fullscreen" },
  { id: "pip", label: "PiP" },
] as const;

const LOCALES = ["en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "pt-BR", "ja-JP", "zh-CN", "ar-EG", "he-IL", "hi-IN"];

function LocaleField({ value, onChange }: { readonly value: string; readonly onChange: (locale: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const valid = isLocale(text);
  return (
    <label className="field">
      <span>Locale</span>
      <input
        type="text"
        list="locales"
        value={text}
        aria-invalid={!valid}
        spellCheck={false}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setTyped(event.target.value);
          if (isLocale(event.target.value)) onChange(event.target.value);
        }}
      />
      <datalist id="locales">
        {LOCALES.map((locale) => (
          <option key={locale} value={locale} />
        ))}
      </datalist>
      {valid ? null : <span className="field__problem">Not a language tag, e.g. pt-BR</span>}
    </label>
  );
}

const NOTCH = { top: 47, right: 0, bottom: 34, left: 0 };

function SafeArea({ view, setView }: Pick<ControlsProps, "view" | "setView">) {
  const on = Object.values(view.insets).some((inset) => inset > 0);
  return (
    <fieldset className="insets">
      <legend>Safe area, px</legend>
      <label className="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => setView({ insets: event.target.checked ? NOTCH : NO_INSETS })}
        />
        <span>Phone insets</span>
      </label>
      <div className="insets__row">
        {(["top", "right", "bottom", "left"] as const).map((side) => (
          <label key={side}>
            <span>{side}</span>
            <input
              type="number"
              min={0}
              max={200}
              value={view.insets[side]}
              onChange={(event) =>
                setView({
                  insets: { ...view.insets, [side]: Math.min(200, Math.max(0, Number(event.target.value) || 0)) },
                })
              }
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function ToolInput({
  widget,
  value,
  onChange,
  onReset,
  running,
  onRunTool,
}: ControlsProps & {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly onReset: (() => void) | undefined;
}) {
  const schema = widget.tool?.inputSchema;
  const hasForm = formFields(schema).fields.length > 0;
  const [how, setHow] = useState<"form" | "json">("form");
  const asForm =
    hasForm &&
    how === "form" &&
    (value === undefined || value === null || (typeof value === "object" && !Array.isArray(value)));
  return (
    <>
      <p className="tool-name">
        <code>{widget.tool?.name ?? widget.name}</code>
        {widget.tool?.title ? <span className="hint"> {widget.tool.title}</span> : null}
      </p>
      {hasForm ? (
        <Segmented
          legend="Input as"
          value={how}
          onChange={setHow}
          choices={[
            { id: "form", label: "Form" },
            { id: "json", label: "JSON" },
          ]}
        />
      ) : null}
      {asForm ? (
        <SchemaForm schema={schema} value={(value ?? {}) as Readonly<Record<string, unknown>>} onChange={onChange} />
      ) : (
        <JsonEditor label="toolInput" value={value} onChange={onChange} rows={5} onReset={onReset} />
      )}
      {asForm && onReset ? (
        <button type="button" className="link" onClick={onReset}>
          Reset input
        </button>
      ) : null}
      <button
        type="button"
        className="button button--primary"
        onClick={onRunTool}
        disabled={running || !widget.hasServer}
      >
        <Icon name="play" size={14} /> {running ? "Running…" : "Run the tool"}
      </button>
      {widget.hasServer ? null : (
        <p className="hint">Loaded from files: there is no server to call. The scenario’s output is used.</p>
      )}
    </>
  );
}
