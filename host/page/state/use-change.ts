/** One change of the project at a time: asked for, done, taken back. */
import { useState } from "react";
import type { ProjectChange } from "../../server/project-types.ts";
import type { Problem } from "../../server/types.ts";
import { api, RequestFailed } from "../api.ts";

export interface Change {
  readonly done: { readonly change: ProjectChange; readonly undone: boolean } | null;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly run: (write: () => Promise<ProjectChange>) => void;
  readonly undo: () => void;
}

const problemOf = (error: unknown): Problem =>
  error instanceof RequestFailed
    ? error.problem
    : { code: "PAGE", message: error instanceof Error ? error.message : String(error), next: "Reload the page." };

export function useChange(): Change {
  const [done, setDone] = useState<Change["done"]>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const act = (work: Promise<NonNullable<Change["done"]>>) => {
    setBusy(true);
    setProblem(null);
    work.then(setDone, (error: unknown) => setProblem(problemOf(error))).finally(() => setBusy(false));
  };
  return {
    done,
    problem,
    busy,
    run: (write) => act(write().then((change) => ({ change, undone: false }))),
    undo: () => {
      if (done) act(api.undo(done.change.id).then(() => ({ ...done, undone: true })));
    },
  };
}
