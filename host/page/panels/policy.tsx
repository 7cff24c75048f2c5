import { useState } from "react";
import type { DirectiveRow, WidgetRun } from "../../../harness/model/result.ts";
import type { DeclarationProblem } from "../../../harness/model/evidence.ts";
import { PolicyText } from "../ui/policy-text.tsx";
import { CopyButton, Empty, Filter, matches, type Tone } from "../ui/parts.tsx";
import type { PanelProps } from "./types.ts";

export default function PolicyPanel({ run, stage }: PanelProps) {
  const [filter, setFilter] = useState("");
  if (!stage)
    return (
      <div className="panel-body">
        <Empty title="No policy yet">It is built when the widget is rendered.</Empty>
      </div>
    );
  const { policy, devServers } = stage;
  const rows = run?.directives ?? [];
  // Where something was refused comes first.
  const shown = [...rows]
    .sort((a, b) => Number(b.observed.blocked.length > 0) - Number(a.observed.blocked.length > 0))
    .filter((row) =>
      matches(filter, row.directive, row.effective, ...row.requested, ...row.observed.blocked, ...row.observed.allowed),
    );
  return (
    <div className="panel-body">
      <div className="panel-tools">
        <Filter
          label="Filter by directive or source"
          value={filter}
          onChange={setFilter}
          shown={shown.length}
          total={rows.length}
        />
      </div>
      <p className="hint">
        {policy.applied === policy.requested
          ? `Profile ${policy.applied}.`
          : `No CSP was declared, so ${policy.applied} applies instead of ${policy.requested}.`}{" "}
        {policy.declared.from ? `Read from ${policy.declared.from}.` : "Nothing was declared."} On this machine 'self'
        is <span className="mono">{stage.boot.frame.outerOrigin}</span>, in ChatGPT{" "}
        <span className="mono">{stage.hostedOrigin}</span>.
      </p>
      {policy.problems.map((problem) => (
        <p key={JSON.stringify(problem)} className={`notice notice--${NOTICE[problem.severity]}`}>
          <span>{wordsFor(problem, run)}</span>
        </p>
      ))}
      {devServers.length > 0 ? (
        <p className="notice">
          <span>
            <strong>Dev overlay</strong> The policy of this rendering also lets through {devServers.join(", ")}. It is
            not part of what is shown below, nor of what “sandglass check” enforces.
          </span>
        </p>
      ) : null}
      {shown.length > 0 ? (
        <ul className="rows" aria-label="Requested, effective and observed">
          {shown.map((row) => (
            <Directive key={row.directive} row={row} />
          ))}
        </ul>
      ) : (
        <Empty title={rows.length > 0 ? "No directive matches" : "No policy is in force"}>
          {rows.length > 0
            ? "Clear the filter to see all."
            : "This host installs none, so nothing here proves that the widget works when published."}
        </Empty>
      )}
      {policy.effective.map((one) => (
        <section key={`${one.layer} ${one.value}`} className="carrier">
          <header>
            <h3>{one.layer === "outer" ? "Outer document" : "Widget document"}</h3>
            <span className="hint">by {one.delivery}</span>
            <CopyButton text={one.value} />
          </header>
          <PolicyText
            label={one.layer === "outer" ? "Policy of the outer document" : "Policy of the widget document"}
            value={one.value}
            declared={rows.flatMap(({ requested }) => requested)}
          />
        </section>
      ))}
    </div>
  );
}

const NOTICE: Readonly<Record<DeclarationProblem["severity"], Tone>> = { error: "bad", warning: "warn", info: "note" };

/** The check's words for a problem of the declaration; until it has spoken, the bare facts. */
function wordsFor(problem: DeclarationProblem, run: WidgetRun | null): string {
  const findings = run?.checks.find(({ id }) => id === "csp/declaration")?.findings ?? [];
  const found = findings.find(
    ({ messageId, data }) =>
      messageId === problem.code &&
      (data.entry ?? undefined) === problem.entry &&
      (data.key ?? undefined) === problem.key,
  );
  return (
    found?.message ??
    [problem.code, problem.key, problem.list, problem.entry, problem.detail].filter(Boolean).join(" · ")
  );
}

function Directive({ row }: { readonly row: DirectiveRow }) {
  const sources = row.effective.split(/\s+/).filter(Boolean);
  const { allowed, blocked } = row.observed;
  return (
    <li className="directive">
      <h3>{row.directive}</h3>
      <dl>
        {row.requested.length > 0 ? (
          <Part title="Requested">
            {row.requested.map((source) => (
              <span key={source} className="source source--declared">
                {source}
              </span>
            ))}
          </Part>
        ) : null}
        <Part title="Effective">
          {sources.length > 0 ? (
            sources.map((source) => (
              <span key={source} className={`source${row.requested.includes(source) ? " source--declared" : ""}`}>
                {source}
              </span>
            ))
          ) : (
            <span className="hint">in force, without a value</span>
          )}
        </Part>
        {allowed.length + blocked.length > 0 ? (
          <Part title="Observed">
            {allowed.map((origin) => (
              <span key={origin} className="source source--allowed">
                ✓ {origin}
              </span>
            ))}
            {blocked.map((origin) => (
              <span key={origin} className="source source--blocked">
                ✗ {origin}
              </span>
            ))}
          </Part>
        ) : null}
      </dl>
    </li>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div className="directive__part">
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
