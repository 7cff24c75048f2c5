/** What is so of many tools of a server is said once, with their names. */

/** Names that a line holds. */
const MOST_NAMED = 6;

/** @param lines each of one tool where it begins with `Tool NAME` */
export function toldOnce(lines: readonly string[], tools: readonly string[]): string[] {
  const groups = new Map<string, { readonly line: string; readonly of: string[] }>();
  for (const line of new Set(lines)) {
    const tool = tools.find((name) => line.startsWith(`Tool ${name} `));
    const what = tool === undefined ? line : line.slice(`Tool ${tool} `.length);
    const group = groups.get(what) ?? { line, of: [] };
    groups.set(what, group);
    if (tool !== undefined) group.of.push(tool);
  }
  return [...groups].map(([what, { line, of }]) => (of.length > 1 ? `Tools ${listed(of)}: each ${what}` : line));
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more > 1 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${more} more` : names.join(", ");
}
