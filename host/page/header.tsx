/** The bar: which widget, in which host, and how it stands. */
import type { HostProfile } from "../profiles/types.ts";
import type { CheckState, SessionView, WidgetView } from "../server/types.ts";
import type { WidgetRun } from "../../harness/model/result.ts";
import type { Scenario } from "../../harness/model/widget.ts";
import { checkedRun, verdictWords } from "./panels/verdict-words.ts";
import type { SetView } from "./state/use-view.ts";
import { scenarioView, type View } from "./state/view.ts";
import { Icon, Mark } from "./ui/icon.tsx";
import { IconButton } from "./ui/parts.tsx";

export interface HeaderProps {
  readonly session: SessionView;
  readonly widget: WidgetView;
  readonly profile: HostProfile;
  readonly scenario: Scenario;
  readonly view: View;
  readonly setView: SetView;
  readonly linked: boolean;
  readonly run: WidgetRun | null;
  readonly check: CheckState | null;
  readonly onCommands: () => void;
}

export function Header({
  session,
  widget,
  profile,
  scenario,
  view,
  setView,
  linked,
  run,
  check,
  onCommands,
}: HeaderProps) {
  const edited = Object.keys(view.edits).length > 0;
  return (
    <header className="bar">
      <div className="bar__brand">
        <Mark size={26} />
        <h1>Sandglass</h1>
      </div>
      <div className="bar__choices">
        <Pick
          label="Widget"
          value={widget.name}
          options={session.widgets.map(({ name, problem }) => [name, problem ? `${name} (error)` : name])}
          onChange={(name) =>
            setView({ ...scenarioView(session.widgets.find((one) => one.name === name)?.scenarios[0]), widget: name })
          }
        />
        {widget.scenarios.length > 1 ? (
          <Pick
            label="Scenario"
            value={scenario.name}
            options={widget.scenarios.map(({ name }) => [name, name])}
            onChange={(name) =>
              setView({ ...scenarioView(widget.scenarios.find((one) => one.name === name)), widget: widget.name })
            }
          />
        ) : null}
        <Pick
          label="Host"
          value={profile.id}
          options={session.profiles.map(({ id, title }) => [id, title])}
          onChange={(id) => setView({ profile: id === session.defaultProfile ? "" : id })}
        />
      </div>
      <div className="bar__end">
        {linked ? null : (
          <span className="pill pill--warn" role="status">
            <Icon name="warn" size={16} /> Not connected
          </span>
        )}
        {edited ? (
          <button
            type="button"
            className="pill pill--note"
            onClick={() => setView({ edits: {} })}
            aria-label="Edited here: back to what the files say"
            title="What is shown is edited here. Back to what your files say."
          >
            <Icon name="reload" size={14} />
            <span className="pill__word">Edited</span>
          </button>
        ) : null}
        <Standing
          run={run}
          check={check}
          edited={edited}
          onOpen={() => setView({ panel: "verdict", area: "panels" })}
        />
        <IconButton icon="search" label="Commands (Ctrl or Cmd and K)" onClick={onCommands} />
        <IconButton
          icon={view.theme === "dark" ? "sun" : "moon"}
          label={view.theme === "dark" ? "Light theme" : "Dark theme"}
          onClick={() => setView({ theme: view.theme === "dark" ? "light" : "dark" })}
        />
      </div>
    </header>
  );
}

/** The check's word once it has one, since CI says the same; until then the live one. */
function Standing({
  run,
  check,
  edited,
  onOpen,
}: {
  readonly run: WidgetRun | null;
  readonly check: CheckState | null;
  readonly edited: boolean;
  readonly onOpen: () => void;
}) {
  const checked = checkedRun(check);
  const { tone, icon, word, detail } = verdictWords(checked ?? run, { checked: checked !== null, edited });
  const unchecked = check?.state === "running" ? "checking…" : "live";
  return (
    <button type="button" className={`pill pill--${tone}`} onClick={onOpen} title={detail}>
      <span className="visually-hidden">Verdict: </span>
      <Icon name={icon} size={16} />
      <span className="pill__word">{word}</span>
      <span className="pill__detail">{checked ? "check" : unchecked}</span>
    </button>
  );
}

function Pick({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className="pick">
      <span>{label}</span>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
