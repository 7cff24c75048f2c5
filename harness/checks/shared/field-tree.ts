/** The fields of a value as a tree, entries of a list as one, to tell whole branches that nobody read. Not a check. */
import type { FieldReads } from "../../model/evidence.ts";

type State = FieldReads["fields"][number]["state"];

interface Node {
  readonly children: Map<string, Node>;
  state: State;
  bytes: number;
}

export interface Branch {
  /** `$.items[].etag`; a branch ends in its topmost field of that state. */
  readonly path: string;
  readonly bytes: number;
}

/** Topmost branches whose every field is in the state; a field of a list counts as read when it was in one entry. */
export function branchesOf(fields: FieldReads["fields"], state: "unread" | "walked"): Branch[] {
  const root = treeOf(fields);
  const found: Branch[] = [];
  const stack: { readonly path: string; readonly node: Node }[] = [{ path: "$", node: root }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { path, node } = top;
    if (node.state === state) found.push({ path, bytes: node.bytes });
    else for (const [step, child] of node.children) stack.push({ path: path + step, node: child });
  }
  return found.sort((a, b) => b.bytes - a.bytes || a.path.localeCompare(b.path));
}

const RANK = { unread: 0, walked: 1, read: 2 } as const;

function treeOf(fields: FieldReads["fields"]): Node {
  const root: Node = { children: new Map(), state: "unread", bytes: 0 };
  for (const { path, state, bytes } of fields) {
    let node = root;
    const trail = [root];
    for (const step of path.slice(1).match(/\[\d+\]|\[(?:"[^"]*"|[^\][]*)\]|\.[^.[]*/g) ?? []) {
      const key = /^\[\d+\]$/.test(step) ? "[]" : step;
      let child = node.children.get(key);
      if (!child) node.children.set(key, (child = { children: new Map(), state: "unread", bytes: 0 }));
      trail.push((node = child));
    }
    for (const passed of trail) {
      passed.bytes += bytes;
      if (RANK[state] > RANK[passed.state]) passed.state = state;
    }
  }
  return root;
}
