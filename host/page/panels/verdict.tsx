import { useEffect, useState } from "react";
import type { CheckResult, Finding, Severity, WidgetRun } from "../../../harness/result.ts";
import { api, RequestFailed } from "../api.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Markdown } from "../ui/markdown.tsx";
import { Badge, Empty, Filter, matches, Segmented, type Tone } from "../ui/parts.tsx";
import type { PanelProps } from "./types.ts";

type Source = "live" | "check";

export function VerdictPanel({ view, setView, run, check, onCheck, live }: PanelProps) {
  const [source, setSource] = useState<Source>("live");
  const [filter, setFilter] = useState("");
  const checked = checkedRun(check);
  const shown = source === "check" ? checked : run;
  const failing = shown ? failingChecks(shown) : [];
  const total = failing.reduce((sum, one) => sum + Math.max(1, one.findings.length), 0);
  const rows = failing.filter((one) => matches(filter, one.id, one.title, one.reason, ...one.findings.map((finding) => finding.message)));
  const shownCount = rows.reduce((sum, one) => sum + Math.max(1, one.findings.length), 0);
  return (
    <div className="panel-body">
      <div className="verdicts">
        <VerdictCard label="Live, in this page" run={run} busy={live.state === "loading"} note="Judged from what the page itself can see; the widget could forge part of it." />
        <VerdictCard label="sandglass check" run={checked} busy={check?.state === "running"} problem={check?.state === "failed" ? `${check.problem.message} ${check.problem.next}` : null} note="The real, headless check of this view: what CI will say." onRun={onCheck} />
      </div>
      <div className="panel-tools">
        <Segmented legend="Findings from" value={source} onChange={setSource} choices={[{ id: "live", label: "Live" }, { id: "check", label: "Check" }]} />
        <Filter label="Filter findings" value={filter} onChange={setFilter} shown={shownCount} total={total} />
      </div>
      {!shown ? (
        <Empty title={source === "check" ? "Not checked yet" : "Nothing judged yet"}>{source === "check" ? "The check runs by itself after each save, or with the button above." : "The widget has not been rendered."}</Empty>
      ) : (
        <>
          {rows.map((result) => <Failing key={result.id} result={result} selected={view.finding} onSelect={(finding) => setView({ finding })} />)}
          {failing.length === 0 ? <Empty title="Nothing to fix">Every check that applies passed under {shown.appliedProfile}.</Empty> : null}
          <Rest run={shown} />
        </>
      )}
    </div>
  );
}

