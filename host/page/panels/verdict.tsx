import { useEffect, useState } from "react";
import type { Finding, Severity, WidgetRun } from "../../../harness/model/result.ts";
import type { Prose as ProseNode } from "../../../harness/model/prose.ts";
import { api, RequestFailed } from "../api.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Prose } from "../ui/prose.tsx";
import { Badge, Empty, Filter, IconButton, matches, Segmented, type Tone } from "../ui/parts.tsx";
import { findingsOf, quietChecks, type SeenBy, type ShownCheck } from "./findings.ts";
import type { PanelProps } from "./types.ts";

type Source = "all" | "live" | "check";

export function VerdictPanel({ view, setView, run, check, onCheck, live, edited }: PanelProps) {
  const [source, setSource] = useState<Source>("all");
  const [filter, setFilter] = useState("");
  const checked = checkedRun(check);
  const [ofLive, ofCheck] = [source === "check" ? null : run, source === "live" ? null : checked];
  const shown = ofCheck ?? ofLive;
  const found = findingsOf(ofLive, ofCheck);
  const rows = found.filter(({ result, findings }) =>
    matches(filter, result.id, result.title, result.reason?.message, ...findings.map(({ finding }) => finding.message)),
  );
  return (
    <div className="panel-body">
      <div className="verdicts">
        <VerdictCard
          label="Live, in this page"
          run={run}
          busy={live.state === "loading"}
          judged={{ checked: false, edited }}
          note="What this page sees; the widget could forge part of it."
        />
        <VerdictCard
          label="sandglass check"
          run={checked}
          busy={check?.state === "running"}
          judged={{ checked: true, edited }}
          problem={check?.state === "failed" ? `${check.problem.message} ${check.problem.next}` : null}
          note="From outside, with the scenario’s steps: what CI says."
          onRun={onCheck}
        />
      </div>
      <div className="panel-tools">
        <Segmented
          legend="Findings from"
          value={source}
          onChange={setSource}
          choices={[
            { id: "all", label: "All" },
            { id: "live", label: "Live" },
            { id: "check", label: "Check" },
          ]}
        />
        <Filter
          label="Filter findings"
          value={filter}
          onChange={setFilter}
          shown={countOf(rows)}
          total={countOf(found)}
        />
      </div>
      {!shown ? (
        <Empty title={source === "check" ? "Not checked yet" : "Nothing judged yet"}>
          {source === "check"
            ? "The check runs by itself after each save, or with the button above."
            : "The widget has not been rendered."}
        </Empty>
      ) : (
        <>
          {rows.map((one) => (
            <Failing
              key={one.result.id}
              shown={one}
              selected={view.finding}
              onSelect={(finding) => setView({ finding })}
            />
          ))}
          {found.length === 0 ? (
            <Empty title="Nothing to fix">Every check that applies passed under {shown.appliedProfile}.</Empty>
          ) : rows.length === 0 ? (
            <Empty title="No finding matches">Clear the filter to see all.</Empty>
          ) : null}
          <Rest run={shown} />
        </>
      )}
    </div>
  );
}

const countOf = (shown: readonly ShownCheck[]): number =>
  shown.reduce((sum, { findings }) => sum + Math.max(1, findings.length), 0);

export function checkedRun(check: PanelProps["check"]): WidgetRun | null {
  return check?.state === "done" ? (check.result.runs[0] ?? null) : null;
}

export interface Judged {
  /** By the check: the page alone promises nothing, since it sees less. */
  readonly checked: boolean;
  /** What is judged is not what the files say. */
  readonly edited: boolean;
}

