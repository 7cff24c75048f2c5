import { useState } from "react";
import type { Detection, PropsEvidence } from "../../../harness/model/evidence.ts";
import type { StageBoot } from "../../emulator/bridge/types.ts";
import { JsonTree, leavesOf, type Mark } from "../ui/json-tree.tsx";
import { Badge, bytes, Empty, Filter, matches, type Tone } from "../ui/parts.tsx";
import { propsOf } from "./seen.ts";
import type { PanelProps } from "./types.ts";

const CARRIERS = [
  { carrier: "toolInput", title: "Tool input", size: "toolInput" },
  { carrier: "toolOutput", title: "Tool output (structuredContent)", size: "structuredContent" },
  { carrier: "content", title: "Content", size: "content" },
  { carrier: "_meta", title: "Result _meta", size: "meta" },
  { carrier: "widgetState", title: "Widget state", size: "widgetState" },
] as const;

const valuesOf = ({ toolInput, toolResult, widgetState }: StageBoot) => ({
  toolInput,
  toolOutput: toolResult?.structuredContent,
  content: toolResult?.content,
  _meta: toolResult?._meta,
  widgetState,
});

export default function PropsPanel(given: PanelProps) {
  const { evidence, stage } = given;
  const [filter, setFilter] = useState("");
  const props = propsOf(given);
  const secrets = props?.detections.filter(({ family }) => family === "secret") ?? [];
  const shown = secrets.filter((one) => matches(filter, one.kind, one.title, one.path, one.carrier));
  const values = stage ? valuesOf(stage.boot) : null;
  if (!values || !props)
    return (
      <div className="panel-body">
        <Empty title="No props yet">What the widget received appears here once it is rendered.</Empty>
      </div>
    );
  const carriers = CARRIERS.filter(({ carrier }) => !isNothing(values[carrier])).map((one) => {
    const marks = marksOf(props, one.carrier);
    // A masked value is found by what is shown of it, not by what it is.
    return {
      ...one,
      marks,
      leaves: leavesOf(values[one.carrier], (path, value) =>
        matches(filter, one.title, path, marks.get(path)?.label, marks.get(path)?.masked ?? JSON.stringify(value)),
      ),
    };
  });
  const bridge = evidence?.artifacts.bridge;
  const byMessage = bridge?.status === "ok" && bridge.value.handshake === "initialized";
  const count = (which: "kept" | "total") => carriers.reduce((sum, { leaves }) => sum + leaves[which], 0);
  return (
    <div className="panel-body">
      <div className="panel-tools">
        <Filter
          label="Filter by field, value or mark"
          value={filter}
          onChange={setFilter}
          shown={count("kept")}
          total={count("total")}
        />
      </div>
      {shown.length > 0 ? (
        <ul className="rows">
          {shown.map((one) => (
            <Secret key={`${one.fingerprint} ${one.path} ${one.carrier} ${one.sink ?? ""}`} detection={one} />
          ))}
        </ul>
      ) : null}
      {carriers
        .filter(({ leaves }) => leaves.kept > 0 || filter === "")
        .map(({ carrier, title, size, marks, leaves }) => (
          <section key={carrier} className="carrier">
            <header>
              <h3>{title}</h3>
              <span className="hint">{bytes(props.sizes[size])}</span>
            </header>
            <JsonTree
              key={filter === "" ? "all" : filter}
              value={values[carrier]}
              marks={marks}
              {...(filter === "" ? {} : { only: leaves.only })}
            />
          </section>
        ))}
      {carriers.length === 0 ? (
        <Empty title="Nothing was given">This scenario has no input, no output and no state.</Empty>
      ) : null}
      {carriers.length > 0 && filter !== "" && count("kept") === 0 ? (
        <Empty title="No field matches">Clear the filter to see all.</Empty>
      ) : null}
      <p className="hint">{readsText(props, byMessage)}</p>
    </div>
  );
}

function readsText({ reads }: PropsEvidence, byMessage: boolean): string {
  if (byMessage) return "The result came as a message of MCP Apps: what the widget reads of it cannot be told.";
  if (!reads) return "Reads are recorded once the widget has touched its tool output.";
  const opaque = reads.opaque.length > 0 ? ` Copied whole, so unread cannot be told: ${reads.opaque.join(", ")}.` : "";
  return `Greyed fields were never read by the widget in this rendering.${opaque}`;
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

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
    if (detection.carrier === carrier && detection.path !== undefined)
      marks.set(detection.path, { tone: "secret", label: detection.title, masked: detection.masked });
  }
  return marks;
}

function toneOf({ publishable, confidence }: Detection): Tone {
  if (publishable) return "note";
  return confidence === "possible" ? "warn" : "bad";
}

function Secret({ detection }: { readonly detection: Detection }) {
  return (
    <li className="row">
      <div className="row__head">
        <Badge tone={toneOf(detection)}>{detection.publishable ? "publishable" : detection.confidence}</Badge>
        <span className="row__kind">{detection.title}</span>
      </div>
      <p className="row__url">
        {detection.carrier} {detection.path ?? ""}
        {detection.sink ? ` → ${detection.sink}` : ""}
      </p>
      <p className="row__why">
        <code>{detection.masked}</code> {detection.why}
      </p>
    </li>
  );
}
