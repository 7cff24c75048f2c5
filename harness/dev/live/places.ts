/** Places as a browser tells a page of them, and what helps to find them in the source. */
import type { RawPlace, RawScript } from "../../model/raw-log.ts";
import { inlineScripts } from "../inline-scripts.ts";

/**
 * Chromium counts the lines of a written script from the script's own start
 * (seen in 156). How Firefox and Safari count there was not measured: their
 * positions are left out rather than be wrong.
 */
export const countsFromScript = (userAgent: string): boolean => /Chrom(e|ium)\//.test(userAgent);

/** What code does to make a request under `connect-src`. */
const CONNECTING = ["fetch", "open", "send", "WebSocket", "EventSource", "sendBeacon", "WebTransport"];

/** A position counted from 1, where 0 is none. */
interface Told {
  readonly sourceFile: string;
  readonly line: number;
  readonly column: number;
}

/** @param near names of which one must stand there */
export function placeTold({ sourceFile, line, column }: Told, near: readonly string[] = []): RawPlace | null {
  return line > 0 ? { url: sourceFile, line: line - 1, column: Math.max(0, column - 1), near } : null;
}

export const nearOf = (directive: string): readonly string[] => (directive === "connect-src" ? CONNECTING : []);

/** The document's inline scripts, as the raw log names them. */
export function scriptsOf(html: string): Record<string, RawScript> {
  const text = html.replaceAll("\r\n", "\n");
  return Object.fromEntries(
    inlineScripts(text).map((source, index) => {
      const offset = text.indexOf(source);
      return [String(index), { offset: offset === -1 ? null : offset, length: source.length, inline: true }];
    }),
  );
}
