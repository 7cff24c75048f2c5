/** URLs as they stand in text: whole, with holes, relative, local. */
import { parseUrl } from "../../host/csp/addresses.ts";

/** Stands in a folded text for what only run time knows. */
export const HOLE = "\0";

/** Longest URL kept, characters. */
const LONGEST = 300;

/** `https://host` and what follows; a hole in the host means that the origin is not known. */
export function describeUrl(text: string): { readonly url: string; readonly origin: string | null } {
  const absolute = text.startsWith("//") ? `https:${text}` : text;
  const shown = clip(stripQuery(absolute)).replaceAll(HOLE, "…");
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(absolute)?.[1]?.toLowerCase();
  if (!scheme || !/^(https?|wss?)$/.test(scheme))
    return { url: scheme === "data" ? shown.replace(/,.*$/s, ",…") : shown, origin: null };
  const authority = /^[a-z]+:\/\/([^/?#]*)/i.exec(absolute)?.[1] ?? "";
  // `https://api.example.com${path}`: what follows a whole host name is taken for the path.
  const host = authority.replace(/^(.+\.[a-z]{2,}(?::\d+)?)\0.*$/is, "$1");
  if (host === "" || /[\0{}$*%<>]|\.$|-$/.test(host) || !parseUrl(`${scheme}://${host}`))
    return { url: shown, origin: null };
  const parsed = new URL(`${scheme}://${host}`);
  return parsed.hostname === ""
    ? { url: shown, origin: null }
    : { url: shown, origin: `${parsed.protocol}//${parsed.host}` };
}

/** Query and fragment may carry keys and say nothing about the origin. */
const stripQuery = (url: string): string =>
  url.startsWith("data:") ? url : url.replace(/([?#]).*$/s, "$1…").replace(/^([a-z]+:\/\/)[^/@]*@/i, "$1");
const clip = (url: string): string => (url.length > LONGEST ? `${url.slice(0, LONGEST - 1)}…` : url);

export type UrlForm = "absolute" | "relative" | "data" | "blob" | "other" | "unknown";

/** What a browser would make of it in a document served by the sandbox. */
export function formOf(text: string): UrlForm {
  const trimmed = text.trim();
  if (trimmed.startsWith(HOLE)) return "unknown";
  if (/^(https?|wss?):/i.test(trimmed) || trimmed.startsWith("//")) return "absolute";
  if (/^data:/i.test(trimmed)) return "data";
  if (/^blob:/i.test(trimmed)) return "blob";
  // A fragment stays in the document; anything else with a scheme is not loaded from a server.
  if (trimmed === "" || trimmed.startsWith("#") || /^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return "other";
  return "relative";
}

/** Only run time knows whom it would ask. */
export function isOfUnknownHost(text: string): boolean {
  const form = formOf(text);
  return form === "unknown" || (form === "absolute" && text.includes(HOLE) && describeUrl(text).origin === null);
}

/** Loopback, private ranges, and names that exist on a local network only. */
export function isLocalUrl(url: string): boolean {
  const host = (/^(?:https?|wss?):\/\/([^/?#…]*)/i.exec(url)?.[1] ?? "")
    .replace(/^[^@]*@/, "")
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "");
  return /^(localhost|.+\.localhost|.+\.local|127\.\d+\.\d+\.\d+|0\.0\.0\.0|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|::1|f[cd][0-9a-f]{2}:.*|fe80:.*)$/i.test(
    host,
  );
}
