/** What a widget asks the user for, as cards that wait: nothing opens by itself, and nothing is in the way. */
import { useId, useRef, useState } from "react";
import type { Ask } from "../state/use-asks.ts";
import { Icon } from "../ui/icon.tsx";

export function AskCard({ ask }: { readonly ask: Ask }) {
  return (
    <section className="ask" aria-label={ask.kind === "files" ? "Files asked for" : "Checkout asked for"}>
      {ask.kind === "files" ? <FilesAsk ask={ask} /> : <CheckoutAsk ask={ask} />}
    </section>
  );
}

function FilesAsk({ ask }: { readonly ask: Extract<Ask, { kind: "files" }> }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <p>
        <Icon name="info" size={16} /> The widget {ask.widget} asks the user to choose files.
      </p>
      <p className="hint">They stay on this machine, in the memory of sandglass dev, until it ends.</p>
      <div className="button-row">
        <button type="button" className="button button--small button--primary" onClick={() => input.current?.click()}>
          Choose files…
        </button>
        <button type="button" className="button button--small" onClick={() => ask.decline()}>
          Decline
        </button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label="Files for the widget"
          onChange={(event) => ask.answer([...(event.target.files ?? [])])}
        />
      </div>
    </>
  );
}

const SESSION_LIMIT = 10_000;

function CheckoutAsk({ ask }: { readonly ask: Extract<Ask, { kind: "checkout" }> }) {
  const id = useId();
  const [text, setText] = useState("{}");
  const [problem, setProblem] = useState<string | null>(null);
  const answer = () => {
    const read = readJson(text);
    if ("problem" in read) setProblem(read.problem);
    else ask.answer(read.value);
  };
  return (
    <>
      <p>
        <Icon name="info" size={16} /> The widget {ask.widget} asks for a checkout. Nothing is paid here.
      </p>
      <pre tabIndex={0}>{JSON.stringify(ask.session ?? null, null, 2).slice(0, SESSION_LIMIT)}</pre>
      <div className="field">
        <label htmlFor={id}>What the host answers</label>
        <textarea
          id={id}
          className="code-input"
          rows={3}
          spellCheck={false}
          value={text}
          aria-invalid={problem !== null}
          onChange={(event) => setText(event.target.value)}
        />
        {problem === null ? null : <span className="field__problem">{problem}</span>}
      </div>
      <p className="hint">
        Checkout is a private beta: what ChatGPT answers is not published, so it is yours to write.
      </p>
      <div className="button-row">
        <button type="button" className="button button--small button--primary" onClick={answer}>
          Answer
        </button>
        <button type="button" className="button button--small" onClick={() => ask.decline()}>
          Decline
        </button>
      </div>
    </>
  );
}

function readJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: `Not JSON: ${error.message}` };
    throw error;
  }
}
