/** The verdict of a run, in the words of the page. */
import type { Severity, WidgetRun } from "../../../harness/model/result.ts";
import type { CheckState } from "../../server/types.ts";
import type { IconName } from "../ui/icon.tsx";
import type { Tone } from "../ui/parts.tsx";

export function checkedRun(check: CheckState | null): WidgetRun | null {
  return check?.state === "done" ? (check.result.runs[0] ?? null) : null;
}

export interface Judged {
  /** By the check: the page alone promises nothing, since it sees less. */
  readonly checked: boolean;
  /** What is judged is not what the files say. */
  readonly edited: boolean;
}

export function verdictWords(
  run: WidgetRun | null,
  { checked, edited }: Judged,
): { readonly tone: Tone; readonly icon: IconName; readonly word: string; readonly detail: string } {
  if (!run) return { tone: "plain", icon: "dash", word: "No verdict", detail: "" };
  const found = (severity: Severity) =>
    run.checks.flatMap((check) => check.findings.filter((one) => (one.severity ?? check.severity) === severity)).length;
  const [errors, warnings] = [found("error"), found("warning")];
  const open = run.checks.filter((check) => check.open).length;
  const detail = [
    errors ? plural(errors, "error") : "",
    warnings ? plural(warnings, "warning") : "",
    open ? `${open} undecided` : "",
  ]
    .filter(Boolean)
    .join(", ");
  if (run.verdict === "pass") {
    const promise = promiseOf(detail !== "", { checked, edited });
    return { tone: "good", icon: "check", word: "Pass", detail: [detail, promise].filter(Boolean).join("; ") };
  }
  if (run.verdict === "fail") return { tone: "bad", icon: "cross", word: "Fail", detail };
  return { tone: "warn", icon: "question", word: "Incomplete", detail: detail || "not enough was observed" };
}

/** What a pass promises; warnings speak for themselves. */
function promiseOf(hasWarnings: boolean, { checked, edited }: Judged): string {
  if (checked && edited) return "as edited here, not as in your files";
  if (hasWarnings) return "";
  return checked ? "works when published" : "nothing seen so far";
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
