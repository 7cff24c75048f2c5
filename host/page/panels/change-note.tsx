/** What became of something that was written into the project, with the way back. */
import type { Change } from "../state/use-change.ts";

export function ChangeNote({
  done,
  problem,
  onUndo,
}: Pick<Change, "done" | "problem"> & { readonly onUndo: () => void }) {
  return (
    <div role="status">
      {done ? (
        <p className="change-note">
          {done.undone ? "Taken back: " : "Written: "}
          <span className="mono">{done.change.file}</span>
          {done.change.mocks ? `, with ${done.change.mocks} of the network’s answers as mocks` : ""}
          {done.change.masked.length > 0 ? `; masked: ${done.change.masked.join(", ")}` : ""}{" "}
          {done.undone ? null : (
            <button type="button" className="link" onClick={onUndo}>
              Undo
            </button>
          )}
        </p>
      ) : null}
      {done && !done.undone && done.change.toAdd ? (
        <p className="hint">
          It is read once the config names it: <span className="mono">{done.change.toAdd}</span>
        </p>
      ) : null}
      {done && !done.undone && done.change.leftOut ? (
        <p className="hint">Left out: {done.change.leftOut.join("; ")}</p>
      ) : null}
      {problem ? (
        <p className="change-note change-note--bad">
          {problem.message} {problem.next}
        </p>
      ) : null}
    </div>
  );
}
