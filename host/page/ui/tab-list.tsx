/** The tab pattern: arrows move, one tab stop. */
import { useRef, type KeyboardEvent, type ReactNode } from "react";

export interface TabInfo {
  readonly id: string;
  readonly label: string;
  /** Stands beside the label. */
  readonly badge: ReactNode;
}

export function TabList({
  label,
  tabs,
  value,
  onChange,
  panelId,
}: {
  readonly label: string;
  readonly tabs: readonly TabInfo[];
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly panelId: string;
}) {
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === value);
    const to = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (!next) return;
    event.preventDefault();
    onChange(next.id);
    row.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={row} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={`tab-${tab.id}`}
          type="button"
          role="tab"
          className="tab"
          aria-selected={tab.id === value}
          aria-controls={panelId}
          tabIndex={tab.id === value ? 0 : -1}
          onClick={() => onChange(tab.id)}
        >
          <span className="tab__label">{tab.label}</span>
          {tab.badge}
        </button>
      ))}
    </div>
  );
}
