/** Markdown of the check pages to elements, while the package is built. */
import { lexer, type Token, type Tokens } from "marked";
import type { Prose, ProseElement, ProseTag } from "../model/prose.ts";

/** @throws Error for what no check page needs: HTML, links, tables, pictures */
export function proseOf(markdown: string): readonly Prose[] {
  return blocksOf(lexer(markdown));
}

const blocksOf = (tokens: readonly Token[]): Prose[] =>
  tokens.filter(({ type }) => type !== "space").map((token) => nodeOf(token as Tokens.Generic & Token));

function nodeOf(token: Token): Prose {
  switch (token.type) {
    case "heading":
      // The page's own headings end at level 3.
      return element((token as Tokens.Heading).depth === 1 ? "h4" : "h5", inner(token));
    case "paragraph":
      return element("p", inner(token));
    case "code":
      return element("pre", [element("code", [(token as Tokens.Code).text])]);
    case "list": {
      const { ordered, items } = token as Tokens.List;
      return element(
        ordered ? "ol" : "ul",
        items.map((item) => element("li", blocksOf(item.tokens).flatMap(unwrapped))),
      );
    }
    case "text":
      return "tokens" in token ? element("p", inner(token)) : (token as Tokens.Text).text;
    case "codespan":
      return element("code", [(token as Tokens.Codespan).text]);
    case "strong":
      return element("strong", inner(token));
    case "em":
      return element("em", inner(token));
    case "escape":
      return (token as Tokens.Escape).text;
    default:
      throw new Error(`A check page holds ${token.type}, which has no element here: ${token.raw.trim()}`);
  }
}

const inner = (token: Token): Prose[] => ("tokens" in token ? (token.tokens ?? []) : []).map(nodeOf);

const element = (tag: ProseTag, children: readonly Prose[]): ProseElement => ({ tag, children });

/** The text of an item that is one line is no paragraph. */
const unwrapped = (node: Prose): readonly Prose[] =>
  typeof node !== "string" && node.tag === "p" ? node.children : [node];
