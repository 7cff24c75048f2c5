import pc from "picocolors";
import type { RunResult, Severity, WidgetRun } from "../../model/result.ts";
import { allowedOf, groupsOf, hostsOf, ownNotes, sharedNotes, type RunGroup } from "./groups.ts";
import { matrixText } from "./pretty-matrix.ts";
import { countsOf, findingsOf, placeOf, plural, seconds, tellingRows, undecidedOf, type Reporter } from "./summary.ts";

type Colors = ReturnType<typeof pc.createColors>;
const SIGNS: Readonly<Record<Severity, string>> = { error: "✗", warning: "!", info: "i" };

/** For people at a terminal: the gravest first, each with its line and its fix. */
export const pretty: Reporter = (given, { color = false, verbose = false, width = 80 } = {}) => {
  const c = pc.createColors(color);
  const result = printable(given);
  const notes = sharedNotes(result).map((note) => c.dim(`· ${note}`));
  const blocks = [
    ...result.headlines.map((line) => c.bold(c.red(line))),
    ...closeUp(groupsOf(result.runs).map((group) => groupBlock(group, c, verbose))),
    ...matrixText(result, c, width),
    [...notes, totals(result, c)].join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
};

/** Blocks of one line follow each other closely. */
function closeUp(blocks: readonly string[]): string[] {
  return blocks.reduce<string[]>((done, block) => {
    const last = done.at(-1);
    const isFlush = last !== undefined && !block.includes("\n") && !(last.split("\n").at(-1) ?? "").startsWith(" ");
    return isFlush ? [...done.slice(0, -1), `${last}\n${block}`] : [...done, block];
  }, []);
}

function groupBlock(group: RunGroup, c: Colors, verbose: boolean): string {
  const [run, ...others] = group;
  const signs = { pass: c.green("✓"), fail: c.red("✗"), incomplete: c.yellow("?") };
  const lines = [
    `${signs[run.verdict]} ${c.bold(run.widget)} ${c.dim(`· ${[hostsOf(group), run.scenario, ...(others.length === 0 ? [seconds(run.durationMs)] : [])].join(" · ")}`)}`,
  ];
  for (const { check, finding, severity } of findingsOf(run)) {
    const paint = { error: c.red, warning: c.yellow, info: c.blue }[severity];
    lines.push(`  ${paint(SIGNS[severity])} ${finding.message} ${c.dim(check.id)}`);
    const place = placeOf(finding);
    if (place) lines.push(`      ${c.cyan(place)}`);
    if (finding.where?.excerpt) lines.push(`      ${c.dim(finding.where.excerpt)}`);
    if (finding.channel === "page") lines.push(`      ${c.dim("seen by the page alone, which could have made it up")}`);
  }
  for (const { id, reason } of undecidedOf(run)) lines.push(`  ${c.yellow("?")} ${reason} ${c.dim(id)}`);
  for (const { finding, reason } of allowedOf(run))
    lines.push(`  ${c.dim(`- allowed: ${finding.message} (${reason})`)}`);
  for (const note of ownNotes(run)) lines.push(`  ${c.dim(`· ${note}`)}`);
  // Hosts that say the same grant differently: each has its table when all is asked for, the first one otherwise.
  for (const one of verbose ? group : run.verdict === "pass" ? [] : [run])
    lines.push(...directiveTable(one, others.length > 0, c));
  return lines.join("\n");
}

/** A widget's own words must not move the cursor, recolour or hide what follows. */
function printable(result: RunResult): RunResult {
  const clean = (text: string) =>
    text
      .replace(/[\t\n\r\u2028\u2029]+/g, " ")
      .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
  return JSON.parse(JSON.stringify(result), (_name, value: unknown) =>
    typeof value === "string" ? clean(value) : value,
  ) as RunResult;
}

function directiveTable(run: WidgetRun, named: boolean, c: Colors): string[] {
  const rows = tellingRows(run);
  if (rows.length === 0) return [];
  const cells = rows.map((row) => [
    row.directive,
    row.requested.join(" ") || "–",
    row.effective,
    [...row.observed.allowed, ...row.observed.blocked.map((origin) => `✗ ${origin}`)].join(" ") || "–",
  ]);
  const head = ["directive", "requested", named ? `effective in ${run.profile}` : "effective", "observed"];
  const widths = head.map((title, index) =>
    Math.min(48, Math.max(title.length, ...cells.map((row) => row[index]?.length ?? 0))),
  );
  const line = (row: readonly string[]) =>
    `    ${row.map((cell, index) => (index === row.length - 1 ? cell : clip(cell, widths[index] ?? 0).padEnd(widths[index] ?? 0))).join("  ")}`;
  return [
    c.dim(line(head)),
    ...cells.map((row, index) =>
      (rows[index]?.observed.blocked.length ?? 0) > 0 ? c.red(line(row)) : c.dim(line(row)),
    ),
  ];
}

const clip = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

function totals(result: RunResult, c: Colors): string {
  const { errors, warnings, notes, open } = countsOf(result.runs);
  const parts = [
    plural(result.runs.length, "run"),
    plural(errors, "error"),
    plural(warnings, "warning"),
    ...(notes ? [plural(notes, "note")] : []),
    ...(open ? [`${open} undecided`] : []),
  ];
  const words = {
    pass: c.green("pass"),
    fail: c.red("fail"),
    incomplete: c.yellow("incomplete: not everything could be judged"),
  };
  return `${c.bold(words[result.verdict])} ${c.dim(`· ${parts.join(", ")} · ${result.browser.name} ${result.browser.version}`)}`;
}
