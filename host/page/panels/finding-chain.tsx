/** Why: the chain of a finding, the code around its line, and the fix to try. */
import { useEffect, useState } from "react";
import type { Finding } from "../../../harness/model/result.ts";
import type { SourceLines } from "../../server/project-types.ts";
import type { WidgetView } from "../../server/types.ts";
import { api, RequestFailed } from "../api.ts";
import { chainOf, fixOf } from "../state/chain.ts";
import type { ChainFrom } from "../state/chain-kinds.ts";
import type { CspLists } from "../state/edited-meta.ts";
import { Icon } from "../ui/icon.tsx";

/** What stands around a finding. */
export interface FindingAround extends ChainFrom {
  readonly widget: WidgetView;
  readonly lists: CspLists;
  readonly onTry: (lists: CspLists) => void;
}

export function FindingChain({
  id,
  finding,
  around,
}: {
  /** Of the check. */
  readonly id: string;
  readonly finding: Finding;
  readonly around: FindingAround;
}) {
  const { widget, run, lists, onTry } = around;
  const links = chainOf(id, finding, around);
  const fix = fixOf(id, finding, run, lists);
  return (
    <>
      <CodeAround widget={widget.name} revision={widget.revision} finding={finding} />
      {links.length > 0 ? (
        <dl className="chain" aria-label="How it came to be">
          {links.map(({ label, text }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {fix ? (
        <p>
          <button type="button" className="button button--small" onClick={() => onTry(fix)}>
            <Icon name="play" size={12} /> Try this fix here
          </button>
        </p>
      ) : null}
    </>
  );
}

interface CodeAroundProps {
  readonly widget: string;
  readonly revision: number;
  readonly finding: Finding;
}

function CodeAround({ widget, revision, finding }: CodeAroundProps) {
  const file = finding.where?.file ?? finding.where?.url;
  const line = finding.where?.line;
  const key = JSON.stringify([widget, revision, file, line]);
  const [read, setRead] = useState<{ readonly key: string; readonly source: SourceLines | null } | null>(null);
  useEffect(() => {
    if (file === undefined || line === undefined) return;
    let stale = false;
    api.source({ widget, file, line }).then(
      (source) => stale || setRead({ key, source }),
      (error: unknown) => {
        // The line itself is shown all the same.
        if (!(error instanceof RequestFailed)) throw error;
      },
    );
    return () => void (stale = true);
  }, [key, widget, file, line]);
  const source = read?.key === key ? read.source : null;
  if (!source || source.lines.length < 2) {
    return finding.where?.excerpt ? (
      <pre className="source-line source-line--at" tabIndex={0} aria-label={`Source, ${file ?? ""}:${line ?? ""}`}>
        <span className="source-line__number">{line}</span>
        <code>{finding.where.excerpt}</code>
      </pre>
    ) : null;
  }
  return (
    <div className="source-lines" tabIndex={0} role="group" aria-label={`Source, ${file ?? ""}:${line ?? ""}`}>
      {source.lines.map((text, index) => {
        const number = source.first + index;
        return (
          <pre className={number === line ? "source-line source-line--at" : "source-line"} key={number}>
            <span className="source-line__number">{number}</span>
            <code>{text}</code>
          </pre>
        );
      })}
    </div>
  );
}
