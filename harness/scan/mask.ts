/** What is shown of a value, and how two values are known to be the same without keeping either. */
import { createHash } from "node:crypto";
import { clustersOf } from "./clusters.ts";
import { Finder, formsOf } from "./forms.ts";
import type { Hit } from "./types.ts";

/** At most a quarter of the value: its public prefix (up to four characters), and the last two of a long one. */
export function maskOf({ value, publicPrefix }: Pick<Hit, "value" | "publicPrefix">): string {
  const budget = Math.floor(value.length / 4);
  const head = Math.min(4, publicPrefix, budget);
  const tail = value.length >= 24 && budget - head >= 2 ? 2 : 0;
  return head + tail === 0 ? "[masked]" : `${value.slice(0, head)}…${tail ? value.slice(-tail) : ""}`;
}

/** `sha256:` and 16 hexadecimal digits; equal values have equal fingerprints. */
export function fingerprintOf(value: string): string {
  return `sha256:${createHash("sha256").update(value).digest("hex").slice(0, 16)}`;
}

/** Replaces every hit's span, overlapping ones as one, by the mask of the hit that is reported there. */
export function maskSpans(text: string, hits: readonly Hit[], reported: ReadonlySet<Hit>): string {
  if (hits.length === 0) return text;
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, hits: overlapping } of clustersOf(hits)) {
    const shown = overlapping.find((hit) => reported.has(hit)) ?? overlapping[0];
    pieces.push(text.slice(from, start), maskOf(shown));
    from = end;
  }
  pieces.push(text.slice(from));
  return pieces.join("");
}

/** Hides every further appearance of the values, wherever and, with all its forms, however it stands. Values under six characters would hide ordinary text. */
export function hider(values: Iterable<string>, forms: "all" | "plain" = "all"): ((text: string) => string) | null {
  const known = [...new Set(values)].filter((value) => value.length >= 6).slice(0, 2000);
  if (known.length === 0) return null;
  if (forms === "plain" && known.length < 8)
    return (text) => known.reduce((shown, value) => shown.replaceAll(value, "[masked]"), text);
  const finder = new Finder<null>();
  for (const value of known) for (const form of forms === "all" ? formsOf(value) : [value]) finder.add(form, null);
  return (text) => {
    const pieces: string[] = [];
    let from = 0;
    for (const { start, end } of finder.find(text)) {
      pieces.push(text.slice(from, start));
      from = end;
    }
    return from === 0 ? text : [...pieces, text.slice(from)].join("[masked]");
  };
}
