/** Which requests a mock answers. Addresses come from the widget: every form is matched in bounded time. */

import type { URLPattern } from "urlpattern-polyfill";
import { ADDRESS_COMPONENTS, freeGroups, type AddressPattern } from "../../model/address-pattern.ts";
import { SandglassError, messageOf } from "../../model/errors.ts";

/** The text that stood for the first `*`, or null when the address is another. */
export type AddressMatcher = (url: string) => string | null;

/** A glob over the whole address, or a pattern of its components. @throws SandglassError `BAD_WIDGET` */
export const addressMatcher = async (address: string | AddressPattern): Promise<AddressMatcher> =>
  typeof address === "string" ? globMatcher(address) : patternMatcher(address);

/** Longest address that is tried where a component has two free groups, characters: time grows with its square. Servers take no longer ones. */
const LONGEST = 8192;

/** The first `*` is that of `pathname`. */
async function patternMatcher(pattern: AddressPattern): Promise<AddressMatcher> {
  const native = (globalThis as { readonly URLPattern?: typeof URLPattern }).URLPattern;
  const Pattern = native ?? (await import("urlpattern-polyfill/urlpattern")).URLPattern;
  const isSlow = ADDRESS_COMPONENTS.some((component) => freeGroups(component, pattern[component] ?? "") > 1);
  try {
    const compiled = new Pattern({ ...pattern });
    return (url) => {
      if (isSlow && url.length > LONGEST) return null;
      const match = compiled.exec(url);
      return match && (match.pathname.groups["0"] ?? "");
    };
  } catch (error) {
    throw new SandglassError(
      "BAD_WIDGET",
      `A mock's url ${JSON.stringify(pattern)} is no URLPattern: ${messageOf(error)}`,
      "Correct it; https://developer.mozilla.org/docs/Web/API/URL_Pattern_API explains the syntax.",
      { cause: error },
    );
  }
}

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
