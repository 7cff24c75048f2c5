/** What became of an allow-list, for a review: JSON, a terminal, and Markdown to paste. */
import type {
  AllowlistDifference,
  DomainAsk,
  DomainChange,
  WidgetDifference,
} from "../../model/allowlist-difference.ts";
import { jsonText } from "../../model/json-text.ts";
import { code, inline, list, table } from "../shared/markdown.ts";
import { colorsFor, paintFor, type Colors } from "../shared/terminal.ts";
import { safeCopy } from "../shared/text.ts";
import { NONE, placeLabel, plural, type Tone } from "../shared/vocabulary.ts";
import type { DifferenceReporter } from "../types.ts";

const CHANGES = {
  came: { sign: "+", word: "new", tone: "bad", emoji: "🆕" },
  moved: { sign: "~", word: "moved", tone: "warn", emoji: "🔀" },
  went: { sign: "-", word: "gone", tone: "good", emoji: "🗑️" },
} as const satisfies Readonly<
  Record<DomainChange["change"], { sign: string; word: string; tone: Tone; emoji: string }>
>;

/** Places that are named of a domain. */
const MOST_ASKS = 3;

export const json: DifferenceReporter = (difference) => `${jsonText({ schemaVersion: 1, ...difference })}\n`;

/** A comment to paste: what came stands first. */
export const markdown: DifferenceReporter = (difference) => {
  const changed = difference.widgets.filter(isChanged);
  const blocks = [
    `## Sandglass: domains against ${code(difference.base)}`,
    summaryOf(difference, inline),
    ...changed.map(markdownSection),
    ...(difference.notLooked.length > 0 ? [`Not looked at now: ${difference.notLooked.map(inline).join(", ")}.`] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
};

function markdownSection(widget: WidgetDifference): string {
  const rows = inOrder(widget.domains).map((domain) => {
    const { emoji, word } = CHANGES[domain.change];
    return [
      `${emoji} ${word}`,
      code(domain.origin),
      listsOf(domain).map(code).join(" → "),
      inline(ownerOf(domain)),
      asksOf(domain, code),
    ];
  });
  const { isNew, metadata } = widget;
  return [
    `### ${inline(widget.widget)}${isNew ? " (new)" : ""}${widget.verified === true ? "" : " · not verified"}`,
    ...(rows.length > 0 ? [table(["", "domain", "lists", "owner", "who asks"], rows)] : []),
    ...(metadata.length > 0 ? [list(metadata.map(inline))] : []),
  ].join("\n\n");
}

export const pretty: DifferenceReporter = (difference, { color = false } = {}) => {
  const c = colorsFor(color);
  const safe = safeCopy(difference);
  const blocks = [
    `${c.bold("Domains")} ${c.dim(`against ${safe.base}`)}`,
    ...safe.widgets.filter(isChanged).map((widget) => prettySection(widget, c)),
    summaryOf(safe, (text) => text),
    ...(safe.notLooked.length > 0 ? [c.dim(`Not looked at now: ${safe.notLooked.join(", ")}.`)] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
};

function prettySection(widget: WidgetDifference, c: Colors): string {
  const lines = inOrder(widget.domains).flatMap((domain) => {
    const { sign, tone } = CHANGES[domain.change];
    const lists = listsOf(domain).join(" → ");
    return [
      `  ${paintFor(tone, c)(`${sign} ${domain.origin}`)} ${lists} ${c.dim(`· ${ownerOf(domain)}`)}`,
      `      ${c.dim(asksOf(domain, (text) => text))}`,
    ];
  });
  const name = `${c.bold(widget.widget)}${widget.isNew ? c.dim(" · new") : ""}`;
  return [name, ...lines, ...widget.metadata.map((line) => `  · ${line}`)].join("\n");
}

const isChanged = ({ isNew, domains, metadata }: WidgetDifference): boolean =>
  isNew || domains.length + metadata.length > 0;

const ORDER = Object.keys(CHANGES);
const inOrder = (domains: readonly DomainChange[]): DomainChange[] =>
  domains.toSorted((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));

/** Lists before and after, those that there are. */
const listsOf = ({ from, to }: DomainChange): string[] =>
  [from, to].filter((lists) => lists.length > 0).map((lists) => lists.join(", "));

const ownerOf = ({ owner, registrableDomain, isWide }: DomainChange): string =>
  [owner ?? `unknown (${registrableDomain ?? "no registrable domain"})`, ...(isWide ? ["any subdomain"] : [])].join(
    ", ",
  );

function asksOf({ asked, why, change }: DomainChange, place: (text: string) => string): string {
  if (change === "went") return "no longer needed";
  if (asked.length === 0) return why === "" ? NONE : why;
  const shown = asked.slice(0, MOST_ASKS).map((ask) => askLabel(ask, place));
  const more = asked.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function askLabel({ kind, scenario, where }: DomainAsk, place: (text: string) => string): string {
  const label = placeLabel(where);
  return label ? `${kind} at ${place(label)}` : `${kind} in ${place(scenario)}`;
}

function summaryOf({ widgets, isNew, base }: AllowlistDifference, text: (words: string) => string): string {
  const counts = Object.entries(CHANGES).flatMap(([change, { word }]) => {
    const count = widgets.flatMap(({ domains }) => domains).filter((one) => one.change === change).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  const submitted = widgets.some(({ metadata }) => metadata.length > 0)
    ? " Declared metadata changes: users get it with a new reviewed version."
    : "";
  if (isNew) return `${text(base)} does not exist: everything is new.`;
  const said =
    counts.length > 0
      ? `${counts.join(", ")}, in ${plural(widgets.filter(isChanged).length, "widget")}.`
      : "No domain came, went or moved.";
  return `${said}${submitted}`;
}
