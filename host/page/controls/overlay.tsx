/** The switch of the dev overlay, and what it does. */
import type { SetView } from "../state/use-view.ts";
import type { View } from "../state/view.ts";
import { Icon } from "../ui/icon.tsx";
import { Section } from "./section.tsx";

export function Overlay({
  view,
  setView,
  problem,
  devServers,
}: {
  readonly view: View;
  readonly setView: SetView;
  readonly problem: string | null;
  readonly devServers: readonly string[];
}) {
  return (
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
      {view.overlay ? (
        <label className="check">
          <input
            type="checkbox"
            checked={view.network === "live"}
            onChange={(event) => setView({ network: event.target.checked ? "live" : "" })}
          />
          <span>Ask the network where no mock answers</span>
        </label>
      ) : null}
      <p className="hint">{answeredBy(view)}</p>
      {problem ? (
        <p className="notice notice--warn">
          <Icon name="warn" size={16} />
          <span>The overlay is off: {problem}. Allowed requests go to the network.</span>
        </p>
      ) : null}
      <p className="hint">
        {devServers.length > 0 ? (
          <>
            The widget’s dev server <span className="mono">{devServers.join(", ")}</span>, its client and its socket,
            are let through for hot reload in this page alone. What goes there is not counted as the widget’s;
            “sandglass check” allows none of it.
          </>
        ) : (
          "Hot reload needs no overlay: the widget is rebuilt and rendered anew from outside. A document that loads Vite’s client from this machine would be let through to that server alone."
        )}
      </p>
    </Section>
  );
}

function answeredBy({ overlay, network }: View): string {
  if (!overlay)
    return "Off: allowed requests go to the real network. Nothing of ours stands between the widget and it.";
  const end = "It widens no policy and is not counted as the widget’s.";
  return network === "live"
    ? `A service worker on the sandbox origin hands on what CSP lets through: the scenario’s mocks answer, else the network, asked by “sandglass dev” as from the host’s own origin and never at an address of this network. What it answers is kept until you save a scenario. ${end}`
    : `A service worker on the sandbox origin answers what CSP lets through: the scenario’s mocks, else a neutral stub, as “sandglass check” does. ${end}`;
}
