/** One resource: read, and shown as text. */
import { useState } from "react";
import type { ResourceEntry, ServerReply } from "../../../server/server-types.ts";
import { Badge, bytes } from "../../ui/parts.tsx";
import { Plain, PlainBlock, seen, textOf } from "../../ui/plain.tsx";
import { Beginning, Cost, Refused } from "./answer.tsx";
import { useAsk } from "./use-ask.ts";

const SHOWN = 200_000;
const CONTENTS = 20;

export function ResourceDetail({ resource }: { readonly resource: ResourceEntry }) {
  const [uri, setUri] = useState(resource.uri);
  const { reply, isWaiting, ask, stop } = useAsk();
  return (
    <section className="entry-detail" aria-label="The chosen resource">
      <h3>
        <Plain className="mono" text={resource.uri} limit={500} />
      </h3>
      {resource.description ? <p className="plain-text">{seen(resource.description)}</p> : null}
      {resource.isTemplate ? (
        <label className="field">
          <span>Address, with its parts filled in</span>
          <input type="text" value={uri} onChange={(event) => setUri(event.target.value)} />
        </label>
      ) : null}
      <p className="row__head">
        <button
          type="button"
          className="button button--primary"
          disabled={isWaiting}
          onClick={() => ask({ kind: "resource", uri })}
        >
          {isWaiting ? "Waiting…" : "Read it"}
        </button>
        {isWaiting ? (
          <button type="button" className="button" onClick={stop}>
            Give up
          </button>
        ) : null}
      </p>
      {reply ? <Contents reply={reply} /> : null}
    </section>
  );
}

interface ContentItem {
  readonly uri?: unknown;
  readonly mimeType?: unknown;
  readonly text?: unknown;
  readonly blob?: unknown;
}

function Contents({ reply }: { readonly reply: ServerReply }) {
  if (!reply.ok) return <Refused message={reply.message} />;
  const { contents } = (reply.value ?? {}) as { readonly contents?: unknown };
  const items = Array.isArray(contents) ? (contents as readonly (ContentItem | null)[]) : [];
  return (
    <div className="answer" role="status" aria-label="Contents of the resource">
      <p className="row__head">
        <Badge tone="good">read</Badge>
        <Cost reply={reply} />
      </p>
      <Beginning reply={reply} />
      {items.slice(0, CONTENTS).map((item, index) => (
        <div key={index}>
          <p className="hint">
            <Plain text={textOf(item?.uri)} limit={300} /> {seen(textOf(item?.mimeType), 100)}
          </p>
          {typeof item?.text === "string" ? (
            <PlainBlock text={item.text} label={`Content ${index + 1}`} limit={SHOWN} />
          ) : (
            <p className="hint">Not text: {bytes(Math.round((textOf(item?.blob).length * 3) / 4))}</p>
          )}
        </div>
      ))}
    </div>
  );
}
