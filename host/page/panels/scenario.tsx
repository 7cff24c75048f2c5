/** From looking to a test: what is shown, done and seen here, kept as a scenario or copied as a test. */
import { useId, useState, useSyncExternalStore } from "react";
import { expectationWords, type Expectation } from "../../../harness/model/expectation.ts";
import type { Scenario, ScenarioContext, Step } from "../../../harness/model/widget.ts";
import type { SaveScenario } from "../../server/project-types.ts";
import { api } from "../api.ts";
import { acts } from "../state/acts.ts";
import type { Given } from "../state/given.ts";
import { expectable } from "../state/expectations.ts";
import { playwrightTest } from "../state/playwright-test.ts";
import { useChange } from "../state/use-change.ts";
import type { View } from "../state/view.ts";
import { Icon } from "../ui/icon.tsx";
import { CopyButton, Empty, IconButton } from "../ui/parts.tsx";
import { ChangeNote } from "./change-note.tsx";
import type { PanelProps } from "./types.ts";

export default function ScenarioPanel({ view, widget, evidence, given, stage }: PanelProps) {
  const { steps, lines } = useSyncExternalStore(acts.subscribe, acts.snapshot);
  const [name, setName] = useState("");
  const [picked, setPicked] = useState<readonly Expectation[]>([]);
  const [overwrite, setOverwrite] = useState(false);
  const { done, problem, busy, run, undo } = useChange();
  const nameId = useId();
  const offered = expectable(evidence, lines ?? []);
  const expect = picked;
  const asked: SaveScenario = {
    widget: widget.name,
    shown: given.scenario.name,
    name: name.trim(),
    overwrite,
    given: givenParts(given),
    context: contextOf(view, given.scenario),
    steps,
    expect,
    ...(stage ? { stage: stage.id } : {}),
  };
  const test = playwrightTest({
    name: asked.name || `${widget.name} works`,
    widget: widget.name,
    shown: asked.shown,
    source: widget.source,
    profile: stage?.boot.profile.id ?? "chatgpt",
    given: asked.given,
    context: asked.context,
    steps,
    expect,
  });
  return (
    <div className="panel-body">
      <section className="carrier">
        <header>
          <h3>Steps</h3>
        </header>
        <StepList steps={steps} />
      </section>
      <section className="carrier">
        <header>
          <h3>Expectations</h3>
          <button type="button" className="button button--small" onClick={() => acts.askScreen()}>
            <Icon name="reload" size={12} /> Read the screen
          </button>
        </header>
        <Picker offered={offered} picked={picked} onPick={setPicked} />
      </section>
      <section className="carrier">
        <header>
          <h3>Save</h3>
          <CopyButton text={test} label="Copy as Playwright test" />
        </header>
        <div className="field">
          <label htmlFor={nameId}>Name of the scenario</label>
          <input
            id={nameId}
            type="text"
            className="code-input"
            value={name}
            maxLength={80}
            onChange={(event) => {
              setName(event.target.value);
              setOverwrite(false);
            }}
          />
        </div>
        <p className="save-row">
          <button
            type="button"
            className="button"
            disabled={busy || asked.name === ""}
            onClick={() => run(() => api.saveScenario(asked))}
          >
            Save as scenario
          </button>
          <label className="check">
            <input type="checkbox" checked={overwrite} onChange={(event) => setOverwrite(event.target.checked)} /> Write
            over one of that name
          </label>
        </p>
        <ChangeNote done={done} problem={problem} onUndo={undo} />
        <p className="hint">
          With the input, the output and the context that are shown, the mocks and tool results of “{asked.shown}”, the
          steps, and what is picked. Secrets are masked.{" "}
          {view.overlay && view.network === "live"
            ? "What the network answered in this rendering is kept as mocks."
            : "To keep what the network answers as mocks, let it answer: “Dev overlay” among the inputs."}
        </p>
      </section>
    </div>
  );
}

