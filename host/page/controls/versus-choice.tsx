/** What is shown beside the conversation. */
import type { HostProfile } from "../../profiles/types.ts";
import type { SessionView } from "../../server/types.ts";
import type { SetView } from "../state/use-view.ts";
import { readVersus, writeVersus } from "../state/versus.ts";
import type { View } from "../state/view.ts";
import { presetsFor } from "../versus/presets.ts";
import { Section } from "./section.tsx";

export function VersusChoice({
  session,
  profile,
  view,
  setView,
}: {
  readonly session: SessionView;
  readonly profile: HostProfile;
  readonly view: View;
  readonly setView: SetView;
}) {
  const presets = presetsFor(session, view, profile.id);
  const value = view.versus ? writeVersus(view.versus) : "";
  const isListed = value === "" || presets.some(({ versus }) => writeVersus(versus) === value);
  return (
    <Section title="Side by side">
      <label className="field">
        <span>Beside it</span>
        <select value={value} onChange={(event) => setView({ versus: readVersus(event.target.value), area: "widget" })}>
          <option value="">Nothing</option>
          {presets.map(({ label, versus }) => (
            <option key={label} value={writeVersus(versus)}>
              {label}
            </option>
          ))}
          {isListed ? null : <option value={value}>{value}</option>}
        </select>
      </label>
      <p className="hint">The same call in another host, theme, width or language, with where the verdicts differ.</p>
    </Section>
  );
}
