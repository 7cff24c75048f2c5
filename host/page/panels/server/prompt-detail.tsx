/** One prompt: got with arguments, and shown as text. */
import { useState } from "react";
import type { PromptEntry, ServerReply } from "../../../server/server-types.ts";
import { Badge } from "../../ui/parts.tsx";
import { Plain, PlainBlock, seen, textOf } from "../../ui/plain.tsx";
import { SchemaForm } from "../../ui/schema-form.tsx";
import { Beginning, Cost, Refused } from "./answer.tsx";
import { useAsk } from "./use-ask.ts";

export function PromptDetail({ prompt }: { readonly prompt: PromptEntry }) {
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const { reply, isWaiting, ask, stop } = useAsk();
  return (
    <section className="entry-detail" aria-label="The chosen prompt">
      <header>
        <h3>
          <Plain className="mono" text={prompt.name} limit={300} />
        </h3>
        {prompt.title ? <Plain className="hint" text={prompt.title} limit={300} /> : null}
      </header>
      {prompt.description ? <p className="plain-text">{seen(prompt.description)}</p> : null}
      <SchemaForm
        schema={schemaOf(prompt)}
        value={given}
        onChange={(next) => setGiven(next as Readonly<Record<string, string>>)}
      />
      <p className="row__head">
        <button
          type="button"
          className="button button--primary"
          disabled={isWaiting}
          onClick={() => ask({ kind: "prompt", name: prompt.name, arguments: given })}
        >
          {isWaiting ? "Waiting…" : "Get it"}
        </button>
        {isWaiting ? (
          <button type="button" className="button" onClick={stop}>
            Give up
          </button>
        ) : null}
      </p>
      {reply ? <Messages reply={reply} /> : null}
    </section>
  );
}

/** All arguments of a prompt are texts (MCP specification, "Prompts"). */
function schemaOf({ arguments: all }: PromptEntry): unknown {
  return {
    properties: Object.fromEntries(all.map(({ name, description }) => [name, { type: "string", description }])),
    required: all.filter(({ required }) => required).map(({ name }) => name),
  };
}

const MOST = 50;

function Messages({ reply }: { readonly reply: ServerReply }) {
  if (!reply.ok) return <Refused message={reply.message} />;
  const { messages } = (reply.value ?? {}) as { readonly messages?: unknown };
  const list = (Array.isArray(messages) ? messages : []) as readonly ({
    readonly role?: unknown;
    readonly content?: unknown;
  } | null)[];
  return (
    <div className="answer" role="status" aria-label="Messages of the prompt">
      <p className="row__head">
        <Badge tone="good">{list.length === 1 ? "1 message" : `${list.length} messages`}</Badge>
        <Cost reply={reply} />
      </p>
      <Beginning reply={reply} />
      {list.slice(0, MOST).map((message, index) => (
        <div key={index}>
          <p className="hint">{seen(textOf(message?.role), 40)}</p>
          <PlainBlock text={contentOf(message?.content)} label={`Message ${index + 1}`} />
        </div>
      ))}
    </div>
  );
}

function contentOf(content: unknown): string {
  const { text } = (content ?? {}) as { readonly text?: unknown };
  return typeof text === "string" ? text : JSON.stringify(content ?? null, null, 2);
}
