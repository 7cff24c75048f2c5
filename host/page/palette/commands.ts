/** What can be done on the page, as commands. */
import type { HostProfile } from "../../profiles/types.ts";
import type { SessionView, WidgetView } from "../../server/types.ts";
import { api } from "../api.ts";
import type { SetView } from "../state/use-view.ts";
import { DELIVER, DEVICES } from "../state/values.ts";
import { scenarioView, type View } from "../state/view.ts";
import { presetsFor } from "../versus/presets.ts";

export interface Command {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly run: () => void;
}

export interface CommandInput {
  readonly session: SessionView;
  readonly widget: WidgetView;
  readonly profile: HostProfile;
  readonly view: View;
  readonly setView: SetView;
  readonly panels: readonly { readonly id: string; readonly label: string }[];
  /** Of the conversation and the check. */
  readonly actions: Readonly<Record<string, () => void>>;
}

export function commandsOf({ session, widget, profile, view, setView, panels, actions }: CommandInput): Command[] {
  const group = (name: string, rows: readonly (readonly [label: string, run: () => void])[]): Command[] =>
    rows.map(([label, run]) => ({ id: `${name} ${label}`, group: name, label, run }));
  const go = (part: Partial<View>) => () => setView(part);
  return [
    ...group("Do", [
      ...Object.entries(actions),
      ["Read the target again", () => void api.reload()],
      ["Drop all edits", go({ edits: {} })],
    ]),
    ...group(
      "Widget",
      session.widgets
        .filter(({ name }) => name !== widget.name)
        .map(({ name, scenarios }) => [name, go({ ...scenarioView(scenarios[0]), widget: name })]),
    ),
    ...group(
      "Scenario",
      widget.scenarios
        .filter(({ name }) => name !== view.scenario)
        .map((scenario) => [scenario.name, go({ ...scenarioView(scenario), widget: widget.name })]),
    ),
    ...group(
      "Host",
      session.profiles
        .filter(({ id }) => id !== profile.id)
        .map(({ id, title }) => [title, go({ profile: id === session.defaultProfile ? "" : id })]),
    ),
    ...group(
      "Panel",
      panels.map(({ id, label }) => [label, go({ panel: id, area: "panels" })]),
    ),
    ...group("Theme", [
      ["Light", go({ theme: "light" })],
      ["Dark", go({ theme: "dark" })],
    ]),
    ...group(
      "Show",
      profile.bridge.availableDisplayModes.value.map((mode) => [WORDS[mode], go({ mode, area: "widget" })]),
    ),
    ...group(
      "Device",
      DEVICES.map((device) => [WORDS[device], go({ device })]),
    ),
    ...group(
      "Result",
      DELIVER.map((deliver) => [WORDS[deliver], go({ deliver })]),
    ),
    ...group("Beside it", [
      ...presetsFor(session, view, profile.id).map(
        ({ label, versus }) => [label, go({ versus, area: "widget" })] as const,
      ),
      ["Nothing", go({ versus: null })],
    ]),
  ];
}

const WORDS = {
  inline: "Inline",
  fullscreen: "Fullscreen",
  pip: "Picture in picture",
  desktop: "Desktop",
  tablet: "Tablet",
  mobile: "Mobile",
  "at-once": "At once",
  late: "Late",
  stream: "Input in parts",
  cancel: "Cancelled",
} as const;
