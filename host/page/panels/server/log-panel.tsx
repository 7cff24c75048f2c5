/** What went to the MCP server and came from it, and what its process said. */
import { useDeferredValue, useMemo, useState, useSyncExternalStore } from "react";
import type { LogRow } from "../../../server/server-types.ts";
import { serverLog } from "../../state/server-log.ts";
import { Icon } from "../../ui/icon.tsx";
import { JsonTree } from "../../ui/json-tree.tsx";
import { Badge, bytes, Empty, Filter, matches, Segmented, type Tone } from "../../ui/parts.tsx";
import { PlainBlock, seen } from "../../ui/plain.tsx";
import { WindowList } from "../../ui/window-list.tsx";
import "./server.css";

type Which = "all" | "messages" | "process";
const ROW_HEIGHT = 30;

export default function LogPanel() {
  const { rows, gone } = useSyncExternalStore(serverLog.subscribe, serverLog.snapshot);
  const [filter, setFilter] = useState("");
  const [which, setWhich] = useState<Which>("all");
  const [selected, setSelected] = useState<number | null>(null);
  const searched = useDeferredValue(filter.trim());
  const shown = useMemo(() => {
    const ofKind = which === "all" ? rows : rows.filter((row) => isMessage(row) === (which === "messages"));
    return searched === "" ? ofKind : ofKind.filter((row) => matches(searched, row.method, row.kind, row.text));
  }, [rows, searched, which]);
  const chosen = rows.find(({ seq }) => seq === selected);
  return (
    <div className="panel-body panel-body--full">
      <div className="panel-tools">
        <Segmented
          legend="Which rows"
          value={which}
          onChange={setWhich}
          choices={[
            { id: "all", label: "All" },
            { id: "messages", label: "JSON-RPC" },
            { id: "process", label: "Process" },
          ]}
        />
        <Filter label="Search the log" value={filter} onChange={setFilter} shown={shown.length} total={rows.length} />
        <button
          type="button"
          className="button button--small"
          onClick={() => save(shown)}
          disabled={shown.length === 0}
        >
          <Icon name="copy" size={14} /> Export
        </button>
      </div>
      {gone > 0 ? <p className="hint">{gone} older rows are no longer kept.</p> : null}
      {rows.length === 0 ? (
        <Empty title="Nothing yet">
          What is sent to the MCP server and what it answers appears here, with its stderr.
        </Empty>
      ) : (
        <WindowList
          label="Log of the MCP server"
          items={shown}
          rowHeight={ROW_HEIGHT}
          keyOf={({ seq }) => seq}
          selected={selected}
          onSelect={(key) => setSelected(Number(key))}
          follow
        >
          {(row) => <Row row={row} />}
        </WindowList>
      )}
      {chosen ? <Detail key={chosen.seq} row={chosen} /> : null}
      <p className="hint">
        Secrets are masked, as in reports. The last 10,000 rows are kept, in memory alone, each up to 64 kB.
      </p>
    </div>
  );
}

const isMessage = ({ to }: LogRow): boolean => to !== null;

const TONES: Readonly<Partial<Record<LogRow["kind"], Tone>>> = {
  error: "bad",
  http: "bad",
  stray: "warn",
  process: "note",
};
const ARROWS = { server: "→", client: "←" } as const;
const SIDES = { server: "to the server", client: "from the server" } as const;
const WORDS: Readonly<Partial<Record<LogRow["kind"], string>>> = { stray: "stdout, no message" };

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

function Row({ row }: { readonly row: LogRow }) {
  const { kind, to, method, text, ms } = row;
  return (
    <span className="log-row">
      <span className="log-row__time">{clock.format(row.atMs)}</span>
      <span className="log-row__arrow" aria-hidden="true">
        {to ? ARROWS[to] : "·"}
      </span>
      {to ? <span className="visually-hidden">{SIDES[to]}</span> : null}
      <span className={`log-row__kind log-row__kind--${TONES[kind] ?? "plain"}`}>{WORDS[kind] ?? kind}</span>
      <bdi className="log-row__text">{seen(to ? method : firstLine(text), 300)}</bdi>
      <span className="log-row__size">
        {ms === undefined ? "" : `${ms} ms · `}
        {bytes(row.bytes)}
      </span>
    </span>
  );
}

const firstLine = (text: string): string => text.trimStart().split("\n", 1)[0] ?? "";

function Detail({ row }: { readonly row: LogRow }) {
  const value = useMemo(() => (isMessage(row) && !row.clipped ? parsed(row.text) : undefined), [row]);
  return (
    <section className="log-detail" aria-label="The chosen row">
      <p className="row__head">
        <Badge tone={TONES[row.kind] ?? "plain"}>{row.kind}</Badge>
        {row.method ? <bdi className="row__kind">{seen(row.method, 300)}</bdi> : null}
        {row.id === undefined ? null : <bdi className="hint">#{seen(String(row.id), 80)}</bdi>}
        {row.clipped ? <span className="hint">The first 64 kB of {bytes(row.bytes)}</span> : null}
      </p>
      {value === undefined ? (
        <PlainBlock text={row.text} label="Text of the row" limit={70_000} />
      ) : (
        <JsonTree value={value} openDepth={3} />
      )}
    </section>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** One row a line, as JSON. */
function save(rows: readonly LogRow[]): void {
  const lines = rows.map(({ atMs, seq: _seq, ...row }) => JSON.stringify({ at: new Date(atMs).toISOString(), ...row }));
  const url = URL.createObjectURL(new Blob([`${lines.join("\n")}\n`], { type: "application/x-ndjson" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "sandglass-server-log.jsonl";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
