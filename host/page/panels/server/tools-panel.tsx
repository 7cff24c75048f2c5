/** What the MCP server offers: its tools, resources and prompts, to look at and to try. */
import { useCallback, useEffect, useState } from "react";
import type { Listing, ServerDirectory } from "../../../server/server-types.ts";
import { api, RequestFailed } from "../../api.ts";
import { Badge, Empty, Filter, IconButton, matches, Segmented } from "../../ui/parts.tsx";
import { Plain, seen } from "../../ui/plain.tsx";
import { WindowList } from "../../ui/window-list.tsx";
import type { PanelProps } from "../types.ts";
import { PromptDetail } from "./prompt-detail.tsx";
import { ResourceDetail } from "./resource-detail.tsx";
import { ToolDetail } from "./tool-detail.tsx";
import "./server.css";

type Which = "tools" | "resources" | "prompts";
const ROW_HEIGHT = 44;

export default function ToolsPanel({ widget, onShow }: PanelProps) {
  const { directory, problem, read } = useDirectory(widget.revision);
  const [which, setWhich] = useState<Which>("tools");
  const [filter, setFilter] = useState("");
  const [chosen, setChosen] = useState<Readonly<Partial<Record<Which, number>>>>({});
  const listing = directory?.[which];
  const entries = rowsOf(directory, which);
  const shown = entries.filter(({ name, title, description }) => matches(filter, name, title, description));
  const at = chosen[which] ?? null;
  return (
    <div className="panel-body">
      <div className="panel-tools">
        <Segmented
          legend="What the server offers"
          value={which}
          onChange={setWhich}
          choices={(["tools", "resources", "prompts"] as const).map((id) => ({ id, label: labelOf(id, directory) }))}
        />
        <IconButton icon="reload" label="Ask the server again" onClick={read} />
      </div>
      {problem ? <p className="notice notice--bad">{seen(problem, 1000)}</p> : null}
      {listing?.state === "failed" ? <p className="notice notice--bad">{seen(listing.message, 1000)}</p> : null}
      {listing?.state === "ok" && listing.more ? (
        <p className="notice notice--warn">
          The list goes on without an end in sight: the first {entries.length} are shown.
        </p>
      ) : null}
      {entries.length > 0 ? (
        <>
          <Filter
            label={`Search the ${which}`}
            value={filter}
            onChange={setFilter}
            shown={shown.length}
            total={entries.length}
          />
          <WindowList
            label={`${which} of the server`}
            items={shown}
            rowHeight={ROW_HEIGHT}
            keyOf={({ index }) => index}
            selected={at}
            onSelect={(index) => setChosen({ ...chosen, [which]: Number(index) })}
          >
            {(row) => <Entry row={row} />}
          </WindowList>
        </>
      ) : (
        <Empty title={directory ? `No ${which}` : "Asking the server…"} />
      )}
      {at === null ? null : (
        <Detail key={`${which} ${at}`} directory={directory} which={which} at={at} onShow={onShow} />
      )}
    </div>
  );
}

interface EntryRow {
  readonly index: number;
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly mark?: string | undefined;
}

function rowsOf(directory: ServerDirectory | null, which: Which): readonly EntryRow[] {
  if (!directory) return [];
  if (which === "tools")
    return entriesOf(directory.tools).map(({ name, title, description, resourceUri }, index) => ({
      ...{ index, name, title, description },
      mark: resourceUri === null ? undefined : "widget",
    }));
  if (which === "resources")
    return entriesOf(directory.resources).map(({ uri, name, title, description, isTemplate, mimeType }, index) => ({
      ...{ index, name: uri, title: title ?? name, description },
      mark: isTemplate ? "template" : mimeType,
    }));
  return entriesOf(directory.prompts).map(({ name, title, description }, index) => ({
    index,
    name,
    title,
    description,
  }));
}

const entriesOf = <T,>(listing: Listing<T>): readonly T[] => (listing.state === "ok" ? listing.entries : []);

function labelOf(which: Which, directory: ServerDirectory | null): string {
  const name = `${which.charAt(0).toUpperCase()}${which.slice(1)}`;
  const listing = directory?.[which];
  return listing?.state === "ok" ? `${name} ${listing.entries.length}${listing.more ? "+" : ""}` : name;
}

function Entry({ row }: { readonly row: EntryRow }) {
  return (
    <span className="entry">
      <span className="entry__head">
        <Plain className="entry__name" text={row.name} limit={200} />
        {row.mark ? <Badge tone={row.mark === "widget" ? "note" : "plain"}>{seen(row.mark, 40)}</Badge> : null}
      </span>
      <Plain className="entry__title" text={row.title ?? row.description ?? ""} limit={200} />
    </span>
  );
}

function Detail({
  directory,
  which,
  at,
  onShow,
}: {
  readonly directory: ServerDirectory | null;
  readonly which: Which;
  readonly at: number;
  readonly onShow: PanelProps["onShow"];
}) {
  if (!directory) return null;
  if (which === "tools") {
    const tool = entriesOf(directory.tools)[at];
    return tool ? <ToolDetail tool={tool} onShow={onShow} /> : null;
  }
  if (which === "resources") {
    const resource = entriesOf(directory.resources)[at];
    return resource ? <ResourceDetail resource={resource} /> : null;
  }
  const prompt = entriesOf(directory.prompts)[at];
  return prompt ? <PromptDetail prompt={prompt} /> : null;
}

/** Read when the panel opens, when the server was loaded anew, and on demand. */
function useDirectory(revision: number) {
  const [directory, setDirectory] = useState<ServerDirectory | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback(() => {
    api.directory().then(
      (value) => {
        setDirectory(value);
        setProblem(null);
      },
      (error: unknown) =>
        setProblem(error instanceof RequestFailed ? `${error.problem.message} ${error.problem.next}` : String(error)),
    );
  }, []);
  useEffect(read, [read, revision]);
  return { directory, problem, read };
}
