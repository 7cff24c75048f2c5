import { useState } from "react";
import type { AllowlistOrigin, AllowlistResult } from "../../../harness/model/result.ts";
import type { CspLists } from "../state/edited-meta.ts";
import { Icon } from "../ui/icon.tsx";
import { Badge, CopyButton, Empty, Filter, matches, Segmented, type Tone } from "../ui/parts.tsx";
import { useChange } from "../state/use-change.ts";
import { ApplyList } from "./apply-list.tsx";
import { ChangeNote } from "./change-note.tsx";
import type { PanelProps } from "./types.ts";
import { checkedRun } from "./verdict-words.ts";

type Key = "ui" | "openai" | "both";

export default function AllowlistPanel({ widget, fromCheck, allowlist, lists, check, onTry }: PanelProps) {
  const [filter, setFilter] = useState("");
  const [key, setKey] = useState<Key>("both");
  const change = useChange();
  const note = <ChangeNote done={change.done} problem={change.problem} onUndo={change.undo} />;
  if (!allowlist)
    return (
      <div className="panel-body">
        {note}
        <Empty title="No list yet">Domains appear here once the widget has run.</Empty>
      </div>
    );
  const shown = allowlist.origins.filter((one) => matches(filter, one.origin, one.state, one.owner, ...one.lists));
  const block = metadataBlock(allowlist, key);
  return (
    <div className="panel-body">
      {note}
      <div className="panel-tools">
        <Filter
          label="Filter by origin, list or state"
          value={filter}
          onChange={setFilter}
          shown={shown.length}
          total={allowlist.origins.length}
        />
      </div>
      <ul className="rows">
        {shown.map((one) => (
          <Origin key={one.origin} origin={one} />
        ))}
      </ul>
      {allowlist.origins.length === 0 ? (
        <Empty title="No domain is needed">The widget asked for nothing outside its own document.</Empty>
      ) : null}
      <section className="carrier">
        <header>
          <h3>Metadata to paste</h3>
          <button
            type="button"
            className="button button--small"
            onClick={() => onTry(suggestedLists(allowlist, lists))}
          >
            <Icon name="play" size={12} /> Try it here
          </button>
          <CopyButton text={block} label="Copy block" />
        </header>
        <Segmented
          legend="Key"
          value={key}
          onChange={setKey}
          choices={[
            { id: "both", label: "Both keys" },
            { id: "ui", label: "ui.csp" },
            { id: "openai", label: "openai/widgetCSP" },
          ]}
        />
        <pre className="policy" tabIndex={0} aria-label="Metadata block">
          {block}
        </pre>
        <ApplyList
          widget={widget}
          suggested={allowlist.suggested}
          registeredAt={checkedRun(check)?.declaredAt}
          change={change}
        />
        <p className="hint">
          {fromCheck ? "From the last check." : "From this rendering alone."} “sandglass allowlist” runs every scenario,
          reads the bundle and proves that the list is enough and not too much.
        </p>
      </section>
    </div>
  );
}

/** What is suggested, as the lists of a declaration; the one that no key of the suggestion has stays. */
function suggestedLists({ suggested }: Pick<AllowlistResult, "suggested">, { base }: Pick<CspLists, "base">): CspLists {
  const { connectDomains = [], resourceDomains = [], frameDomains = [] } = suggested.ui.csp;
  const { redirect_domains: redirect = [] } = suggested["openai/widgetCSP"];
  return { connect: connectDomains, resource: resourceDomains, frame: frameDomains, redirect, base };
}

/** The block goes into `_meta` of the resource's contents. */
function metadataBlock({ suggested }: Pick<AllowlistResult, "suggested">, key: Key): string {
  const block = {
    ...(key === "openai" ? {} : { ui: suggested.ui }),
    ...(key === "ui" ? {} : { "openai/widgetCSP": suggested["openai/widgetCSP"] }),
  };
  return `"_meta": ${JSON.stringify(block, null, 2)}`;
}

const STATE: Readonly<Record<AllowlistOrigin["state"], { readonly tone: Tone; readonly word: string }>> = {
  declared: { tone: "good", word: "declared" },
  missing: { tone: "bad", word: "missing" },
  unused: { tone: "note", word: "unused" },
  "too-broad": { tone: "warn", word: "too broad" },
  "wrong-list": { tone: "bad", word: "wrong list" },
  "cannot-be-allowed": { tone: "bad", word: "cannot be allowed" },
};

function Origin({ origin }: { readonly origin: AllowlistOrigin }) {
  const { tone, word } = STATE[origin.state];
  const seen = origin.seen.map((one) => `${one.kind}${one.count > 1 ? ` ×${one.count}` : ""}`);
  return (
    <li className="row">
      <div className="row__head">
        <Badge tone={tone}>{word}</Badge>
        <span className="row__kind">{origin.lists.join(", ")}</span>
        {origin.owner ? <span className="row__time">{origin.owner}</span> : null}
      </div>
      <p className="row__url">{origin.origin}</p>
      <p className="row__why">
        {seen.length ? `Seen: ${seen.join(", ")}.` : "Never asked for in this run."} {origin.advice ?? ""}
      </p>
    </li>
  );
}
