/** The middle: a conversation with the widget in it, at the widths that ChatGPT gives it. */
import type { CSSProperties, ReactNode, RefObject } from "react";
import type { DisplayMode } from "../profiles/types.ts";
import type { Problem, WidgetView } from "../server/types.ts";
import { useFit } from "./stage/use-fit.ts";
import type { LiveSnapshot } from "./state/live-stage.ts";
import type { Said } from "./state/use-conversation.ts";
import { Icon, Mark } from "./ui/icon.tsx";
import { bytes, IconButton } from "./ui/parts.tsx";

export interface ConversationProps {
  readonly widget: WidgetView;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly live: LiveSnapshot;
  readonly mode: DisplayMode;
  /** Modes that the host has. */
  readonly modes: readonly DisplayMode[];
  readonly onMode: (mode: DisplayMode) => void;
  readonly width: number;
  readonly height: number;
  readonly toolInput: unknown;
  readonly outputBytes: number;
  readonly badge: string | undefined;
  readonly profileTitle: string;
  readonly said: readonly Said[];
  readonly problem: Problem | null;
  readonly onReload: () => void;
}

export function Conversation(props: ConversationProps) {
  const { widget, box, live, mode, modes, onMode, width, height, said, problem } = props;
  const { scale } = useFit(box, mode === "inline" ? width : null);
  const frameStyle = { "--widget-width": `${width}px`, "--widget-height": `${height}px` } as CSSProperties;
  return (
    <div className={`conversation conversation--${mode}`} style={frameStyle}>
      <div className="conversation__scroll" tabIndex={0} role="region" aria-label="Conversation">
        <div className="thread">
          <h2 className="visually-hidden">Conversation</h2>
          <div className="turn turn--user">
            <p className="bubble">
              <span className="bubble__app">@{widget.name}</span> {askedFor(widget, props.toolInput)}
            </p>
          </div>
          <div className="turn turn--assistant">
            <p className="called">
              <Mark size={20} />{" "}
              <span>
                Called <code>{widget.tool?.name ?? widget.name}</code>{" "}
                <span className="hint">
                  {props.outputBytes > 0 ? `${bytes(props.outputBytes)} of output` : "without output"}
                </span>
              </span>
            </p>
            {problem ? <ProblemCard problem={problem} /> : null}
            {live.state === "failed" ? (
              <ProblemCard
                problem={{
                  code: "NOT_RENDERED",
                  message: live.failure ?? "The widget could not be rendered.",
                  next: "",
                }}
              />
            ) : null}
            <div className={`widget widget--${mode}`} data-border={prefersBorder(widget)}>
              <div className="widget__bar">
                {mode === "inline" ? null : (
                  <IconButton icon="close" label="Back to inline" onClick={() => onMode("inline")} />
                )}
                <span className="widget__name">{widget.name}</span>
                <span className="widget__host">
                  {props.profileTitle}
                  {props.badge ? ` · ${props.badge}` : ""}
                </span>
                <IconButton icon="reload" label="Render the widget anew" onClick={props.onReload} />
              </div>
              <div className="widget__frame" ref={box} data-state={live.state} />
            </div>
            {mode === "inline" ? (
              <div className="widget-actions">
                {modes.includes("fullscreen") ? (
                  <IconButton icon="expand" label="Show fullscreen" onClick={() => onMode("fullscreen")} />
                ) : null}
                {modes.includes("pip") ? (
                  <IconButton icon="pip" label="Show picture in picture" onClick={() => onMode("pip")} />
                ) : null}
                <IconButton icon="reload" label="Render the widget anew" onClick={props.onReload} />
                <span className="hint" role="status">
                  {status(live, width, scale)}
                </span>
              </div>
            ) : null}
          </div>
          {said.map((one) => (
            <Turn key={one.id} said={one} />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The widget's own wish for a border around it. */
function prefersBorder({ meta }: WidgetView): boolean {
  const ui = meta.ui as { prefersBorder?: unknown } | undefined;
  return meta["openai/widgetPrefersBorder"] === true || ui?.prefersBorder === true;
}

function status(live: LiveSnapshot, width: number, scale: number): string {
  if (live.state === "loading" || live.state === "idle") return "Rendering…";
  if (live.state === "failed") return "Not rendered";
  return `${width} px wide${scale < 1 ? `, shown at ${Math.round(scale * 100)}%` : ""}, written in ${live.readyMs ?? 0} ms`;
}

function Turn({ said }: { readonly said: Said }) {
  if (said.kind === "message")
    return (
      <div className="turn turn--user">
        <p className="bubble">
          <span className="visually-hidden">The widget said: </span>
          {said.text}
        </p>
      </div>
    );
  return (
    <Notice>
      The widget asked to open <span className="mono">{said.text}</span>.{" "}
      {said.safe
        ? "ChatGPT opens it: its origin is in redirect_domains."
        : "ChatGPT asks the user first: its origin is not in redirect_domains."}
    </Notice>
  );
}

function Notice({ children }: { readonly children: ReactNode }) {
  return (
    <p className="notice">
      <Icon name="info" size={16} />
      <span>{children}</span>
    </p>
  );
}

export function ProblemCard({ problem }: { readonly problem: Problem }) {
  return (
    <section className="problem" role="alert">
      <h3>
        <Icon name="warn" size={18} /> {problem.code}
      </h3>
      <pre tabIndex={0}>{problem.message}</pre>
      {problem.next ? <p>{problem.next}</p> : null}
    </section>
  );
}

/** The tool's input in words, as a person might have asked. */
function askedFor(widget: WidgetView, input: unknown): string {
  const entries =
    typeof input === "object" && input !== null
      ? Object.entries(input)
          .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
          .slice(0, 4)
      : [];
  const what = widget.tool?.title ?? widget.tool?.name ?? "show me";
  return entries.length === 0
    ? what
    : `${what}: ${entries.map(([key, value]) => `${key} ${String(value).slice(0, 60)}`).join(", ")}`;
}
