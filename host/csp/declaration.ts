/** Both metadata keys → one declaration, and what is wrong with them. Source: developers.openai.com/plugins/reference; MCP Apps 2026-01-26. */
import { isLocalHost, parseUrl } from "./addresses.ts";
import { parseSource } from "./matching.ts";
import { isRecord } from "./record.ts";
import type { CspDeclaration, CspKey, CspList, DeclarationProblem } from "../profiles/types.ts";

/** Names of the lists under each key. `redirect_domains` has no equivalent in `ui.csp`, `baseUriDomains` none in `openai/widgetCSP`. */
export const LIST_NAMES: Readonly<Record<CspKey, Readonly<Partial<Record<CspList, string>>>>> = {
  "openai/widgetCSP": {
    connect: "connect_domains",
    resource: "resource_domains",
    frame: "frame_domains",
    redirect: "redirect_domains",
  },
  "ui.csp": { connect: "connectDomains", resource: "resourceDomains", frame: "frameDomains", base: "baseUriDomains" },
};

/** `connectDomains / connect_domains`: the list under both metadata keys. */
export const listNames = (list: CspList): string =>
  [LIST_NAMES["ui.csp"][list], LIST_NAMES["openai/widgetCSP"][list]].filter(Boolean).join(" / ");

type Lists = Record<CspList, readonly string[]>;
const NO_LISTS: Lists = { connect: [], resource: [], frame: [], redirect: [], base: [] };
const SHARED = ["connect", "resource", "frame"] as const;

export interface ReadDeclaration {
  readonly declaration: CspDeclaration;
  readonly problems: readonly DeclarationProblem[];
}

/**
 * The declaration in a resource's `_meta`.
 * @param meta `_meta` of the resource contents, as the server sent it: anything may be in it.
 * @param keys keys that the host reads; the first found wins, and nothing is merged.
 */
export function readDeclaration(meta: Readonly<Record<string, unknown>>, keys: readonly CspKey[]): ReadDeclaration {
  const problems: DeclarationProblem[] = [];
  const ui = isRecord(meta.ui) ? meta.ui : {};
  const found = new Map<CspKey, Lists>();
  for (const key of ["openai/widgetCSP", "ui.csp"] as const) {
    const lists = readKey(key, key === "ui.csp" ? ui.csp : meta[key], problems);
    if (lists) found.set(key, lists);
  }
  const present = [...found.keys()];
  const from = keys.find((key) => found.has(key)) ?? null;
  const only = present.length === 1 ? present[0] : undefined;
  if (present.length === 0) problems.push({ code: "missing", severity: "error" });
  // A key that is there and unusable was told already.
  else if (only && !problems.some(({ code, key }) => code === "malformed" && key !== only))
    problems.push({ code: "one-key-only", severity: only === "ui.csp" ? "warning" : "info", key: only });
  else if (!only) compareKeys(found, problems);
  const domain = readDomain(
    keys.includes("openai/widgetCSP") ? meta["openai/widgetDomain"] : undefined,
    ui.domain,
    problems,
  );
  const declaration: CspDeclaration = {
    ...NO_LISTS,
    ...(from ? found.get(from) : {}),
    keys: present,
    from,
    domain,
    permissions: isRecord(ui.permissions) ? Object.keys(ui.permissions) : [],
  };
  return { declaration, problems };
}

/**
 * A declaration as a host would have read it that reads other keys: made of one reading and of what it found to differ,
 * since nothing else is kept. Null when that does not say it.
 */
export function readFrom(
  declaration: CspDeclaration,
  problems: readonly DeclarationProblem[],
  keys: readonly CspKey[],
): CspDeclaration | null {
  const from = keys.find((key) => declaration.keys.includes(key)) ?? null;
  if (from === declaration.from) return declaration;
  if (from === null) return { ...declaration, ...NO_LISTS, from };
  if (declaration.from === null) return null;
  const lists = SHARED.map((list) => {
    const missingIn = (lacking: CspKey | null) =>
      problems.flatMap(({ code, key, list: of, entry }) =>
        code === "keys-differ" && key === lacking && of === list && entry !== undefined ? [entry] : [],
      );
    const kept = declaration[list].filter((entry) => !missingIn(from).includes(entry));
    return [list, [...kept, ...missingIn(declaration.from)]] as const;
  });
  return { ...declaration, ...NO_LISTS, ...Object.fromEntries(lists), from };
}

/** Lists of one key; null when the key is absent, unusable, or holds no list (hosts then report it as not set). */
function readKey(key: CspKey, value: unknown, problems: DeclarationProblem[]): Lists | null {
  if (value === undefined || value === null) return null;
  if (!isRecord(value)) {
    problems.push({ code: "malformed", severity: "error", key, detail: `it is ${describe(value)}, not an object` });
    return null;
  }
  const lists: Lists = { ...NO_LISTS };
  let any = false;
  const names = Object.entries(LIST_NAMES[key]) as [CspList, string][];
  for (const field of Object.keys(value)) {
    if (!names.some(([, name]) => name === field))
      problems.push({ code: "unknown-field", severity: "warning", key, detail: field });
  }
  for (const [list, name] of names) {
    const entries = value[name];
    if (entries === undefined || entries === null) continue;
    any = true;
    if (!Array.isArray(entries)) {
      problems.push({
        code: "malformed",
        severity: "error",
        key,
        list,
        detail: `${name} is ${describe(entries)}, not an array`,
      });
      continue;
    }
    lists[list] = readEntries(key, list, entries, problems);
  }
  return any ? lists : null;
}

