/** The lists of a server's declaration where its source writes them out, as a patch that a person may apply. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SourcePatch } from "../../host/server/project-types.ts";
import type { SourceInfo } from "../model/evidence.ts";
import { registrationsIn, startedFile } from "../sources/registrations.ts";

export interface PatchAsked {
  /** Absolute. */
  readonly cwd: string;
  readonly source: Extract<SourceInfo, { kind: "mcp" }>;
  /** Names of lists, as either key has them, to their entries. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** Null: no file that registers the widget writes one of the lists out, once. */
export async function patchOf({ cwd, source, lists }: PatchAsked): Promise<SourcePatch | null> {
  const started = startedFile(source.server, { root: cwd, cwd });
  const registrations = await registrationsIn(cwd, started === undefined ? undefined : join(cwd, started));
  const place = [source.uri, source.tool ?? ""].map((name) => registrations.placeOf(name)).find((one) => one !== null);
  if (!place?.file) return null;
  const before = await readFile(join(cwd, place.file), "utf8");
  const after = withLists(before, lists);
  return after === before
    ? null
    : { file: place.file, line: firstChange(before, after), patch: diffOf(place.file, before, after) };
}

/** A list that stands there once, as text in brackets; what is computed, or stands there twice, is left to its author. */
export function withLists(text: string, lists: PatchAsked["lists"]): string {
  return Object.entries(lists).reduce((now, [name, entries]) => {
    const written = new RegExp(
      `((["'\`]?)\\b${name}\\2\\s*[:=]\\s*)\\[((?:\\s|["'\`][^"'\`\\n\\\\]*["'\`]|,)*)\\]`,
      "g",
    );
    const [found, another] = [...now.matchAll(written)];
    if (!found || another) return now;
    const [whole, before = "", , inner = ""] = found;
    if (same(inner, entries)) return now;
    const quote = /["'`]/.exec(inner)?.[0] ?? (text.includes('"') ? '"' : "'");
    const list = entries.map((one) => `${quote}${one}${quote}`).join(", ");
    return now.slice(0, found.index) + `${before}[${list}]` + now.slice(found.index + whole.length);
  }, text);
}

function same(inner: string, entries: readonly string[]): boolean {
  const written = [...inner.matchAll(/["'`]([^"'`]*)["'`]/g)].map(([, one = ""]) => one);
  return written.join("\n") === entries.join("\n");
}

const CONTEXT_LINES = 3;

function firstChange(before: string, after: string): number {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return old.findIndex((line, at) => line !== now[at]) + 1;
}

/** One hunk from the first line that differs to the last. */
function diffOf(file: string, before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const from = Math.max(0, start - CONTEXT_LINES);
  const tail = Math.min(CONTEXT_LINES, end);
  const [removed, added] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const lead = old.slice(from, start);
  const trail = old.slice(old.length - end, old.length - end + tail);
  const count = (lines: readonly string[]): number => lead.length + lines.length + trail.length;
  return [
    `--- a/${file}`,
    `+++ b/${file}`,
    `@@ -${from + 1},${count(removed)} +${from + 1},${count(added)} @@`,
    ...lead.map((line) => ` ${line}`),
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...trail.map((line) => ` ${line}`),
    "",
  ].join("\n");
}
