import { useMemo, useState } from "react";
import type { Detection, PropsEvidence } from "../../../harness/evidence.ts";
import { JsonTree, type Mark } from "../ui/json-tree.tsx";
import { Badge, bytes, Empty, Filter, matches } from "../ui/parts.tsx";
import type { PanelProps } from "./types.ts";

const CARRIERS = [
  { carrier: "toolInput", title: "Tool input", size: "toolInput" }, { carrier: "toolOutput", title: "Tool output (structuredContent)", size: "structuredContent" }, { carrier: "content", title: "Content", size: "content" },
  { carrier: "_meta", title: "Result _meta", size: "meta" }, { carrier: "widgetState", title: "Widget state", size: "widgetState" },
] as const;

export function PropsPanel({ evidence, stage, live }: PanelProps) {
  const [filter, setFilter] = useState("");
  const props = evidence?.artifacts.props.status === "ok" ? evidence.artifacts.props.value : null;
  const secrets = props?.detections.filter(({ family }) => family === "secret") ?? [];
  const shown = secrets.filter((one) => matches(filter, one.kind, one.title, one.path, one.carrier));
  const values = stage ? { toolInput: stage.boot.toolInput, toolOutput: stage.boot.toolResult?.structuredContent, content: stage.boot.toolResult?.content, _meta: stage.boot.toolResult?._meta, widgetState: stage.boot.widgetState } : null;
  if (!values || !props) return <div className="panel-body"><Empty title="No props yet">What the widget received appears here once it is rendered.</Empty></div>;
  return (
    <div className="panel-body">
      <div className="panel-tools"><Filter label="Filter secrets by kind or path" value={filter} onChange={setFilter} shown={shown.length} total={secrets.length} /></div>
      {shown.length > 0 ? <ul className="rows">{shown.map((one) => <Secret key={`${one.fingerprint} ${one.path} ${one.carrier} ${one.sink ?? ""}`} detection={one} />)}</ul> : null}
      {CARRIERS.map(({ carrier, title, size }) => (isNothing(values[carrier]) ? null : <Carrier key={carrier} title={title} carrier={carrier} value={values[carrier]} props={props} bytes={props.sizes[size]} />))}
      <p className="hint">{readsText(props, live.handshake === "initialized")}</p>
    </div>
  );
}

function readsText({ reads }: PropsEvidence, byMessage: boolean): string {
  if (byMessage) return "The result came as a message of MCP Apps: what the widget reads of it cannot be told.";
  if (!reads) return "Reads are recorded once the widget has touched its tool output.";
  const opaque = reads.opaque.length > 0 ? ` Copied whole, so unread cannot be told: ${reads.opaque.join(", ")}.` : "";
  return `Greyed fields were never read by the widget in this rendering.${opaque}`;
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || (Array.isArray(value) && value.length === 0);

function Carrier({ title, carrier, value, props, bytes: size }: { readonly title: string; readonly carrier: string; readonly value: unknown; readonly props: PropsEvidence; readonly bytes: number }) {
  const marks = useMemo(() => marksOf(props, carrier), [props, carrier]);
  return (
    <section className="carrier">
      <header><h3>{title}</h3><span className="hint">{bytes(size)}</span></header>
      <JsonTree value={value} marks={marks} />
    </section>
  );
}

function marksOf(props: PropsEvidence, carrier: string): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  if (carrier === "toolOutput") {
    const opaque = props.reads?.opaque ?? [];
    for (const { path, state } of props.reads?.fields ?? []) {
      if (opaque.some((root) => path === root || path.startsWith(`${root}.`) || path.startsWith(`${root}[`))) continue;
      if (state === "unread") marks.set(path, { tone: "unread", label: "never read" });
      else if (state === "walked") marks.set(path, { tone: "walked", label: "walked over" });
    }
  }
  for (const detection of props.detections) {
    if (detection.carrier === carrier && detection.path !== undefined) marks.set(detection.path, { tone: "secret", label: detection.title, masked: detection.masked });
  }
  return marks;
}

function Secret({ detection }: { readonly detection: Detection }) {
  return (
    <li className="row">
      <div className="row__head">
        <Badge tone={detection.publishable ? "note" : detection.confidence === "possible" ? "warn" : "bad"}>{detection.publishable ? "publishable" : detection.confidence}</Badge>
        <span className="row__kind">{detection.title}</span>
      </div>
      <p className="row__url">{detection.carrier} {detection.path ?? ""}{detection.sink ? ` → ${detection.sink}` : ""}</p>
      <p className="row__why"><code>{detection.masked}</code> {detection.why}</p>
    </li>
  );
}
