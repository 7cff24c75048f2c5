import type { WidgetRun } from "../result.ts";
import { countsOf, findingsOf, matrixOf, openChecks, placeOf, plural, tellingRows, type Reporter } from "./summary.ts";

const MARKS = { pass: "✅", fail: "❌", incomplete: "❔" } as const;

/** Fit for a pull request comment. */
export const markdown: Reporter = (result) => {
  const { errors, warnings } = countsOf(result.runs);
  const blocks = [`## ${MARKS[result.verdict]} Sandglass: ${result.verdict}`, `${plural(result.runs.length, "run")}, ${plural(errors, "error")}, ${plural(warnings, "warning")} · ${result.browser.name} ${result.browser.version}`];
  if (result.headlines.length > 0) blocks.push(result.headlines.map((line) => `> **${cell(line)}**`).join("\n>\n"));
  const matrix = matrixOf(result);
  if (matrix) blocks.push(table(["widget", ...matrix.profiles], matrix.rows.map((row) => [row.name, ...row.cells.map((one) => (one ? `${MARKS[one.run.verdict]} ${one.reason}`.trim() : "–"))])));
  blocks.push(...result.runs.map(section));
  return `${blocks.join("\n\n")}\n`;
};

function section(run: WidgetRun): string {
  const head = `### ${MARKS[run.verdict]} ${cell(run.widget)} · ${run.profile} · ${cell(run.scenario)}`;
  const rows = findingsOf(run).map(({ check, finding, severity }) => [severity, `\`${check.id}\``, finding.message, placeOf(finding) ? `\`${placeOf(finding)}\`` : ""]);
  const open = openChecks(run).map((check) => ["undecided", `\`${check.id}\``, check.reason ?? "", ""]);
  const parts = [head];
  if (rows.length + open.length > 0) parts.push(table(["", "check", "finding", "where"], [...rows, ...open]));
  const directives = tellingRows(run);
  if (run.verdict !== "pass" && directives.length > 0) {
    const body = table(["directive", "requested", "effective", "observed"], directives.map((row) => [row.directive, row.requested.join(" ") || "–", `\`${row.effective}\``, [...row.observed.allowed, ...row.observed.blocked.map((origin) => `**✗ ${origin}**`)].join(" ") || "–"]));
    parts.push(`<details><summary>Requested · effective · observed</summary>\n\n${body}\n\n</details>`);
  }
  if (run.notes.length > 0) parts.push(run.notes.map((note) => `- ${cell(note)}`).join("\n"));
  return parts.join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
}

/** A widget's own words must not become markup. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replace(/\s+/g, " ");
