import { useState } from "react";
import type { WidgetRun } from "../../../harness/model/result.ts";
import { Icon } from "../ui/icon.tsx";
import { Empty, Filter, matches, Segmented } from "../ui/parts.tsx";
import { lifeSeen } from "../controls/life.tsx";
import { CodeThatRan } from "./coverage.tsx";
import { FailingCheck } from "./failing-check.tsx";
import { findingsOf, quietChecks, type ShownCheck } from "./findings.ts";
import type { PanelInfo, PanelProps } from "./types.ts";
import { VerdictCard } from "./verdict-card.tsx";
import { checkedRun } from "./verdict-words.ts";

type Source = "all" | "live" | "check";

function VerdictPanel(props: PanelProps) {
  const { view, setView, widget, run, check, onCheck, loading, edited, lists, onTry, evidence, stage } = props;
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
          busy={loading}
          judged={{ checked: false, edited }}
          note="What this page sees; the widget could forge part of it."
        />
        <VerdictCard
          label="sandglass check"
          run={checked}
          busy={check?.state === "running"}
          judged={{ checked: true, edited }}
          problem={check?.state === "failed" ? `${check.problem.message} ${check.problem.next}` : null}
          note={checkNote(checked)}
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
            <FailingCheck
              key={one.result.id}
              shown={one}
              selected={view.finding}
              onSelect={(finding) => setView({ finding })}
              around={{ widget, run: shown, evidence, frame: stage?.boot.frame ?? null, lists, onTry }}
            />
          ))}
          {found.length === 0 ? (
            <Empty title="Nothing to fix">Every check that applies passed under {shown.appliedProfile}.</Empty>
          ) : null}
          {found.length > 0 && rows.length === 0 ? (
            <Empty title="No finding matches">Clear the filter to see all.</Empty>
          ) : null}
          <Rest run={shown} />
          <CodeThatRan run={ofCheck} />
        </>
      )}
    </div>
  );
}

/** Where it looks from, and how much it saw. */
const checkNote = (checked: WidgetRun | null): string =>
  ["From outside, with the scenario’s steps: what CI says.", ...(checked?.lived ? [lifeSeen(checked.lived)] : [])].join(
    " ",
  );

const countOf = (shown: readonly ShownCheck[]): number =>
  shown.reduce((sum, { findings }) => sum + Math.max(1, findings.length), 0);

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

const foundIn = ({ run, check }: PanelProps): readonly ShownCheck[] | null => {
  const checked = checkedRun(check);
  return run || checked ? findingsOf(run, checked) : null;
};

export const verdictPanel: PanelInfo = {
  id: "verdict",
  label: "Verdict",
  count: (props) => foundIn(props)?.length ?? null,
  tone(props) {
    if (props.run?.verdict === "fail" || checkedRun(props.check)?.verdict === "fail") return "bad";
    const isMore = ({ result }: ShownCheck) => result.severity !== "info" || result.outcome !== "fail";
    return foundIn(props)?.some(isMore) ? "warn" : "plain";
  },
  Panel: VerdictPanel,
};
