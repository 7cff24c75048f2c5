/** Which requests a mock answers. Addresses come from the widget: every form is matched in bounded time. */

/** The text that stood for the first `*`, or null when the address is another. */
export type AddressMatcher = (url: string) => string | null;

/**
 * `*` stands for any run of characters; everything else is literal. The first
 * `*` takes as much as it can: parts are looked for from the end.
 */
export function globMatcher(glob: string): AddressMatcher {
  const [head = "", ...rest] = glob.split("*");
  const tail = rest.pop();
  if (tail === undefined) return (url) => (url === glob ? "" : null);
  return (url) => {
    if (!url.startsWith(head) || !url.endsWith(tail)) return null;
    let end = url.length - tail.length;
    for (const part of rest.toReversed()) {
      end = lastIndexBefore(url, part, end);
      if (end === -1) return null;
    }
    return end >= head.length ? url.slice(head.length, end) : null;
  };
}

/** Offset of the last `part` that ends at `end` or before it. */
function lastIndexBefore(text: string, part: string, end: number): number {
  return part.length > end ? -1 : text.lastIndexOf(part, end - part.length);
}
