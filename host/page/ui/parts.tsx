/** Small parts that every panel uses. */
import { useId, useState, type ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

export type Tone = "good" | "bad" | "warn" | "note" | "plain";

export function Badge({ tone = "plain", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`badge badge--${tone}`}>{children}</span>;
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty__title">{title}</p>
      {children ? <p className="empty__text">{children}</p> : null}
    </div>
  );
}

export function IconButton({
  icon,
  label,
  onClick,
  pressed,
  disabled,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={onClick}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      disabled={disabled}
    >
      <Icon name={icon} />
    </button>
  );
}

const COPIED = { done: "Copied", failed: "Select and copy by hand" } as const;

export function CopyButton({ text, label = "Copy" }: { readonly text: string; readonly label?: string }) {
  const [state, setState] = useState<"idle" | "done" | "failed">("idle");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState("done"),
      () => setState("failed"),
    );
  return (
    <button type="button" className="button button--small" onClick={() => void copy()} onBlur={() => setState("idle")}>
      <Icon name={state === "done" ? "check" : "copy"} size={14} />
      <span aria-live="polite">{state === "idle" ? label : COPIED[state]}</span>
    </button>
  );
}

export interface Choice<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly icon?: IconName;
  readonly hidden?: boolean;
}

/** One of a few, as radio buttons that look like a switch. */
export function Segmented<T extends string>({
  legend,
  value,
  choices,
  onChange,
}: {
  readonly legend: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend>{legend}</legend>
      <div className="segmented__row">
        {choices
          .filter((choice) => !choice.hidden)
          .map((choice) => (
            <label key={choice.id} className="segmented__choice">
              <input type="radio" name={name} checked={choice.id === value} onChange={() => onChange(choice.id)} />
              <span>
                {choice.icon ? <Icon name={choice.icon} size={16} /> : null}
                {choice.label}
              </span>
            </label>
          ))}
      </div>
    </fieldset>
  );
}

export function Filter({
  value,
  onChange,
  label,
  shown,
  total,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly label: string;
  readonly shown: number;
  readonly total: number;
}) {
  return (
    <div className="filter">
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <span className="filter__count" role="status">
        {shown === total ? `${total}` : `${shown} of ${total}`}
      </span>
    </div>
  );
}

/** Every word of the filter must be somewhere in the text. */
export function matches(filter: string, ...texts: readonly (string | undefined | null)[]): boolean {
  const text = texts.join(" ").toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  return count < 1_000_000 ? `${(count / 1000).toFixed(1)} kB` : `${(count / 1_000_000).toFixed(1)} MB`;
}
