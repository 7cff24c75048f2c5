/** One tool: what it says of itself, a form to call it by, and what it answered. */
import { useState } from "react";
import type { ServerReply, ToolEntry } from "../../../server/server-types.ts";
import { Icon } from "../../ui/icon.tsx";
import { JsonEditor } from "../../ui/json-editor.tsx";
import { JsonTree } from "../../ui/json-tree.tsx";
import { Badge, Segmented, type Tone } from "../../ui/parts.tsx";
import { Plain, seen } from "../../ui/plain.tsx";
import { formFields, SchemaForm } from "../../ui/schema-form.tsx";
import type { PanelProps } from "../types.ts";
import { ToolAnswer } from "./answer.tsx";
import { useAsk } from "./use-ask.ts";

type Given = Readonly<Record<string, unknown>>;

export function ToolDetail({ tool, onShow }: { readonly tool: ToolEntry; readonly onShow: PanelProps["onShow"] }) {
  const [given, setGiven] = useState<Given>({});
  const [isAsked, setAsked] = useState(false);
  const { reply, isWaiting, ask, stop } = useAsk();
  const isHarmless = tool.annotations.readOnlyHint === true;
  const call = () => {
    setAsked(false);
    ask({ kind: "tool", name: tool.name, arguments: given }, (answer) => show(answer, given, onShow));
  };
  return (
    <section className="entry-detail" aria-label="The chosen tool">
      <Heading tool={tool} />
      <Arguments schema={tool.inputSchema} value={given} onChange={setGiven} />
      <p className="row__head">
        <button
          type="button"
          className="button button--primary"
          disabled={isWaiting || isAsked}
          onClick={() => (isHarmless ? call() : setAsked(true))}
        >
          <Icon name="play" size={14} /> {isWaiting ? "Waiting…" : "Call the tool"}
        </button>
        {isWaiting ? (
          <button type="button" className="button" onClick={stop}>
            Give up
          </button>
        ) : null}
      </p>
      {isAsked ? <Confirm tool={tool} onCall={call} onLeave={() => setAsked(false)} /> : null}
      {reply ? <ToolAnswer tool={tool} reply={reply} /> : null}
      <Declared label="Input schema" value={tool.inputSchema} />
      {reply ? null : <Declared label="Output schema" value={tool.outputSchema} />}
      <Declared label="_meta" value={tool.meta} />
    </section>
  );
}

/** The widget that shows the answer is opened in the conversation. */
function show(reply: ServerReply, toolInput: Given, onShow: PanelProps["onShow"]): void {
  if (!reply.ok || reply.widget === null || typeof reply.value !== "object" || reply.value === null) return;
  onShow({ widget: reply.widget, toolInput, result: reply.value });
}

function Heading({ tool }: { readonly tool: ToolEntry }) {
  return (
    <>
      <header>
        <h3>
          <Plain className="mono" text={tool.name} limit={300} />
        </h3>
        {tool.title ? <Plain className="hint" text={tool.title} limit={300} /> : null}
      </header>
      <p className="row__head">
        {hintsOf(tool).map(({ tone, word }) => (
          <Badge key={word} tone={tone}>
            {word}
          </Badge>
        ))}
      </p>
      {tool.description ? <p className="plain-text">{seen(tool.description)}</p> : null}
      {tool.resourceUri === null ? null : (
        <p className="hint">
          Its widget: <Plain className="mono" text={tool.resourceUri} limit={300} />
        </p>
      )}
    </>
  );
}

function hintsOf({ annotations }: ToolEntry): { readonly tone: Tone; readonly word: string }[] {
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
  const hints: { readonly tone: Tone; readonly word: string }[] = [];
  if (readOnlyHint === true) hints.push({ tone: "good", word: "only reads" });
  else if (destructiveHint === false) hints.push({ tone: "warn", word: "writes, destroys nothing" });
  else hints.push({ tone: "bad", word: destructiveHint === true ? "may destroy" : "may destroy: says nothing of it" });
  if (idempotentHint === true) hints.push({ tone: "plain", word: "again changes nothing" });
  if (openWorldHint === true) hints.push({ tone: "plain", word: "open world" });
  if (openWorldHint === false) hints.push({ tone: "plain", word: "closed world" });
  return hints;
}

function Arguments({
  schema,
  value,
  onChange,
}: {
  readonly schema: unknown;
  readonly value: Given;
  readonly onChange: (value: Given) => void;
}) {
  const { fields, others } = formFields(schema);
  const [how, setHow] = useState<"form" | "json">(others.length > 0 ? "json" : "form");
  if (fields.length === 0 && others.length === 0) return <p className="hint">It takes no arguments.</p>;
  return (
    <>
      {fields.length > 0 ? (
        <Segmented
          legend="Arguments as"
          value={how}
          onChange={setHow}
          choices={[
            { id: "form", label: "Form" },
            { id: "json", label: "JSON" },
          ]}
        />
      ) : null}
      {how === "form" && fields.length > 0 ? (
        <SchemaForm schema={schema} value={value} onChange={onChange} />
      ) : (
        <JsonEditor
          label="arguments"
          value={value}
          onChange={(next) =>
            onChange(typeof next === "object" && next !== null && !Array.isArray(next) ? (next as Given) : {})
          }
        />
      )}
    </>
  );
}

function Confirm({
  tool,
  onCall,
  onLeave,
}: {
  readonly tool: ToolEntry;
  readonly onCall: () => void;
  readonly onLeave: () => void;
}) {
  return (
    <div className="notice notice--warn confirm" role="alertdialog" aria-label="Call a tool that may change something?">
      <span>
        <Plain className="mono" text={tool.name} limit={100} />{" "}
        {tool.annotations.readOnlyHint === false
          ? "says that it does not only read: the real server carries the call out."
          : "does not say that it only reads: the real server carries the call out."}
      </span>
      <span className="row__head">
        <button type="button" className="button button--small" onClick={onCall} autoFocus>
          Call it
        </button>
        <button type="button" className="button button--small" onClick={onLeave}>
          Leave it
        </button>
      </span>
    </div>
  );
}

function Declared({ label, value }: { readonly label: string; readonly value: unknown }) {
  if (value === undefined) return null;
  return (
    <details className="declared">
      <summary>{label}</summary>
      <JsonTree value={value} openDepth={3} />
    </details>
  );
}
