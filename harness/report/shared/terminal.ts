/** Columns of a terminal: East Asian characters and emoji take two. */
import stringWidth from "fast-string-truncated-width";
import pc from "picocolors";
import type { Tone } from "./vocabulary.ts";

export type Colors = ReturnType<typeof pc.createColors>;
export type Paint = (text: string) => string;

export const colorsFor = (color: boolean): Colors => pc.createColors(color);
export const paintFor = (tone: Tone, c: Colors): Paint =>
  ({ good: c.green, bad: c.red, warn: c.yellow, note: c.blue })[tone];

export const widthOf = (text: string): number => stringWidth(text).width;

export const padded = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - widthOf(text)));

/** Cut to a width, with `…` where something is missing: at the end, or at the beginning of paths, whose ends tell more. */
export function clipped(text: string, width: number, side: "start" | "end" = "end"): string {
  if (widthOf(text) <= width) return text;
  const graphemes = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  if (side === "end") return `${fitting(graphemes, width - 1).join("")}…`;
  return `…${fitting(graphemes.reverse(), width - 1)
    .reverse()
    .join("")}`;
}

/** As many of the first graphemes as there is room for. */
function fitting(graphemes: readonly string[], room: number): string[] {
  let used = 0;
  const end = graphemes.findIndex((grapheme) => (used += widthOf(grapheme)) > room);
  return graphemes.slice(0, end === -1 ? undefined : end);
}

/** Lines no wider than `width`; a word that is wider has a line of its own. */
export const wrapped = (text: string, width: number): string[] =>
  width === Infinity ? [text] : joined(text.split(" "), width, " ");

/** Pieces joined into lines no wider than `width`; a piece that is wider has a line of its own. */
export function joined(pieces: readonly string[], width: number, between = ", "): string[] {
  const lines: string[][] = [];
  let used = 0;
  for (const piece of pieces) {
    const size = widthOf(piece);
    const line = lines.at(-1);
    if (line && used + between.length + size <= width) {
      line.push(piece);
      used += between.length + size;
    } else {
      lines.push([piece]);
      used = size;
    }
  }
  return lines.map((line, index) => `${line.join(between)}${index < lines.length - 1 ? between.trimEnd() : ""}`);
}
