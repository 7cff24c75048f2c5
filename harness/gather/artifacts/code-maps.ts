/** Places in code that arrived, mapped back to what it was built from. */
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Where } from "../../model/evidence.ts";
import type { JoinContext } from "../../model/join-context.ts";

const maps = new WeakMap<object, ReadonlyMap<string, TraceMap>>();

/** The same place with the file behind it; the place itself when no map knows it. */
export function inSource(where: Where, context: Pick<JoinContext, "codeMaps">): Where {
  const map = codeMapOf(where.url, context);
  if (!map || where.line === undefined || where.file !== undefined) return where;
  const found = originalPositionFor(map, { line: where.line, column: (where.column ?? 1) - 1 });
  if (found.source === null) return where;
  // The line of source that was quoted is that of the built code.
  return { url: where.url, file: pathOf(found.source), line: found.line, column: found.column + 1 };
}

/** Map of the code that arrived from an address. */
export const codeMapOf = (url: string, { codeMaps }: Pick<JoinContext, "codeMaps">): TraceMap | undefined =>
  codeMaps && mapsOf(codeMaps).get(url);

function mapsOf(codeMaps: Readonly<Record<string, string>>): ReadonlyMap<string, TraceMap> {
  const known = maps.get(codeMaps);
  if (known) return known;
  const made = new Map(
    Object.entries(codeMaps).flatMap(([url, json]) => mapOf(json).map((map) => [url, map] as const)),
  );
  maps.set(codeMaps, made);
  return made;
}

function mapOf(json: string): TraceMap[] {
  try {
    return [new TraceMap(json)];
  } catch {
    // What is no map maps nothing: the places stay those of the built code.
    return [];
  }
}

/** `webpack://app/./src/a.ts` and `../src/a.ts` as a path that a reader looks for. */
export const pathOf = (source: string): string =>
  source.replace(/^[a-z-]+:\/\/[^/]*\//i, "").replace(/^(\.{1,2}\/)+/, "");
