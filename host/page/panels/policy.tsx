import { useState } from "react";
import { Badge, CopyButton, Empty, Filter, matches } from "../ui/parts.tsx";
import type { PanelProps } from "./types.ts";

export function PolicyPanel({ run, stage }: PanelProps) {
  const [filter, setFilter] = useState("");
  if (!stage) return <div className="panel-body"><Empty title="No policy yet" /></div>;
  const { policy } = stage;
  const rows = run?.directives ?? [];
  const shown = rows.filter((row) => matches(filter, row.directive, row.effective, ...row.requested, ...row.observed.blocked, ...row.observed.allowed));
  return (
    <div className="panel-body">
      <div className="panel-tools"><Filter label="Filter by directive or source" value={filter} onChange={setFilter} shown={shown.length} total={rows.length} /></div>
      <p className="hint">
        {policy.applied === policy.requested ? `Profile ${policy.applied}.` : `No CSP was declared, so ${policy.applied} applies instead of ${policy.requested}.`}
        {" "}{policy.declared.from ? `Read from ${policy.declared.from}.` : "Nothing was declared."} On this machine 'self' is {stage.boot.frame.outerOrigin}, in ChatGPT {stage.hostedOrigin}.
      </p>
      {policy.problems.map((problem) => <p key={JSON.stringify(problem)} className={`notice notice--${problem.severity === "error" ? "bad" : "warn"}`}><span><strong>{problem.code}</strong> {[problem.key, problem.list, problem.entry, problem.detail].filter(Boolean).join(" · ")}</span></p>)}
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Requested, effective and observed">
        <table className="table">
          <thead><tr><th scope="col">Directive</th><th scope="col">Requested</th><th scope="col">Effective</th><th scope="col">Observed</th></tr></thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.directive}>
                <th scope="row">{row.directive}</th>
                <td>{row.requested.length ? row.requested.map((source) => <div key={source}>{source}</div>) : <span className="hint">—</span>}</td>
                <td>{row.effective}</td>
                <td>
                  {row.observed.allowed.map((origin) => <div key={origin}><Badge tone="good">allowed</Badge> {origin}</div>)}
                  {row.observed.blocked.map((origin) => <div key={origin}><Badge tone="bad">blocked</Badge> {origin}</div>)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {policy.effective.map((one) => (
        <section key={`${one.layer} ${one.value}`} className="carrier">
          <header><h3>{one.layer === "outer" ? "Outer document" : "Widget document"}</h3><span className="hint">by {one.delivery}</span><CopyButton text={one.value} /></header>
          <pre className="policy" tabIndex={0}>{one.value.split(/;\s*/).filter(Boolean).join(";\n")}</pre>
        </section>
      ))}
    </div>
  );
}
