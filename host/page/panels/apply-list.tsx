/** The suggested lists, written where the widget declares them: its `widget.json`, or, of a server, a patch of its source. */
import { useState } from "react";
import type { Where } from "../../../harness/model/evidence.ts";
import type { AllowlistResult } from "../../../harness/model/result.ts";
import type { DeclaredLists, SourcePatch } from "../../server/project-types.ts";
import type { WidgetView } from "../../server/types.ts";
import { api, RequestFailed } from "../api.ts";
import type { Change } from "../state/use-change.ts";
import { CopyButton } from "../ui/parts.tsx";
import { placeText } from "./findings.ts";

export interface ApplyListProps {
  readonly widget: WidgetView;
  readonly suggested: AllowlistResult["suggested"];
  /** Where the server's source registers the widget, as far as that was found. */
  readonly registeredAt: Where | undefined;
  /** Of the panel: what is written renders the widget anew, and there is no list meanwhile. */
  readonly change: Change;
}

export function ApplyList({ widget, suggested, registeredAt, change }: ApplyListProps) {
  const lists = listsOf(suggested);
  if (widget.source.kind === "folder")
    return <ApplyToManifest asked={{ widget: widget.name, lists }} change={change} />;
  return widget.source.kind === "mcp" ? (
    <ServerPatch asked={{ widget: widget.name, lists }} registeredAt={registeredAt} />
  ) : null;
}

const listsOf = ({ ui, "openai/widgetCSP": openai }: ApplyListProps["suggested"]): DeclaredLists => ({
  "ui.csp": { ...ui.csp },
  "openai/widgetCSP": { ...openai },
});

interface Asked {
  readonly widget: string;
  readonly lists: DeclaredLists;
}

function ApplyToManifest({ asked, change }: { readonly asked: Asked; readonly change: Change }) {
  const { busy, run } = change;
  return (
    <p className="save-row">
      <button
        type="button"
        className="button button--small"
        disabled={busy}
        onClick={() => run(() => api.declare(asked))}
      >
        Apply to widget.json
      </button>
    </p>
  );
}

type Found = { readonly patch: SourcePatch | null } | { readonly problem: string };

function ServerPatch({ asked, registeredAt }: { readonly asked: Asked } & Pick<ApplyListProps, "registeredAt">) {
  const [found, setFound] = useState<Found | null>(null);
  const find = () =>
    api.patch(asked).then(
      (patch) => setFound({ patch }),
      (error: unknown) => setFound({ problem: error instanceof RequestFailed ? error.problem.message : String(error) }),
    );
  return (
    <div>
      <button type="button" className="button button--small" onClick={() => void find()}>
        Find it in the server’s source
      </button>
      <div role="status">
        {found && "problem" in found ? <p className="hint">{found.problem}</p> : null}
        {found && "patch" in found && !found.patch ? (
          <p className="hint">
            Its source does not write these lists out, or they are as suggested: paste the block
            {registeredAt?.line ? (
              <>
                {" "}
                where it registers the widget, at <span className="mono">{placeText({ where: registeredAt })}</span>
              </>
            ) : null}
            .
          </p>
        ) : null}
        {found && "patch" in found && found.patch ? (
          <>
            <p className="save-row">
              <span className="mono">
                {found.patch.file}:{found.patch.line}
              </span>{" "}
              <CopyButton text={found.patch.patch} label="Copy patch" />
            </p>
            <pre className="policy" tabIndex={0} aria-label="Patch">
              {found.patch.patch}
            </pre>
          </>
        ) : null}
      </div>
    </div>
  );
}
