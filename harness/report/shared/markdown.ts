/** Markdown as GitHub reads it. */
import { oneLine, safeLines } from "./text.ts";
import { plural } from "./vocabulary.ts";

/** Bytes of a report: GitHub refuses a comment of more than 65,536 characters, and whoever writes it may add a line of their own; a step summary takes 1 MiB. */
export const COMMENT_BYTES = 64_000;

/** Said where parts of a report were cut. */
export const cutNote = (count: number): string =>
  `> Cut to what GitHub takes as a comment: ${plural(count, "part")} shortened or left out. Everything is in \`--format html=FILE\` and \`json=FILE\`.`;

/** An address that GitHub makes a link: within it nobody is mentioned, and it can be copied. */
const ADDRESS = /(https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:[/?#][^\s<]*)?)/i;

/** Plain text: no markup, nobody called, no issue linked. */
export function inline(text: string): string {
  const parts = oneLine(text).trim().split(ADDRESS);
  return parts
    .map((part, index) => withoutMarkup(index % 2 === 1 ? part : withoutMentions(part)))
    .join("")
    .replace(BLOCK_START, "$1\\$2");
}

/** What would begin a heading, a list or a rule at the beginning of an item. */
const BLOCK_START = /^(\d*)([#+=.)-])/;

const withoutMarkup = (text: string): string =>
  text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>|~&$]/g, (character) => `\\${character}`);

/** `@team`, `#123` and `GH-123`. */
const withoutMentions = (text: string): string =>
  text.replace(/(^|\W)@(?=\w)/g, "$1@\u200b").replace(/(#|\bGH-)(?=\d)/gi, "$1\u200b");

export const code = (text: string): string => {
  const plain = oneLine(text)
    .replace(/[`\s]+/g, " ")
    .replaceAll("|", "\\|")
    .trim();
  return `\`${plain || " "}\``;
};

/** A fence longer than any run of backticks within. */
export function fenced(language: string, text: string): string {
  const lines = safeLines(text);
  const runs = [...lines.matchAll(/`+/g)].map(([run]) => run.length + 1);
  const fence = "`".repeat(Math.max(3, ...runs));
  return `${fence}${language}\n${lines}\n${fence}`;
}

/** Titles and cells are Markdown already. */
export const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

/** Items are Markdown already. */
export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

/** Summary and body are Markdown already. */
export const details = (summary: string, body: string): string =>
  `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
