import { useState } from "react";
import type { ApiUse } from "../../../harness/model/evidence.ts";
import { Badge, Empty, Filter, matches } from "../ui/parts.tsx";
import { usesOf } from "./seen.ts";
import type { PanelProps } from "./types.ts";

export default function ApisPanel(props: PanelProps) {
  const [filter, setFilter] = useState("");
  const uses = usesOf(props);
  const sorted = [...uses].sort((a, b) => Number(b.blocked) - Number(a.blocked));
  const shown = sorted.filter((use) => matches(filter, use.api, use.returned, use.where?.file));
  return (
    <div className="panel-body">
      <div className="panel-tools">
        <Filter label="Filter by API" value={filter} onChange={setFilter} shown={shown.length} total={uses.length} />
      </div>
      {uses.length === 0 ? (
        <Empty title="No blocked API was called">
          Dialogs, clipboard, popups, downloads and the like appear here with what the code got back.
        </Empty>
      ) : null}
      <ul className="rows">
        {shown.map((use, index) => (
          <Use key={`${use.api} ${index}`} use={use} />
        ))}
      </ul>
      <p className="hint">
        Told by a recorder in the widget’s own document, which the widget could silence. A call inside a worker is seen
        by “sandglass check” alone.
      </p>
    </div>
  );
}

function Use({ use }: { readonly use: ApiUse }) {
  return (
    <li className="row">
      <div className="row__head">
        <Badge tone={use.blocked ? "bad" : "plain"}>{use.blocked ? "blocked" : "used"}</Badge>
        <code className="row__api">{use.api}</code>
        {use.count > 1 ? <span className="row__count">×{use.count}</span> : null}
      </div>
      <p className="row__why">
        The code got back <code>{use.returned}</code>
        {use.where ? (
          <>
            {" "}
            at{" "}
            <span className="mono">
              {use.where.file ?? use.where.url}:{use.where.line}
            </span>
          </>
        ) : null}
        .
      </p>
      {use.where?.excerpt ? (
        <pre className="excerpt" tabIndex={0}>
          {use.where.excerpt}
        </pre>
      ) : null}
    </li>
  );
}
