/** A check that did not pass, with its findings. */
import { lazy, Suspense } from "react";
import type { CheckResult, Severity } from "../../../harness/model/result.ts";
import { Icon } from "../ui/icon.tsx";
import { Badge, type Tone } from "../ui/parts.tsx";
import type { FindingAround } from "./finding-chain.tsx";
import { placeText, type SeenBy, type ShownCheck } from "./findings.ts";

const FindingDetail = lazy(() => import("./finding-detail.tsx"));

const TONE: Readonly<Record<Severity, Tone>> = { error: "bad", warning: "warn", info: "note" };

const SEEN: Readonly<Record<SeenBy, string | null>> = { both: null, live: "live alone", check: "check alone" };

/** As every report words it: the gravest finding, else whether the verdict is open for it. */
function badgeOf({ findings, severity, open }: CheckResult): { readonly tone: Tone; readonly word: string } {
  const found = (["error", "warning", "info"] as const).find((one) =>
    findings.some((finding) => (finding.severity ?? severity) === one),
  );
  if (open && found !== "error") return { tone: "warn", word: "undecided" };
  return found ? { tone: TONE[found], word: WORD[found] } : { tone: "note", word: "not judged" };
}

const WORD: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

export function FailingCheck({
  shown: { result, findings },
  selected,
  onSelect,
  around,
}: {
  readonly shown: ShownCheck;
  readonly selected: string;
  readonly onSelect: (fingerprint: string) => void;
  readonly around: FindingAround;
}) {
  const { tone, word } = badgeOf(result);
  return (
    <section className="check-group" aria-label={result.id}>
      <header>
        <h3>{result.title}</h3>
        <p>
          <Badge tone={tone}>{word}</Badge>
          <code className="check-group__id">{result.id}</code>
        </p>
      </header>
      {result.reason ? <p className="check-group__reason">{result.reason.message}</p> : null}
      <ul className="findings">
        {findings.map(({ finding, seenBy }) => {
          const open = selected === finding.fingerprint;
          return (
            <li key={finding.fingerprint}>
              <button
                type="button"
                className="finding"
                aria-expanded={open}
                onClick={() => onSelect(open ? "" : finding.fingerprint)}
              >
                <Icon name="chevron" size={12} />
                <span className="finding__text">{finding.message}</span>
                {finding.where || (seenBy && SEEN[seenBy]) ? (
                  <span className="finding__where">
                    {placeText(finding)} {seenBy && SEEN[seenBy] ? <Badge>{SEEN[seenBy]}</Badge> : null}
                  </span>
                ) : null}
              </button>
              {open ? (
                <Suspense fallback={<p className="finding-detail hint">Loading…</p>}>
                  <FindingDetail id={result.id} finding={finding} seenBy={seenBy} around={around} />
                </Suspense>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
