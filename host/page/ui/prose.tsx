/** Shows a page of a check: elements that were made of its Markdown when the package was built. */
import { createElement, type ReactNode } from "react";
import type { Prose as Node } from "../../../harness/model/prose.ts";

export function Prose({ nodes }: { readonly nodes: readonly Node[] }) {
  return <div className="prose">{nodes.map(shown)}</div>;
}

function shown(node: Node, index: number): ReactNode {
  if (typeof node === "string") return node;
  const { tag, children } = node;
  // Long lines scroll, by keyboard too.
  return createElement(tag, { key: index, ...(tag === "pre" ? { tabIndex: 0 } : {}) }, ...children.map(shown));
}
