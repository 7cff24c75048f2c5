import { useEffect, useId, useRef, useState } from "react";

export interface JsonEditorProps {
  readonly label: string;
  readonly value: unknown;
  /** Given a value only when the text is JSON; `undefined` for an empty field. */
  readonly onChange: (value: unknown) => void;
  readonly rows?: number;
  /** Present when the value was changed against the scenario. */
  readonly onReset?: (() => void) | undefined;
}

/** How long typing must rest before it is applied, milliseconds. */
const REST_MS = 350;

/** JSON as text, applied as you type once it parses. */
export function JsonEditor({ label, value, onChange, rows = 6, onReset }: JsonEditorProps) {
  const id = useId();
  const shown = value === undefined ? "" : JSON.stringify(value, null, 2);
  const [text, setText] = useState(shown);
  const [problem, setProblem] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const typed = useRef(shown);
  useEffect(() => {
    // What was typed here comes back as the value: only a change from elsewhere replaces the text.
    if (shown === typed.current) return;
    typed.current = shown;
    clearTimeout(timer.current);
    setText(shown);
    setProblem(null);
  }, [shown]);
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    const read = readJson(next);
    setProblem(read.problem);
    if (read.problem !== null) return;
    timer.current = setTimeout(() => {
      typed.current = read.value === undefined ? "" : JSON.stringify(read.value, null, 2);
      onChange(read.value);
    }, REST_MS);
  };
  return (
    <div className="field">
      <div className="field__head">
        <label htmlFor={id}>{label}</label>
        {onReset ? (
          <button type="button" className="link" onClick={onReset}>
            Reset
          </button>
        ) : null}
      </div>
      <textarea
        id={id}
        className="code-input"
        rows={rows}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => type(event.target.value)}
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : undefined}
      />
      {problem ? (
        <p className="field__problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

function readJson(text: string): { readonly value: unknown; readonly problem: string | null } {
  if (text.trim() === "") return { value: undefined, problem: null };
  try {
    return { value: JSON.parse(text), problem: null };
  } catch (error) {
    if (error instanceof SyntaxError) return { value: undefined, problem: `Not JSON yet: ${error.message}` };
    throw error;
  }
}
