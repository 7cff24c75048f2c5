import type { WidgetRun } from "../../model/result.ts";
import { allowedOf, groupsOf, hostsOf, ownNotes, sharedNotes, type RunGroup } from "./groups.ts";
import { countsOf, findingsOf, matrixOf, placeOf, plural, tellingRows, undecidedOf, type Reporter } from "./summary.ts";

const MARKS = { pass: "✅", fail: "❌", incomplete: "❔" } as const;

/** Fit for a pull request comment: what wants doing first, what passed in one line each. */
export const markdown: Reporter = (result) => {
  const { errors, warnings, open } = countsOf(result.runs);
  const facts = [
    plural(result.runs.length, "run"),
    plural(errors, "error"),
    plural(warnings, "warning"),
    ...(open ? [`${open} undecided`] : []),
  ];
  const blocks = [
    `## ${MARKS[result.verdict]} Sandglass: ${result.verdict}`,
    `${facts.join(", ")} · ${cell(`${result.browser.name} ${result.browser.version}`)}`,
  ];
  if (result.headlines.length > 0) blocks.push(result.headlines.map((line) => `> **${cell(line)}**`).join("\n>\n"));
  const matrix = matrixOf(result);
  if (matrix)
    blocks.push(
      table(
        ["widget", ...matrix.profiles.map(cell)],
        matrix.rows.map((row) => [
          cell(row.name),
          ...row.cells.map((one) => (one ? `${MARKS[one.run.verdict]} ${cell(one.reason)}`.trim() : "–")),
        ]),
      ),
    );
  const groups = groupsOf(result.runs);
  const isQuiet = ([run]: RunGroup) =>
    run.verdict === "pass" &&
    findingsOf(run).length + undecidedOf(run).length + allowedOf(run).length + ownNotes(run).length === 0;
  blocks.push(...groups.filter((group) => !isQuiet(group)).map(section));
  const quiet = groups.filter(isQuiet);
  if (quiet.length > 0) blocks.push(quiet.map((group) => `- ${head(group)}`).join("\n"));
  const notes = sharedNotes(result);
  if (notes.length > 0) blocks.push(notes.map((note) => `- ${cell(note)}`).join("\n"));
  return `${blocks.join("\n\n")}\n`;
};

const head = (group: RunGroup): string =>
  `${MARKS[group[0].verdict]} ${cell(group[0].widget)} · ${cell(hostsOf(group))} · ${cell(group[0].scenario)}`;

function section(group: RunGroup): string {
  const [run] = group;
  const rows = findingsOf(run).map(({ check, finding, severity }) => [
    severity,
    code(check.id),
    cell(finding.message),
    placeOf(finding) ? code(placeOf(finding)) : "",
  ]);
  const open = undecidedOf(run).map(({ id, reason }) => ["undecided", code(id), cell(reason), ""]);
  const parts = [`### ${head(group)}`];
  if (rows.length + open.length > 0) parts.push(table(["", "check", "finding", "where"], [...rows, ...open]));
  if (run.verdict !== "pass") parts.push(...directives(run, group.length > 1));
  const notes = [
    ...allowedOf(run).map(({ finding, reason }) => `allowed: ${finding.message} (${reason})`),
    ...ownNotes(run),
  ];
  if (notes.length > 0) parts.push(notes.map((note) => `- ${cell(note)}`).join("\n"));
  return parts.join("\n\n");
}

function directives(run: WidgetRun, named: boolean): string[] {
  const rows = tellingRows(run);
  if (rows.length === 0) return [];
  const body = table(
    ["directive", "requested", named ? `effective in ${cell(run.profile)}` : "effective", "observed"],
    rows.map((row) => [
      code(row.directive),
      row.requested.map(code).join(" ") || "–",
      code(row.effective),
      [...row.observed.allowed.map(code), ...row.observed.blocked.map((origin) => `✗ ${code(origin)}`)].join(" ") ||
        "–",
    ]),
  );
  return [`<details><summary>Requested · effective · observed</summary>\n\n${body}\n\n</details>`];
}

/** Cells are markdown already. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return [titles, titles.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** A widget's own words must not become markup, nor call people; addresses stay as they are, to be copied. */
const cell = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>|~&]/g, (character) => `\\${character}`)
    .replace(/(^|[^\w/])@(?=\w)/g, "$1@\u200b");
const code = (text: string): string =>
  `\`${
    text
      .replace(/[`\s]+/g, " ")
      .replaceAll("|", "\\|")
      .trim() || " "
  }\``;
