/**
 * URL × source-list matching, CSP Level 3 §6.7, as Chromium does it. Where
 * Chromium differs from the specification, Chromium is followed and the place
 * says so: widgets run in browsers. `test/browser/oracle` asks a real Chromium.
 */
import { parseUrl } from "./addresses.ts";

export type MatchResult =
  { readonly allowed: true; readonly entry: string } | { readonly allowed: false; readonly reason: string };

export interface MatchOptions {
  /** Origin that `'self'` stands for, e.g. `https://x.web-sandbox.oaiusercontent.com`. */
  readonly self: string;
  /** The URL was reached by a redirect: paths are not compared. Default false. */
  readonly redirected?: boolean;
}

/** A parsed host or scheme source. Empty parts are not given. */
export interface Source {
  readonly scheme: string;
  readonly host: string;
  readonly hostWildcard: boolean;
  /** Digits, `*`, or empty. */
  readonly port: string;
  readonly path: string;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: "80", https: "443", ws: "80", wss: "443", ftp: "21" };
const NETWORK_SCHEMES = new Set(["http", "https", "ws", "wss"]);

/** Whether a source list allows a URL, and which entry does, or why none. */
export function matchSourceList(sources: readonly string[] | string, url: string, options: MatchOptions): MatchResult {
  const entries = typeof sources === "string" ? sources.split(/[\t\n\f\r ]+/).filter(Boolean) : sources;
  const target = parseUrl(url);
  if (!target) return { allowed: false, reason: `${url} is not a URL` };
  const reasons: string[] = [];
  for (const entry of entries) {
    const reason = whyNot(entry, target, options);
    if (reason === null) return { allowed: true, entry };
    if (reason !== IRRELEVANT) reasons.push(`${entry}: ${reason}`);
  }
  if (entries.length === 0 || entries.every((entry) => entry.toLowerCase() === "'none'"))
    return { allowed: false, reason: "the list is empty" };
  return { allowed: false, reason: closest(reasons) };
}

/** A keyword that says nothing about URLs. */
const IRRELEVANT = "";

function whyNot(entry: string, url: URL, options: MatchOptions): string | null {
  const scheme = url.protocol.slice(0, -1);
  if (entry === "*") {
    // The specification counts ftp among them; Chromium no longer does.
    return NETWORK_SCHEMES.has(scheme) || `${scheme}:` === schemeOf(options.self)
      ? null
      : `* does not cover ${scheme}:`;
  }
  if (entry.startsWith("'")) return entry.toLowerCase() === "'self'" ? matchSelf(url, options) : IRRELEVANT;
  const source = parseSource(entry);
  if (!source) return "is not a valid source and is ignored";
  return matchSource(source, url, options);
}

/** The same host and port, or each scheme's own port, and a scheme that is no weaker: `'self'` of a page on https covers `wss:` too. */
function matchSelf(url: URL, { self }: MatchOptions): string | null {
  const own = parseUrl(self);
  if (!own || own.host === "") return "'self' is an opaque origin";
  const [port, ownPort] = [url, own].map((one) => one.port || DEFAULT_PORTS[one.protocol.slice(0, -1)]);
  const samePort = port === ownPort || (url.port === "" && own.port === "");
  const strongEnough =
    url.protocol === own.protocol ||
    url.protocol === "https:" ||
    url.protocol === "wss:" ||
    (own.protocol === "http:" && url.protocol === "ws:");
  return url.hostname === own.hostname && samePort && strongEnough ? null : "is another origin";
}

