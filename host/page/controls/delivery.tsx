/** How the tool's result comes to the card. */
import type { HostProfile, Sourced } from "../../profiles/types.ts";
import type { SetView } from "../state/use-view.ts";
import type { View } from "../state/view.ts";
import { Segmented } from "../ui/parts.tsx";
import { Section } from "./section.tsx";

const PACES = [200, 800, 1500, 4000] as const;

export function DeliveryControl({
  view,
  setView,
  profile,
}: {
  readonly view: View;
  readonly setView: SetView;
  readonly profile: HostProfile;
}) {
  const { partialInput, cancelled } = profile.bridge;
  return (
    <Section title="Delivery">
      <Segmented
        legend="The tool’s result"
        value={view.deliver}
        onChange={(deliver) => setView({ deliver })}
        choices={[
          { id: "at-once", label: "At once" },
          { id: "late", label: "Late" },
          { id: "stream", label: "In parts" },
          { id: "cancel", label: "Never" },
        ]}
      />
      {view.deliver === "at-once" ? null : (
        <label className="field">
          <span>{view.deliver === "stream" ? "Between two parts" : "After"}</span>
          <select value={view.pace} onChange={(event) => setView({ pace: Number(event.target.value) })}>
            {[...new Set([...PACES, view.pace])]
              .sort((a, b) => a - b)
              .map((ms) => (
                <option key={ms} value={ms}>
                  {ms} ms
                </option>
              ))}
          </select>
        </label>
      )}
      <p className="hint">{HINTS[view.deliver]}</p>
      {view.deliver === "stream" ? <Channel of={partialInput} what="partial input" profile={profile} /> : null}
      {view.deliver === "cancel" ? <Channel of={cancelled} what="a cancelled call" profile={profile} /> : null}
    </Section>
  );
}

const HINTS: Readonly<Record<View["deliver"], string>> = {
  "at-once": "The card is mounted with its result.",
  late: "The card is mounted without its result, which follows.",
  stream: "The input comes piece by piece, as a model writes it; then the whole input, then the result.",
  cancel: "The card is mounted without a result, and the call is cancelled.",
};

function Channel({
  of,
  what,
  profile,
}: {
  readonly of: Sourced<boolean>;
  readonly what: string;
  readonly profile: HostProfile;
}) {
  return (
    <p className="hint">
      {of.value
        ? `${profile.title} tells a widget of ${what}`
        : `${profile.title} has no channel for ${what}: nothing is sent`}{" "}
      ({of.source}, {of.seen}).
    </p>
  );
}
