/** Texts of a document's inline scripts, in order, as the parser cuts them. */
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";

export function inlineScripts(html: string): string[] {
  const found: string[] = [];
  const stack: Tree.Node[] = [parse(html)];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if ("tagName" in node && node.tagName === "script" && !node.attrs.some(({ name }) => name === "src")) {
      const text = node.childNodes.map((child) => ("value" in child ? child.value : "")).join("");
      if (text.trim() !== "") found.push(text);
    }
    if ("childNodes" in node) for (const child of node.childNodes.toReversed()) stack.push(child);
  }
  return found;
}