/** Host and scheme sources; null for keywords, nonces and what the grammar refuses. */
export function parseSource(entry: string): Source | null {
  const schemeOnly = /^([A-Za-z][A-Za-z0-9+.-]*):$/.exec(entry);
  if (schemeOnly)
    return { scheme: (schemeOnly[1] ?? "").toLowerCase(), host: "", hostWildcard: false, port: "", path: "" };
  const match =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?([^/:?#]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]+|\*))?(\/[^?#]*)?(?:[?#].*)?$/.exec(
      entry,
    );
  if (!match) return null;
  const [, scheme = "", hostPart = "", port = "", path = ""] = match;
  // A query needs a path before it.
  if (!path && /[?#]/.test(entry)) return null;
  const host = parseHost(hostPart);
  const decoded = decodePath(path);
  if (!host || decoded === null) return null;
  return { scheme: scheme.toLowerCase(), ...host, port, path: decoded };
}

function parseHost(part: string): Pick<Source, "host" | "hostWildcard"> | null {
  if (part === "*") return { host: "", hostWildcard: true };
  const hostWildcard = part.startsWith("*.");
  const host = hostWildcard ? part.slice(2) : part;
  // Chromium's grammar has no underscore in a host and no empty label, save the one after a last dot.
  return /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.?$/.test(host) ? { host: host.toLowerCase(), hostWildcard } : null;
}

function matchSource(source: Source, url: URL, options: MatchOptions): string | null {
  const scheme = matchScheme(source, url, options.self);
  if (scheme === "no") return schemeReason(source, url, options.self);
  if (!source.host && !source.hostWildcard) return null;
  if (!(url.protocol.slice(0, -1) in DEFAULT_PORTS)) return `${url.protocol} has no host`;
  if (!matchHost(source, url.hostname))
    return source.hostWildcard && url.hostname === source.host
      ? `*.${source.host} does not cover ${source.host} itself`
      : `host ${url.hostname} differs`;
  const port = portReason(source, url, scheme);
  if (port !== null) return port;
  if (!options.redirected && !matchPath(source.path, url.pathname))
    return `path ${url.pathname} is not under ${source.path}`;
  return null;
}

function portReason(source: Source, url: URL, scheme: Degree): string | null {
  const port = matchPort(source, url);
  if (port === "no") return `port ${url.port || DEFAULT_PORTS[url.protocol.slice(0, -1)] || "?"} differs`;
  if (scheme === "upgrade" && port === "exact") return "an explicit port is not upgraded with the scheme";
  if (port === "upgrade" && scheme !== "upgrade")
    return "port 443 is not covered by :80 unless the scheme is upgraded too";
  return null;
}

type Degree = "no" | "exact" | "upgrade" | "wildcard";

/** Chromium lets http stand for https and ws for wss; the specification also lets ws stand for http. */
function matchScheme(source: Source, url: URL, self: string): Degree {
  const allowed = source.scheme || (schemeOf(self) ?? "").slice(0, -1);
  const actual = url.protocol.slice(0, -1);
  if (!allowed) return "no";
  if (allowed === actual) return "exact";
  if ((allowed === "http" && actual === "https") || (allowed === "ws" && actual === "wss")) return "upgrade";
  return "no";
}

function schemeReason(source: Source, url: URL, self: string): string {
  const actual = url.protocol;
  const allowed = source.scheme ? `${source.scheme}:` : (schemeOf(self) ?? "");
  if (actual === "wss:" && allowed === "https:")
    return "an https:// entry does not cover wss://; declare the wss:// origin too";
  return `scheme ${actual} is not ${allowed}`;
}

function matchHost(source: Source, host: string): boolean {
  if (source.hostWildcard) return source.host === "" || host.toLowerCase().endsWith(`.${source.host}`);
  return host.toLowerCase() === source.host;
}

function matchPort(source: Source, url: URL): Degree {
  if (source.port === "*") return "wildcard";
  const scheme = url.protocol.slice(0, -1);
  const actual = url.port || DEFAULT_PORTS[scheme] || "";
  const given = source.port === "" ? "" : String(Number(source.port));
  // `http://h:443` covers `https://h`: the port is already the upgraded one. `ws://h:443` does not cover `wss://h`.
  if (given === actual && given !== "") return given === "443" && scheme === "https" ? "wildcard" : "exact";
  if (given === "") return actual === (DEFAULT_PORTS[scheme] ?? "") ? "wildcard" : "no";
  return given === "80" && actual === "443" ? "upgrade" : "no";
}

function matchPath(path: string, actual: string): boolean {
  if (path === "" || (path === "/" && actual === "")) return true;
  const decoded = decodePath(actual) ?? actual;
  return path.endsWith("/") ? decoded.startsWith(path) : decoded === path;
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

const schemeOf = (origin: string): string | null => parseUrl(origin)?.protocol ?? null;

/** The most telling reason: a scheme or path that nearly fits says more than another host. */
function closest(reasons: readonly string[]): string {
  const telling = reasons.find((reason) => /covers?|path|port|scheme/.test(reason) && !/host/.test(reason));
  if (telling !== undefined) return telling;
  const [first = "", ...others] = reasons;
  return others.length === 0 && first !== "" ? first : `no entry names this host (${reasons.length} in the list)`;
}
