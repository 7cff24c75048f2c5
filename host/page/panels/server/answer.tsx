/** What a tool answered, beside what it declares. */
import type { SchemaMatch, ServerReply, ToolEntry } from "../../../server/server-types.ts";
import { JsonTree } from "../../ui/json-tree.tsx";
import { Badge, bytes } from "../../ui/parts.tsx";
import { PlainBlock, seen, textOf } from "../../ui/plain.tsx";

interface Answer {
  readonly content?: readonly unknown[];
  readonly structuredContent?: unknown;
  readonly _meta?: unknown;
  readonly isError?: unknown;
}

export function ToolAnswer({ tool, reply }: { readonly tool: ToolEntry; readonly reply: ServerReply }) {
  if (!reply.ok) return <Refused message={reply.message} />;
  const answer = (typeof reply.value === "object" ? reply.value : null) as Answer | null;
  return (
    <div className="answer" role="status" aria-label="Answer of the tool">
      <p className="row__head">
        <Badge tone={answer?.isError === true ? "bad" : "good"}>
          {answer?.isError === true ? "isError" : "answered"}
        </Badge>
        <Match match={reply.match} />
        <Cost reply={reply} />
      </p>
      {reply.match.state === "differs" ? (
        <ul className="faults">
          {reply.match.faults.map((fault) => (
            <li key={fault}>{seen(fault, 300)}</li>
          ))}
        </ul>
      ) : null}
      {reply.widget === null ? null : <p className="hint">Shown in the conversation, as {seen(reply.widget, 200)}.</p>}
      <Beginning reply={reply} />
      {answer?.content === undefined ? null : <Content content={answer.content} />}
      <div className="beside">
        <Beside label="structuredContent" value={answer?.structuredContent} openDepth={2} />
        <Beside label="outputSchema" value={tool.outputSchema} openDepth={3} />
        <Beside label="_meta" value={answer?._meta} openDepth={1} />
      </div>
    </div>
  );
}

function Beside({
  label,
  value,
  openDepth,
}: {
  readonly label: string;
  readonly value: unknown;
  readonly openDepth: number;
}) {
  if (value === undefined) return null;
  return (
    <figure>
      <figcaption>{label}</figcaption>
      <JsonTree value={value} openDepth={openDepth} />
    </figure>
  );
}

export const Refused = ({ message }: { readonly message: string }) => (
  <p className="notice notice--bad" role="alert">
    {seen(message, 1000)}
  </p>
);

type Answered = Extract<ServerReply, { readonly ok: true }>;

export const Cost = ({ reply }: { readonly reply: Answered }) => (
  <span className="hint">
    {reply.ms} ms, {bytes(reply.bytes)}
  </span>
);

/** An answer that the page does not take whole. */
export function Beginning({ reply }: { readonly reply: Answered }) {
  if (reply.beginning === undefined) return null;
  return (
    <>
      <p className="notice notice--warn">
        The answer has {bytes(reply.bytes)}: too much to show, and too much for a conversation. It begins so:
      </p>
      <PlainBlock text={reply.beginning} label="Beginning of the answer" />
    </>
  );
}

function Match({ match }: { readonly match: SchemaMatch }) {
  if (match.state === "matches") return <Badge tone="good">as its outputSchema says</Badge>;
  if (match.state === "differs") return <Badge tone="bad">not as its outputSchema says</Badge>;
  return null;
}

const BLOCKS = 100;

function Content({ content }: { readonly content: readonly unknown[] }) {
  return (
    <>
      {content.slice(0, BLOCKS).map((block, index) => {
        const { type, text } = (block ?? {}) as { readonly type?: unknown; readonly text?: unknown };
        return typeof text === "string" ? (
          <PlainBlock key={index} text={text} label={`Block ${index + 1} of the content`} />
        ) : (
          <p key={index} className="hint">
            {seen(textOf(type) || "block", 40)}, {bytes(JSON.stringify(block ?? null).length)}
          </p>
        );
      })}
      {content.length > BLOCKS ? <p className="hint">{content.length - BLOCKS} further blocks</p> : null}
    </>
  );
}
