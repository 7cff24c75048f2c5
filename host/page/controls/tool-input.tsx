/** The tool's input, as a form or as JSON, and the button that runs the tool. */
import { useState } from "react";
import type { WidgetView } from "../../server/types.ts";
import { Icon } from "../ui/icon.tsx";
import { JsonEditor } from "../ui/json-editor.tsx";
import { Segmented } from "../ui/parts.tsx";
import { formFields, SchemaForm } from "../ui/schema-form.tsx";

export function ToolInput({
  widget,
  value,
  onChange,
  onReset,
  running,
  onRunTool,
}: {
  readonly widget: WidgetView;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly onReset: (() => void) | undefined;
  readonly running: boolean;
  readonly onRunTool: () => void;
}) {
  const schema = widget.tool?.inputSchema;
  const hasForm = formFields(schema).fields.length > 0;
  const [how, setHow] = useState<"form" | "json">("form");
  const asForm = hasForm && how === "form" && isFormValue(value);
  return (
    <>
      <ToolName widget={widget} />
      {hasForm ? (
        <Segmented
          legend="Input as"
          value={how}
          onChange={setHow}
          choices={[
            { id: "form", label: "Form" },
            { id: "json", label: "JSON" },
          ]}
        />
      ) : null}
      {asForm ? (
        <>
          <SchemaForm schema={schema} value={(value ?? {}) as Readonly<Record<string, unknown>>} onChange={onChange} />
          {onReset ? (
            <button type="button" className="link" onClick={onReset}>
              Reset input
            </button>
          ) : null}
        </>
      ) : (
        <JsonEditor label="toolInput" value={value} onChange={onChange} rows={5} onReset={onReset} />
      )}
      <button
        type="button"
        className="button button--primary"
        onClick={onRunTool}
        disabled={running || !widget.hasServer}
      >
        <Icon name="play" size={14} /> {running ? "Running…" : "Run the tool"}
      </button>
      {widget.hasServer ? null : (
        <p className="hint">Loaded from files: there is no server to call. The scenario’s output is used.</p>
      )}
    </>
  );
}

function ToolName({ widget }: { readonly widget: WidgetView }) {
  return (
    <p className="tool-name">
      <code>{widget.tool?.name ?? widget.name}</code>
      {widget.tool?.title ? <span className="hint"> {widget.tool.title}</span> : null}
    </p>
  );
}

const isFormValue = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "object" && !Array.isArray(value));
