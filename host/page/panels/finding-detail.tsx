/** What is known of one finding: its line, and the page of its check. */
import { useEffect, useState } from "react";
import type { Prose as ProseNode } from "../../../harness/model/prose.ts";
import type { Finding } from "../../../harness/model/result.ts";
import { api, RequestFailed } from "../api.ts";
import { Prose } from "../ui/prose.tsx";
import { FindingChain, type FindingAround } from "./finding-chain.tsx";
import type { SeenBy } from "./findings.ts";

export default function FindingDetail({
  id,
  finding,
  seenBy,
  around,
}: {
  readonly id: string;
  readonly finding: Finding;
  readonly seenBy: SeenBy | null;
  readonly around: FindingAround;
}) {
  const page = useCheckPage(id);
  return (
    <div className="finding-detail">
      <FindingChain id={id} finding={finding} around={around} />
      {seenBy === "check" ? (
        <p className="hint">
          Not seen in this page: the check performs the scenario’s steps, and sees what a page cannot.
        </p>
      ) : null}
      {finding.channel === "page" ? (
        <p className="hint">Seen by the widget’s own document alone, which could have forged it.</p>
      ) : null}
      <CheckPage id={id} page={page} />
    </div>
  );
}

/** The page, or why it could not be read. */
type Read = { readonly nodes: readonly ProseNode[] } | { readonly problem: string };

function CheckPage({ id, page }: { readonly id: string; readonly page: Read | null }) {
  if (page === null) return <p className="hint">Reading {id}…</p>;
  return "problem" in page ? <p className="hint">{page.problem}</p> : <Prose nodes={page.nodes} />;
}

/** The page of a check, from the server; null while it is read. */
function useCheckPage(id: string): Read | null {
  const [read, setRead] = useState<(Read & { readonly id: string }) | null>(null);
  useEffect(() => {
    let stale = false;
    api.explain(id).then(
      (nodes) => stale || setRead({ id, nodes }),
      (error: unknown) =>
        stale ||
        setRead({
          id,
          problem: error instanceof RequestFailed ? error.problem.message : "The page could not be read.",
        }),
    );
    return () => void (stale = true);
  }, [id]);
  return read?.id === id ? read : null;
}
