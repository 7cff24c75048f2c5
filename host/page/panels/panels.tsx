/** The tabs with their counts, and the panel that is open. */
import { Suspense } from "react";
import { Boundary } from "../ui/boundary.tsx";
import { TabList } from "../ui/tab-list.tsx";
import { PANELS } from "./tabs.ts";
import type { PanelInfo, PanelProps } from "./types.ts";

export function Panels(props: PanelProps) {
  const { view, setView } = props;
  const shown = PANELS.filter(({ isShown }) => isShown?.(props) ?? true);
  // Anything may stand in the URL.
  const { id, label, Panel } = shown.find((panel) => panel.id === view.panel) ?? PANELS[0];
  return (
    <div className="panels">
      <TabList
        label="Panels"
        tabs={shown.map((panel) => ({
          id: panel.id,
          label: panel.label,
          badge: (
            <Boundary label={panel.label} fallback={null}>
              <Count panel={panel} props={props} />
            </Boundary>
          ),
        }))}
        value={id}
        onChange={(panel) => setView({ panel })}
        panelId="panel"
      />
      <div className="panel" role="tabpanel" id="panel" aria-labelledby={`tab-${id}`} tabIndex={0} data-panel={id}>
        <h2 className="visually-hidden">{label}</h2>
        <Boundary key={id} label={label}>
          <Suspense fallback={<p className="panel-loading hint">Loading…</p>}>
            <Panel {...props} />
          </Suspense>
        </Boundary>
      </div>
    </div>
  );
}

function Count({ panel, props }: { readonly panel: PanelInfo; readonly props: PanelProps }) {
  const count = panel.count(props);
  return count === null ? null : <span className={`count count--${panel.tone(props)}`}>{count}</span>;
}
