/** What can be read without asking for anything. */
import type { DocumentFacts } from "../../harness/model/measurement.ts";
import { typeName } from "./bridge.ts";

/** A name that was made for one user or one server: its form is kept. */
const maskedLabel = (label: string): string =>
  label.replace(/[0-9a-f]{16,}/gi, (digits) => `<${digits.length}-hex>`).replace(/[a-z0-9]{25,}/gi, "<name>");

/** Origin of an address, without what names a user in it. */
export function maskedOrigin(url: string): string {
  if (!URL.canParse(url)) return url === "" ? "" : "null";
  const { protocol, host } = new URL(url);
  return `${protocol}//${host.split(".").map(maskedLabel).join(".")}`;
}

/** Short plain words say how the host is set; anything else may say who uses it. */
const isPlain = (value: string): boolean => /^[a-z][a-z0-9_-]{0,19}$/i.test(value);

const queryOf = (search: string): Record<string, string> =>
  Object.fromEntries(
    [...new URLSearchParams(search)].map(([name, value]) => [name, isPlain(value) ? value : "<masked>"]),
  );

/** Null where another origin's document would have to be read. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

export function readDocument(): DocumentFacts {
  const { ancestorOrigins } = location as { readonly ancestorOrigins?: DOMStringList };
  const frame = orNull(() => frameElement);
  const sandbox = frame?.getAttribute("sandbox") ?? null;
  return {
    origin: origin === "null" ? "null" : maskedOrigin(origin),
    query: queryOf(location.search),
    ancestors: ancestorOrigins ? [...ancestorOrigins].map(maskedOrigin) : null,
    referrer: maskedOrigin(document.referrer),
    secure: isSecureContext,
    isolated: crossOriginIsolated,
    standardsMode: document.compatMode === "CSS1Compat",
    parentReachable: orNull(() => parent.document.nodeType === Node.DOCUMENT_NODE) ?? false,
    sandbox: sandbox === null ? null : sandbox.split(/\s+/).filter(Boolean).toSorted(),
    allow: frame?.getAttribute("allow") ?? null,
  };
}

/** Headers that say how a document may be framed, and what it may do. */
const HEADERS = [
  "content-security-policy",
  "permissions-policy",
  "referrer-policy",
  "origin-agent-cluster",
  "cross-origin-opener-policy",
  "cross-origin-embedder-policy",
  "cross-origin-resource-policy",
] as const;

/** Of the document's own address: where that is the sandbox page, its headers. */
export async function readHeaders(): Promise<Record<string, string> | undefined> {
  if (!/^https?:/.test(location.href)) return undefined;
  try {
    const { ok, headers } = await fetch(location.href, { credentials: "omit" });
    if (!ok) return undefined;
    return Object.fromEntries(HEADERS.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? ""]] : [])));
  } catch {
    return undefined;
  }
}

interface FeaturePolicy {
  allowedFeatures(): readonly string[];
}

/** Chromium alone says which features a document has. */
export function readFeatures(): readonly string[] | null {
  const { featurePolicy } = document as { readonly featurePolicy?: FeaturePolicy };
  return featurePolicy ? [...featurePolicy.allowedFeatures()].toSorted() : null;
}

/** Names and types; values are the user's. */
export function readOpenai(): Record<string, string> | null {
  const { openai } = window as { readonly openai?: object };
  if (!openai) return null;
  return Object.fromEntries(
    Object.keys(openai)
      .toSorted()
      .map((name) => [name, typeName(Reflect.get(openai, name))]),
  );
}

const GLOBALS = ["toolInput", "toolOutput", "toolResponseMetadata", "widgetState"];

/** Which globals hold something. */
export function readGlobals(): readonly string[] | null {
  const { openai } = window as { readonly openai?: object };
  return openai ? GLOBALS.filter((name) => (Reflect.get(openai, name) ?? null) !== null) : null;
}

/** A browser's name and major version. */
export function readBrowser(): string {
  const [, name = "browser", version = ""] =
    /(Firefox|Edg|Electron|Chrome)\/(\d+)/.exec(navigator.userAgent) ??
    /(Version)\/(\d+)/.exec(navigator.userAgent) ??
    [];
  return `${name === "Version" ? "Safari" : name} ${version}`.trim();
}

const COOKIE = "sandglass-probe=1; Path=/; Max-Age=60; SameSite=None; Secure";

const STORES: Readonly<Record<string, () => unknown>> = {
  localStorage: () => storeIn(localStorage),
  sessionStorage: () => storeIn(sessionStorage),
  indexedDB: () =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open("sandglass-probe");
      opening.onsuccess = () => {
        opening.result.close();
        indexedDB.deleteDatabase("sandglass-probe");
        resolve(true);
      };
      opening.onerror = () => reject(opening.error ?? new Error("refused"));
    }),
  caches: () => caches.open("sandglass-probe").then(() => caches.delete("sandglass-probe")),
  cookie: () => cookieIn(COOKIE),
  partitionedCookie: () => cookieIn(`${COOKIE}; Partitioned`),
};

function storeIn(storage: Storage): boolean {
  storage.setItem("sandglass-probe-test", "1");
  const kept = storage.getItem("sandglass-probe-test") === "1";
  storage.removeItem("sandglass-probe-test");
  return kept;
}

function cookieIn(cookie: string): boolean {
  document.cookie = cookie;
  const kept = document.cookie.includes("sandglass-probe=1");
  document.cookie = cookie.replace("Max-Age=60", "Max-Age=0");
  return kept;
}

/** `works`, `refused`, or the error's name. */
export async function tryStorage(): Promise<Record<string, string>> {
  const entries = Object.entries(STORES).map(async ([name, run]): Promise<[string, string]> => {
    try {
      return [name, (await run()) ? "works" : "refused"];
    } catch (error) {
      return [name, error instanceof Error || error instanceof DOMException ? error.name : "refused"];
    }
  });
  return Object.fromEntries(await Promise.all(entries));
}

const COUNTER = "sandglass-probe-runs";

/** How often it ran before, by each keeper; each is told of this run. */
export function countRuns(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [name, storage] of [
    ["localStorage", () => localStorage],
    ["sessionStorage", () => sessionStorage],
  ] as const) {
    const count = orNull(() => {
      const before = Number(storage().getItem(COUNTER) ?? 0);
      storage().setItem(COUNTER, String(before + 1));
      return before;
    });
    if (count !== null) counts[name] = count;
  }
  const { openai } = window as {
    readonly openai?: { readonly widgetState?: unknown; setWidgetState?(state: unknown): void };
  };
  if (openai?.setWidgetState) {
    const before = Number((openai.widgetState as { readonly runs?: unknown } | null)?.runs ?? 0);
    counts.widgetState = before;
    openai.setWidgetState({ runs: before + 1 });
  }
  return counts;
}
