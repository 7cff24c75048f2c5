/** How deep a value is nested, told without recursion: whoever walks what others wrote would run out of stack. */

/** Levels of what a server sends or a file holds. */
export const MOST_LEVELS = 1000;

/** @param most levels; a value that is no object or array has none */
export function isDeeperThan(value: unknown, most: number): boolean {
  const nodes: unknown[] = [value];
  const depths: number[] = [0];
  for (let node = nodes.pop(), depth = depths.pop(); depth !== undefined; node = nodes.pop(), depth = depths.pop()) {
    if (typeof node !== "object" || node === null) continue;
    if (depth >= most) return true;
    for (const child of Object.values(node) as unknown[])
      if (typeof child === "object" && child !== null) {
        nodes.push(child);
        depths.push(depth + 1);
      }
  }
  return false;
}

const QUOTE = '"'.charCodeAt(0);
const ESCAPE = "\\".charCodeAt(0);
const STEPS: Readonly<Partial<Record<string, number>>> = { "[": 1, "{": 1, "]": -1, "}": -1 };

/** The same of JSON that has not been parsed. */
export function isNestedDeeper(json: string, most: number): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) isInText = !isInText;
    else if (isInText && code === ESCAPE) at += 1;
    else if (!isInText && code > 90) depth += STEPS[json.charAt(at)] ?? 0;
    if (depth > most) return true;
  }
  return false;
}
