/** Which part is shown where there is no room for all. */
import type { SetView } from "../state/use-view.ts";
import type { Area, View } from "../state/view.ts";
import { Icon, type IconName } from "./icon.tsx";

const CHOICES: readonly { readonly id: Area; readonly label: string; readonly icon: IconName }[] = [
  { id: "widget", label: "Widget", icon: "inline" },
  { id: "controls", label: "Inputs", icon: "sliders" },
  { id: "panels", label: "Inspect", icon: "verdict" },
];

export function Areas({ view, setView }: { readonly view: View; readonly setView: SetView }) {
  return (
    <nav className="areas" aria-label="Parts of this page">
      {CHOICES.map(({ id, label, icon }) => (
        <button
          key={id}
          type="button"
          className={`areas__choice areas__choice--${id}`}
          aria-pressed={view.area === id}
          onClick={() => setView({ area: id })}
        >
          <Icon name={icon} size={18} />
          <span>{label}</span>
        </button>
      ))}
    </nav>
  );
}
