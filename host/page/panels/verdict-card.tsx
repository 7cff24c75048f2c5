/** One of the two verdicts: of this page, or of the real check. */
import type { WidgetRun } from "../../../harness/model/result.ts";
import { Icon } from "../ui/icon.tsx";
import { IconButton } from "../ui/parts.tsx";
import { verdictWords, type Judged } from "./verdict-words.ts";

interface VerdictCardProps {
  readonly label: string;
  readonly run: WidgetRun | null;
  readonly busy: boolean;
  readonly judged: Judged;
  readonly note: string;
  readonly problem?: string | null;
  readonly onRun?: () => void;
}

export function VerdictCard({ label, run, busy, judged, note, problem, onRun }: VerdictCardProps) {
  const { tone, icon, word, detail } = verdictWords(run, judged);
  return (
    <section
      className={`verdict-card verdict-card--${problem ? "warn" : tone}`}
      aria-label={label}
      aria-busy={busy}
      data-verdict={run?.verdict ?? "none"}
    >
      <header>
        <h3>{label}</h3>
        {onRun ? (
          <IconButton icon="reload" label={busy ? "Checking…" : "Run check"} onClick={onRun} disabled={busy} />
        ) : null}
      </header>
      <p className="verdict-card__word">
        <Icon name={problem ? "warn" : icon} size={20} /> {problem ? "Could not run" : word}
        {busy ? <span className="spinner" role="img" aria-label="working" /> : null}
      </p>
      <p className="verdict-card__detail">{problem ?? detail}</p>
      <p className="hint">{note}</p>
    </section>
  );
}
