import pc from "picocolors";
import type { RunResult, Severity, WidgetRun } from "../result.ts";
import { countsOf, findingsOf, matrixOf, openChecks, placeOf, plural, seconds, tellingRows, type Reporter } from "./summary.ts";

type Colors = ReturnType<typeof pc.createColors>;
const SIGNS: Readonly<Record<Severity, string>> = { error: "✗", warning: "!", info: "i" };

/** For people at a terminal: the gravest first, each with its line and its fix. */
export const pretty: Reporter = (result, { color = false, verbose = false } = {}) => {
  const c = pc.createColors(color);
  const blocks = [
    ...result.headlines.map((line) => c.bold(c.red(line))),
    ...result.runs.map((run) => runBlock(run, c, verbose)),
    ...matrixBlock(result, c),
    totals(result, c),
  ];
  return `${blocks.join("\n\n")}\n`;
};

function runBlock(run: WidgetRun, c: Colors, verbose: boolean): string {
  const signs = { pass: c.green("✓"), fail: c.red("✗"), incomplete: c.yellow("?") };
  const profile = run.appliedProfile === run.profile ? run.profile : `${run.profile} → ${run.appliedProfile}`;
  const lines = [`${signs[run.verdict]} ${c.bold(run.widget)} ${c.dim(`· ${profile} · ${run.scenario} · ${seconds(run.durationMs)}`)}`];
  for (const { check, finding, severity } of findingsOf(run)) {
    const paint = { error: c.red, warning: c.yellow, info: c.blue }[severity];
    lines.push(`  ${paint(SIGNS[severity])} ${finding.message} ${c.dim(check.id)}`);
    const place = placeOf(finding);
    if (place) lines.push(`      ${c.cyan(place)}`);
    if (finding.where?.excerpt) lines.push(`      ${c.dim(finding.where.excerpt)}`);
    if (finding.channel === "page") lines.push(`      ${c.dim("seen by the page alone, which could have made it up")}`);
  }
  for (const check of openChecks(run)) lines.push(`  ${c.yellow("?")} ${check.reason ?? "could not be decided"} ${c.dim(check.id)}`);
  for (const suppressed of run.checks.flatMap((check) => check.suppressed ?? [])) lines.push(`  ${c.dim(`- allowed: ${suppressed.finding.message} (${suppressed.reason})`)}`);
  for (const note of run.notes) lines.push(`  ${c.dim(`· ${note}`)}`);
  if (run.verdict !== "pass" || verbose) lines.push(...directiveTable(run, c));
  return lines.join("\n");
}

function directiveTable(run: WidgetRun, c: Colors): string[] {
  const rows = tellingRows(run);
  if (rows.length === 0) return [];
  const cells = rows.map((row) => [row.directive, row.requested.join(" ") || "–", row.effective, [...row.observed.allowed, ...row.observed.blocked.map((origin) => `✗ ${origin}`)].join(" ") || "–"]);
  const head = ["directive", "requested", "effective", "observed"];
  const widths = head.map((title, index) => Math.min(48, Math.max(title.length, ...cells.map((row) => row[index]?.length ?? 0))));
  const line = (row: readonly string[]) => `    ${row.map((cell, index) => (index === row.length - 1 ? cell : clip(cell, widths[index] ?? 0).padEnd(widths[index] ?? 0))).join("  ")}`;
  return [c.dim(line(head)), ...cells.map((row, index) => ((rows[index]?.observed.blocked.length ?? 0) > 0 ? c.red(line(row)) : c.dim(line(row))))];
}

const clip = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

/** A table that a terminal of 80 columns would break is written as a list. */
const TABLE_WIDTH = 80;

function matrixBlock(result: RunResult, c: Colors): string[] {
  const matrix = matrixOf(result);
  if (!matrix) return [];
  const text = matrix.rows.map((row) => row.cells.map((cell) => (cell ? `${{ pass: "✓", fail: "✗", incomplete: "?" }[cell.run.verdict]} ${cell.reason}`.trim() : "–")));
  const nameWidth = Math.max(...matrix.rows.map(({ name }) => name.length));
  const widths = matrix.profiles.map((profile, column) => Math.max(profile.length, ...text.map((row) => row[column]?.length ?? 0)));
  const paint = (cell: string, width = 0) => (cell.startsWith("✓") ? c.green : cell.startsWith("✗") ? c.red : c.yellow)(cell.padEnd(width));
  if (nameWidth + widths.reduce((sum, width) => sum + width + 2, 0) > TABLE_WIDTH) {
    const hostWidth = Math.max(...matrix.profiles.map(({ length }) => length));
    return matrix.rows.map((row, index) => [row.name, ...matrix.profiles.map((profile, column) => `  ${c.dim(profile.padEnd(hostWidth))}  ${paint(text[index]?.[column] ?? "–")}`)].join("\n"));
  }
  const head = `${" ".repeat(nameWidth)}  ${matrix.profiles.map((profile, column) => profile.padEnd(widths[column] ?? 0)).join("  ")}`;
  return [[c.dim(head), ...matrix.rows.map((row, index) => `${row.name.padEnd(nameWidth)}  ${(text[index] ?? []).map((cell, column) => paint(cell, widths[column] ?? 0)).join("  ")}`)].join("\n")];
}

function totals(result: RunResult, c: Colors): string {
  const { errors, warnings, notes, open } = countsOf(result.runs);
  const parts = [plural(result.runs.length, "run"), plural(errors, "error"), plural(warnings, "warning"), ...(notes ? [plural(notes, "note")] : []), ...(open ? [`${open} undecided`] : [])];
  const words = { pass: c.green("pass"), fail: c.red("fail"), incomplete: c.yellow("incomplete: not everything could be judged") };
  return `${c.bold(words[result.verdict])} ${c.dim(`· ${parts.join(", ")} · ${result.browser.name} ${result.browser.version}`)}`;
}
