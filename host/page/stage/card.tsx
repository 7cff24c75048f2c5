/** One card of the conversation: a widget in its frame, as the host frames it. */
import { useRef, useSyncExternalStore, type CSSProperties, type ReactNode } from "react";
import type { HostState } from "../../emulator/bridge/types.ts";
import type { DisplayMode } from "../../profiles/types.ts";
import type { LiveSnapshot, LiveStage } from "../state/live-stage.ts";
import { IconButton } from "../ui/parts.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";
import { useFit } from "./use-fit.ts";
import { useStage, type ConversationPort, type StageInput } from "./use-stage.ts";

export interface CardProps {
  /** As its bar names it. */
  readonly name: string;
  /** null: nothing is rendered. */
  readonly input: StageInput | null;
  readonly state: HostState;
  readonly slot: number;
  readonly log: LiveStage;
  readonly port: ConversationPort;
  readonly watched?: boolean;
  /** Modes that the host has; none: it stays as it is. */
  readonly modes: readonly DisplayMode[];
  readonly onMode: (mode: DisplayMode) => void;
  /** The widget's own wish for a border around it. */
  readonly border: boolean;
  readonly host: string;
  /** Beside its own actions. */
  readonly children?: ReactNode;
}

export function Card({ children, ...props }: CardProps) {
  const { name, input, state, slot, log, port, modes, onMode } = props;
  const box = useRef<HTMLDivElement>(null);
  const live = useSyncExternalStore(log.subscribe, log.snapshot);
  useStage({ box, input, state, slot, log, port, ...(props.watched ? { watched: true } : {}) });
  const { displayMode: mode, width, maxHeight } = state;
  const { scale } = useFit(box, mode === "inline" ? width : null);
  const frameStyle = { "--widget-width": `${width}px`, "--widget-height": `${maxHeight}px` } as CSSProperties;
  const reload = () => log.driver?.rebuild("asked");
  return (
    <>
      {live.state === "failed" ? (
        <ProblemCard
          problem={{ code: "NOT_RENDERED", message: live.failure ?? "The widget could not be rendered.", next: "" }}
        />
      ) : null}
      <div className={`widget widget--${mode}`} style={frameStyle} data-border={props.border}>
        <div className="widget__bar">
          {mode === "inline" ? null : (
            <IconButton icon="close" label="Back to inline" onClick={() => onMode("inline")} />
          )}
          <span className="widget__name">{name}</span>
          <span className="widget__host">{props.host}</span>
          <IconButton icon="reload" label="Render the widget anew" onClick={reload} />
        </div>
        <div className="widget__frame" ref={box} data-state={live.state} data-delivery={live.delivery} />
      </div>
      {mode === "inline" ? (
        <div className="widget-actions">
          {modes.includes("fullscreen") ? (
            <IconButton icon="expand" label="Show fullscreen" onClick={() => onMode("fullscreen")} />
          ) : null}
          {modes.includes("pip") ? (
            <IconButton icon="pip" label="Show picture in picture" onClick={() => onMode("pip")} />
          ) : null}
          <IconButton icon="reload" label="Render the widget anew" onClick={reload} />
          <span className="hint" role="status">
            {status(live, width, scale)}
          </span>
          {children}
        </div>
      ) : null}
    </>
  );
}

function status(live: LiveSnapshot, width: number, scale: number): string {
  if (live.state === "loading" || live.state === "idle") return "Rendering…";
  if (live.state === "failed") return "Not rendered";
  return `${width} px wide${scale < 1 ? `, shown at ${Math.round(scale * 100)}%` : ""}, written in ${live.readyMs ?? 0} ms`;
}