/** Without what is nothing. */
const givenParts = ({ toolInput, toolOutput, content, meta, isError, widgetState }: Given): SaveScenario["given"] => ({
  toolInput,
  ...(toolOutput === null || toolOutput === undefined ? {} : { toolOutput }),
  ...(content.length > 0 ? { content } : {}),
  ...(meta === null || meta === undefined ? {} : { _meta: meta }),
  ...(isError ? { isError: true } : {}),
  ...(widgetState === null ? {} : { widgetState }),
});

function StepList({ steps }: { readonly steps: readonly Step[] }) {
  if (steps.length === 0)
    return <Empty title="No steps yet">What you press and type in the widget is written down here.</Empty>;
  return (
    <ol className="rows" aria-label="Recorded steps">
      {steps.map((step, index) => (
        <li className="row row--line" key={`${index} ${JSON.stringify(step)}`}>
          <code>{stepWords(step)}</code>
          <IconButton icon="close" label={`Remove step ${index + 1}`} onClick={() => acts.remove(index)} />
        </li>
      ))}
    </ol>
  );
}

function stepWords(step: Step): string {
  if ("click" in step) return `click ${step.click}`;
  if ("fill" in step) return `fill ${step.fill} with ${JSON.stringify(step.value)}`;
  if ("press" in step) return `press ${step.key} in ${step.press}`;
  return "waitFor" in step ? `wait for ${step.waitFor}` : `expect ${expectationWords(step.expect)}`;
}

interface PickerProps {
  readonly offered: readonly Expectation[];
  readonly picked: readonly Expectation[];
  readonly onPick: (picked: readonly Expectation[]) => void;
}

function Picker({ offered, picked, onPick }: PickerProps) {
  const [text, setText] = useState("");
  const id = useId();
  const known = new Map([...offered, ...picked].map((one) => [expectationWords(one), one]));
  const isPicked = (words: string) => picked.some((one) => expectationWords(one) === words);
  const toggle = (words: string, one: Expectation) =>
    onPick(isPicked(words) ? picked.filter((other) => expectationWords(other) !== words) : [...picked, one]);
  return (
    <>
      <ul className="rows" aria-label="What may be expected">
        {[...known].map(([words, one]) => (
          <li className="row row--line" key={words}>
            <label className="check">
              <input type="checkbox" checked={isPicked(words)} onChange={() => toggle(words, one)} /> {words}
            </label>
          </li>
        ))}
      </ul>
      {known.size === 0 ? <Empty title="Nothing seen yet">Read the screen, or use the widget.</Empty> : null}
      <form
        className="save-row"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === "") return;
          onPick([...picked, { text: text.trim() }]);
          setText("");
        }}
      >
        <label htmlFor={id}>Text</label>
        <input
          id={id}
          type="text"
          className="code-input"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button button--small">
          Expect it
        </button>
      </form>
    </>
  );
}

/** What the host tells it, as it is shown; what nobody chose is left to the host. */
function contextOf(view: View, { context = {} }: Scenario): ScenarioContext {
  const { theme, mode, locale, device, pointer, insets, languages, motion, contrast } = view;
  const touch = pointer === "" ? context.touch : pointer === "touch";
  const width = view.width > 0 ? view.width : context.width;
  const maxHeight = view.height > 0 ? view.height : context.maxHeight;
  const timeZone = view.timeZone === "" ? context.timeZone : view.timeZone;
  return {
    ...{ theme, displayMode: mode, locale, device },
    ...(width === undefined ? {} : { width }),
    ...(maxHeight === undefined ? {} : { maxHeight }),
    ...(touch === undefined ? {} : { touch }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(Object.values(insets).some((inset) => inset > 0) ? { safeArea: insets } : {}),
    ...(languages.length > 0 ? { languages } : {}),
    ...(motion === "reduce" ? { reducedMotion: true } : {}),
    ...(contrast === "more" ? { contrast } : {}),
  };
}
