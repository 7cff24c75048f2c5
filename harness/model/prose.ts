/** A page of a check as elements: what the developer page shows without a parser, and what no HTML passes through. */

export type ProseTag = "h4" | "h5" | "p" | "pre" | "code" | "ul" | "ol" | "li" | "strong" | "em";

export type Prose = string | ProseElement;

export interface ProseElement {
  readonly tag: ProseTag;
  readonly children: readonly Prose[];
}