export function checkedRun(check: PanelProps["check"]): WidgetRun | null {
  return check?.state === "done" ? (check.result.runs[0] ?? null) : null;
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
const needsAttention = (result: CheckResult): boolean => result.outcome === "fail" || result.outcome === "review" || result.outcome === "error";

/** Checks that did not pass, worst first. */
export function failingChecks(run: WidgetRun): CheckResult[] {
  return run.checks.filter(needsAttention).sort((a, b) => weight(a) - weight(b));
}
const weight = (result: CheckResult): number => (result.outcome === "fail" ? RANK[result.severity] : 3);

export function verdictWords(run: WidgetRun | null): { readonly tone: Tone; readonly icon: IconName; readonly word: string; readonly detail: string } {
  if (!run) return { tone: "plain", icon: "dash", word: "No verdict", detail: "" };
  const found = (severity: Severity) => run.checks.flatMap((check) => (check.outcome === "fail" ? check.findings.filter((finding) => (finding.severity ?? check.severity) === severity) : [])).length;
  const [errors, warnings] = [found("error"), found("warning")];
  const detail = [errors ? plural(errors, "error") : "", warnings ? plural(warnings, "warning") : ""].filter(Boolean).join(", ");
  if (run.verdict === "pass") return { tone: "good", icon: "check", word: "Pass", detail: detail || "works when published" };
  if (run.verdict === "fail") return { tone: "bad", icon: "cross", word: "Fail", detail };
  return { tone: "warn", icon: "question", word: "Incomplete", detail: detail || "not enough was observed" };
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

function VerdictCard({ label, run, busy, note, problem, onRun }: { readonly label: string; readonly run: WidgetRun | null; readonly busy: boolean; readonly note: string; readonly problem?: string | null; readonly onRun?: () => void }) {
  const { tone, icon, word, detail } = verdictWords(run);
  return (
    <section className={`verdict-card verdict-card--${problem ? "warn" : tone}`} aria-label={label} aria-busy={busy} data-verdict={run?.verdict ?? "none"}>
      <h3>{label}</h3>
      <p className="verdict-card__word"><Icon name={problem ? "warn" : icon} size={20} /> {problem ? "Could not run" : word}{busy ? <span className="spinner" role="img" aria-label="working" /> : null}</p>
      <p className="verdict-card__detail">{problem ?? detail}</p>
      <p className="hint">{note}</p>
      {onRun ? <button type="button" className="button button--small" onClick={onRun} disabled={busy}><Icon name="play" size={14} /> {busy ? "Checking…" : "Run check"}</button> : null}
    </section>
  );
}

const TONE: Readonly<Record<Severity, Tone>> = { error: "bad", warning: "warn", info: "note" };

function Failing({ result, selected, onSelect }: { readonly result: CheckResult; readonly selected: string; readonly onSelect: (fingerprint: string) => void }) {
  const tone = result.outcome === "fail" ? TONE[result.severity] : "note";
  return (
    <section className="check-group" aria-label={result.id}>
      <header>
        <h3>{result.title}</h3>
        <p><Badge tone={tone}>{result.outcome === "fail" ? result.severity : result.outcome}</Badge><code className="check-group__id">{result.id}</code></p>
      </header>
      {result.reason ? <p className="check-group__reason">{result.reason}</p> : null}
      <ul className="findings">
        {result.findings.map((finding) => (
          <li key={finding.fingerprint}>
            <button type="button" className="finding" aria-expanded={selected === finding.fingerprint} onClick={() => onSelect(selected === finding.fingerprint ? "" : finding.fingerprint)}>
              <Icon name="chevron" size={12} />
              <span className="finding__text">{finding.message}</span>
              {finding.where ? <span className="finding__where">{placeText(finding)}</span> : null}
            </button>
            {selected === finding.fingerprint ? <FindingDetail id={result.id} finding={finding} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function placeText({ where }: Pick<Finding, "where">): string {
  if (!where) return "";
  return [where.file ?? where.url, where.line, where.column].filter((part) => part !== undefined).join(":");
}

function FindingDetail({ id, finding }: { readonly id: string; readonly finding: Finding }) {
  const [page, setPage] = useState<{ readonly text: string; readonly problem: boolean } | null>(null);
  useEffect(() => {
    let stale = false;
    api.explain(id).then(
      (text) => stale || setPage({ text, problem: false }),
      (error: unknown) => stale || setPage({ text: error instanceof RequestFailed ? error.problem.message : "The page could not be read.", problem: true }),
    );
    return () => void (stale = true);
  }, [id]);
  return (
    <div className="finding-detail">
      {finding.where ? (
        <figure className="source-line">
          <figcaption>{placeText(finding)}</figcaption>
          {finding.where.excerpt ? <pre tabIndex={0}><span className="source-line__number">{finding.where.line}</span><code>{finding.where.excerpt}</code></pre> : null}
        </figure>
      ) : null}
      {finding.channel === "page" ? <p className="hint"><Icon name="info" size={14} /> Seen by the page alone; the widget’s own document could have forged it.</p> : null}
      {page === null ? <p className="hint">Reading {id}…</p> : page.problem ? <p className="hint">{page.text}</p> : <Markdown text={page.text} />}
    </div>
  );
}

function Rest({ run }: { readonly run: WidgetRun }) {
  const rest = run.checks.filter((result) => !needsAttention(result));
  if (rest.length === 0) return null;
  return (
    <details className="rest">
      <summary>{rest.filter((result) => result.outcome === "pass").length} passed, {rest.filter((result) => result.outcome === "inapplicable").length} did not apply</summary>
      <ul>
        {rest.map((result) => (
          <li key={result.id}>
            <Icon name={result.outcome === "pass" ? "check" : "dash"} size={14} />
            <span>{result.title}{result.reason ? <span className="hint"> {result.reason}</span> : null}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