export function verdictWords(
  run: WidgetRun | null,
  { checked, edited }: Judged,
): { readonly tone: Tone; readonly icon: IconName; readonly word: string; readonly detail: string } {
  if (!run) return { tone: "plain", icon: "dash", word: "No verdict", detail: "" };
  const found = (severity: Severity) =>
    run.checks.flatMap((check) =>
      check.outcome === "fail"
        ? check.findings.filter((finding) => (finding.severity ?? check.severity) === severity)
        : [],
    ).length;
  const [errors, warnings] = [found("error"), found("warning")];
  const detail = [errors ? plural(errors, "error") : "", warnings ? plural(warnings, "warning") : ""]
    .filter(Boolean)
    .join(", ");
  if (run.verdict === "pass")
    return {
      tone: "good",
      icon: "check",
      word: "Pass",
      detail: [
        detail,
        !checked
          ? detail
            ? ""
            : "nothing seen so far"
          : edited
            ? "as edited here, not as in your files"
            : detail
              ? ""
              : "works when published",
      ]
        .filter(Boolean)
        .join("; "),
    };
  if (run.verdict === "fail") return { tone: "bad", icon: "cross", word: "Fail", detail };
  return { tone: "warn", icon: "question", word: "Incomplete", detail: detail || "not enough was observed" };
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

interface VerdictCardProps {
  readonly label: string;
  readonly run: WidgetRun | null;
  readonly busy: boolean;
  readonly judged: Judged;
  readonly note: string;
  readonly problem?: string | null;
  readonly onRun?: () => void;
}

function VerdictCard({ label, run, busy, judged, note, problem, onRun }: VerdictCardProps) {
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

const TONE: Readonly<Record<Severity, Tone>> = { error: "bad", warning: "warn", info: "note" };

const SEEN: Readonly<Record<SeenBy, string | null>> = { both: null, live: "live alone", check: "check alone" };

function Failing({
  shown: { result, findings },
  selected,
  onSelect,
}: {
  readonly shown: ShownCheck;
  readonly selected: string;
  readonly onSelect: (fingerprint: string) => void;
}) {
  const tone = result.outcome === "fail" ? TONE[result.severity] : "note";
  return (
    <section className="check-group" aria-label={result.id}>
      <header>
        <h3>{result.title}</h3>
        <p>
          <Badge tone={tone}>{result.outcome === "fail" ? result.severity : result.outcome}</Badge>
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
              {open ? <FindingDetail id={result.id} finding={finding} seenBy={seenBy} /> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function placeText({ where }: Pick<Finding, "where">): string {
  if (!where) return "";
  return [where.file ?? where.url, where.line, where.column].filter((part) => part !== undefined).join(":");
}

function FindingDetail({
  id,
  finding,
  seenBy,
}: {
  readonly id: string;
  readonly finding: Finding;
  readonly seenBy: SeenBy | null;
}) {
  const [page, setPage] = useState<{ readonly nodes: readonly ProseNode[] } | { readonly problem: string } | null>(
    null,
  );
  useEffect(() => {
    let stale = false;
    api.explain(id).then(
      (nodes) => stale || setPage({ nodes }),
      (error: unknown) =>
        stale ||
        setPage({
          problem: error instanceof RequestFailed ? error.problem.message : "The page could not be read.",
        }),
    );
    return () => void (stale = true);
  }, [id]);
  return (
    <div className="finding-detail">
      {finding.where?.excerpt ? (
        <pre className="source-line" tabIndex={0} aria-label={`Source, ${placeText(finding)}`}>
          <span className="source-line__number">{finding.where.line}</span>
          <code>{finding.where.excerpt}</code>
        </pre>
      ) : null}
      {seenBy === "check" ? (
        <p className="hint">
          Not seen in this page: the check performs the scenario’s steps, and sees what a page cannot.
        </p>
      ) : null}
      {finding.channel === "page" ? (
        <p className="hint">Seen by the widget’s own document alone, which could have forged it.</p>
      ) : null}
      {page === null ? (
        <p className="hint">Reading {id}…</p>
      ) : "problem" in page ? (
        <p className="hint">{page.problem}</p>
      ) : (
        <Prose nodes={page.nodes} />
      )}
    </div>
  );
}

function Rest({ run }: { readonly run: WidgetRun }) {
  const rest = quietChecks(run);
  if (rest.length === 0) return null;
  return (
    <details className="rest">
      <summary>
        {rest.filter((result) => result.outcome === "pass").length} passed,{" "}
        {rest.filter((result) => result.outcome === "inapplicable").length} did not apply
      </summary>
      <ul>
        {rest.map((result) => (
          <li key={result.id}>
            <Icon name={result.outcome === "pass" ? "check" : "dash"} size={14} />
            <span>
              {result.title}
              {result.reason ? <span className="hint"> {result.reason.message}</span> : null}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
