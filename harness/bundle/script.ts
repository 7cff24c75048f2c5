/** Scripts: parsed by oxc, walked once, and asked what they request and use. */
import type { ParserOptions, Program } from "oxc-parser";
import { messageOf } from "../model/errors.ts";
import type { Collector } from "./collector.ts";
import { urlsInText } from "./literals.ts";
import { Scope } from "./scope.ts";
import { readSites } from "./read-sites.ts";
import { sitesOf } from "./sites.ts";

export interface ScriptPart {
  readonly code: string;
  /** Offset of the code in the document. */
  readonly at: number;
  readonly module: boolean;
  readonly name: string;
}

/** Reads every script of a document; classic scripts share their global names. */
export async function readScripts(parts: readonly ScriptPart[], into: Collector): Promise<void> {
  if (parts.length === 0) return;
  const { parse: parseOnThread, visitorKeys } = await import("oxc-parser");
  const shared = new Scope(null, true);
  const read = await Promise.all(
    parts.map(async (part) => {
      const options: ParserOptions = {
        lang: "js",
        sourceType: part.module ? "module" : "script",
        preserveParens: false,
      };
      const program = await programOf(part, (code) => parseOnThread("script.js", code, options), into);
      return program
        ? { part, sites: sitesOf(program, part.module ? new Scope(shared, true) : shared, visitorKeys) }
        : null;
    }),
  );
  for (const one of read) if (one) readSites(one.sites, one.part.at, into);
}

type Parse = (
  code: string,
) => Promise<{ readonly program: Program; readonly errors: readonly { readonly message: string }[] }>;

/** Null when it cannot be parsed: then its URLs are read as plain text, and that is said. */
async function programOf(part: ScriptPart, read: Parse, into: Collector): Promise<Program | null> {
  let problem: string;
  try {
    const { program, errors } = await read(part.code);
    const [first] = errors;
    if (!first || program.body.length > 0) {
      into.file(part.name, part.code.length);
      return program;
    }
    problem = first.message;
  } catch (error) {
    problem = messageOf(error);
  }
  into.file(part.name, part.code.length, problem);
  for (const { url, kind, at } of urlsInText(part.code, true)) into.url(url, kind, "literal", part.at + at);
  return null;
}
