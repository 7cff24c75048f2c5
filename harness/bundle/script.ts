/** Scripts: parsed by oxc, walked once, and asked what they request and use. */
import type { ParserOptions } from "oxc-parser";
import { messageOf } from "../model/errors.ts";
import type { Collector } from "./collector.ts";
import { beginPart, sweep } from "./parts.ts";
import type { Pace } from "./parts.ts";
import { Scope } from "./scope.ts";
import { provenanceOf } from "../model/provenance.ts";
import { readSites } from "./read-sites.ts";
import { sitesOf, type Sites } from "./sites.ts";

export interface ScriptPart {
  readonly code: string;
  /** Offset of the code in the document. */
  readonly at: number;
  /** `either`: its imports and exports tell. */
  readonly module: boolean | "either";
  readonly name: string;
  /** Where it came from; absent: it stands in the document. */
  readonly address?: string;
}

/** Reads every script of a document; classic scripts share their global names. */
export async function readScripts(parts: readonly ScriptPart[], into: Collector, pace: Pace): Promise<void> {
  if (parts.length === 0) return;
  const { parse, visitorKeys } = await import("oxc-parser");
  const shared = new Scope(null, true);
  const found: (Sites | null)[] = [];
  for (const [index, part] of parts.entries()) {
    const problem = await beginPart(`script ${index}`, pace);
    try {
      if (problem !== null) throw new Error(problem);
      const options: ParserOptions = {
        lang: "js",
        sourceType: SOURCE_TYPES[`${part.module}`],
        preserveParens: false,
      };
      const { program, errors } = await parse("script.js", part.code, options);
      if (errors[0] && program.body.length === 0) throw new Error(errors[0].message);
      found.push(sitesOf(program, part.module === true ? new Scope(shared, true) : shared, visitorKeys));
      into.file(part.name, part.code.length);
    } catch (error) {
      const unread = problem !== null;
      sweep({ name: part.name, text: part.code, at: part.at, unread }, messageOf(error), into);
      found.push(null);
    }
  }
  for (const [index, part] of parts.entries()) {
    const sites = found[index];
    if (!sites) continue;
    into.provenance = provenanceOf(part.code, part.address);
    readSites(sites, part, into);
    into.provenance = null;
  }
}

const SOURCE_TYPES = { true: "module", false: "script", either: "unambiguous" } as const;