/** Entries of a list that are read; each is asked about at many places. */
const MOST_ENTRIES = 2000;

function readEntries(
  key: CspKey,
  list: CspList,
  entries: readonly unknown[],
  problems: DeclarationProblem[],
): string[] {
  const kept = new Set<string>();
  if (entries.length > MOST_ENTRIES)
    problems.push({
      code: "malformed",
      severity: "error",
      key,
      list,
      detail: `${LIST_NAMES[key][list] ?? list} has ${entries.length} entries, of which ${MOST_ENTRIES} are read`,
    });
  for (const entry of entries.slice(0, MOST_ENTRIES)) {
    if (typeof entry !== "string") {
      problems.push({
        code: "malformed",
        severity: "error",
        key,
        list,
        detail: `an entry is ${describe(entry)}, not a string`,
      });
      continue;
    }
    const problem = entryProblem(entry);
    if (problem) problems.push({ ...problem, key, list, entry });
    if (kept.has(entry)) problems.push({ code: "duplicate", severity: "info", key, list, entry });
    else kept.add(entry);
  }
  return [...kept];
}

type EntryProblem = Pick<DeclarationProblem, "code" | "severity" | "detail">;

function entryError(code: DeclarationProblem["code"], detail?: string): EntryProblem {
  return { code, severity: "error", ...(detail ? { detail } : {}) };
}

/** What keeps one entry from being an exact https (or wss) origin; wildcards of subdomains are judged by `csp/broad-source`. */
function entryProblem(entry: string): EntryProblem | null {
  const problem = characterProblem(entry);
  if (problem) return problem;
  if (/^\*(:|\/|$)/.test(entry)) return entryError("wildcard");
  if (/^[a-z][a-z0-9+.-]*:$/i.test(entry)) return null;
  if (/^'.*'$/.test(entry)) return entryError("invalid-source", "keywords are the host's to give");
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(entry)) {
    const isLocal = isLocalHost(entry.replace(/[:/][^]*/, "").toLowerCase());
    return entryError(isLocal ? "localhost" : "bare-host", `write https://${entry.replace(/^\/+/, "")}`);
  }
  return originProblem(entry);
}

/** Of characters that no source may have. */
function characterProblem(entry: string): EntryProblem | null {
  if (entry.trim() === "") return entryError("invalid-source", "it is empty");
  if (/[;,]/.test(entry)) return entryError("invalid-source", "; and , end a source");
  // Chromium drops the whole directive, and with it every other entry of the list.
  if (/[^\u0000-\u007f]/.test(entry))
    return entryError(
      "invalid-source",
      `it is not plain ASCII, so browsers drop the whole directive; ${asciiAdvice(entry)}`,
    );
  return /[\s\u0000-\u001f\u007f]/.test(entry) ? { code: "whitespace", severity: "warning" } : null;
}

/** Of an entry that has a scheme and `://`. */
function originProblem(entry: string): EntryProblem | null {
  const source = parseSource(entry);
  if (!source) return entryError("invalid-source");
  if (source.host === "") return entryError(source.hostWildcard ? "wildcard" : "invalid-source");
  if (isLocalHost(source.host)) return entryError("localhost");
  if (source.scheme === "http" || source.scheme === "ws")
    return entryError("insecure-scheme", `write ${source.scheme}s://`);
  if (source.scheme !== "https" && source.scheme !== "wss")
    return entryError("invalid-source", "write https:// or wss://");
  return /[?#]/.test(entry) ? { code: "path-or-query", severity: "warning" } : null;
}

function asciiAdvice(entry: string): string {
  const url = parseUrl(entry);
  return url && url.host !== ""
    ? `write ${url.protocol}//${url.host}${url.pathname === "/" ? "" : url.pathname}`
    : "write the host in its xn-- form";
}

/** `https://A.example/` and `https://a.example` allow the same. */
const plain = (entry: string): string =>
  entry
    .trim()
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#]+)\/?(?=$|\/)/i, (_whole, origin: string) => origin.toLowerCase());

function compareKeys(found: ReadonlyMap<CspKey, Lists>, problems: DeclarationProblem[]): void {
  const [openai, ui] = [found.get("openai/widgetCSP"), found.get("ui.csp")];
  if (!openai || !ui) return;
  for (const list of SHARED) {
    for (const [key, here, there] of [
      ["openai/widgetCSP", ui, openai],
      ["ui.csp", openai, ui],
    ] as const) {
      const known = new Set(there[list].map(plain));
      for (const entry of here[list])
        if (!known.has(plain(entry))) problems.push({ code: "keys-differ", severity: "warning", key, list, entry });
    }
  }
}

/** A host that reads no `openai/` key reads none for the domain either. */
function readDomain(openai: unknown, ui: unknown, problems: DeclarationProblem[]): string | null {
  const domain = openai ?? ui;
  if (domain === undefined || domain === null) {
    problems.push({ code: "domain-missing", severity: "warning" });
    return null;
  }
  const isOrigin =
    typeof domain === "string" && /^https:\/\/[^/?#]+\/?$/i.test(domain) && parseUrl(domain)?.username === "";
  if (!isOrigin)
    problems.push({
      code: "domain-malformed",
      severity: "error",
      entry: typeof domain === "string" ? domain : describe(domain),
    });
  return typeof domain === "string" ? domain : null;
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
