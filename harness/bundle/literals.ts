/** URLs in strings: which of them may be asked for, and which are only names. */
import type { RequestKind } from "../model/evidence.ts";
import { kindOfElement } from "./elements.ts";
import { kindOfLiteral } from "./kinds.ts";
import { HOLE } from "./urls.ts";

/**
 * URLs that stand in bundles and are never asked for. Each row says why; a URL
 * that code surely requests is reported whatever stands here.
 */
const NAMES_ONLY: readonly { readonly url: RegExp; readonly why: string }[] = [
  { url: /^https?:\/\/(www\.)?w3\.org\//, why: "XML namespaces and specification links" },
  {
    url: /^https?:\/\/(www\.)?(xmlsoap|openxmlformats|purl|xmlns|ns\.adobe|schemas\.[a-z]+)\.(org|com)/,
    why: "XML namespaces",
  },
  { url: /^https?:\/\/(www\.)?json-schema\.org\//, why: "JSON Schema identifiers (zod, ajv)" },
  { url: /^https?:\/\/(www\.)?schema\.org(\/|$)/, why: "linked-data context" },
  {
    url: /^https?:\/\/(www\.)?(example\.(com|org|net)|[a-z]|x\.y|a\.b|foo\.bar|foo|bar|base|dummy|test|invalid|n|e|host|fake|placeholder)(\.(test|invalid|example|com))?\/?(?=[?#/]|$)/,
    why: "placeholder bases of URL parsers (core-js probes)",
  },
  {
    url: /^https?:\/\/(react\.dev|reactjs\.org|legacy\.reactjs\.org|fb\.me|fburl\.com|beta\.reactjs\.org)\//,
    why: "React's error and documentation links",
  },
  {
    url: /^https?:\/\/(www\.)?(github\.com|gitlab\.com|npmjs\.com|npmjs\.org|stackoverflow\.com|developer\.mozilla\.org|caniuse\.com|en\.wikipedia\.org\/wiki|bugs\.[a-z.]+|bugzilla\.[a-z.]+|crbug\.com|goo\.gl|bit\.ly|git\.io|tc39\.es|tools\.ietf\.org|datatracker\.ietf\.org|www\.rfc-editor\.org|html\.spec\.whatwg\.org|[a-z-]+\.spec\.whatwg\.org|drafts\.csswg\.org|modelcontextprotocol\.io|zod\.dev|vuejs\.org|vue-loader\.vuejs\.org|v\d\.vuejs\.org|router\.vuejs\.org|svelte\.dev|angular\.(io|dev)|threejs\.org\/docs|vitejs\.dev|vite\.dev|tailwindcss\.com|redux\.js\.org|redux-toolkit\.js\.org|reactrouter\.com|d3js\.org|lodash\.com|openjsf\.org|momentjs\.com|webpack\.js\.org|rollupjs\.org|nodejs\.org|opensource\.org|creativecommons\.org|spdx\.org|mui\.com|radix-ui\.com|www\.radix-ui\.com|chartjs\.org|www\.chartjs\.org|feross\.org)(\/|$)/,
    why: "documentation, issue and licence links",
  },
  { url: /^https?:\/\/(www\.)?(apache\.org|gnu\.org|mozilla\.org)\/(licenses|MPL)/i, why: "licences" },
  { url: /^https?:\/\/[^/]*(localhost|127\.0\.0\.1)\/?$/, why: "dummy base of `new URL(path, base)`, without a port" },
];

const URL_IN_TEXT =
  /(?:\b(?:https?|wss?):\/\/|(?<=["'(=\s]|^)\/\/(?=[a-z0-9-]+\.[a-z0-9.-]+\.?[a-z]{2,}))[^\s"'`<>\\()|^]+|\b(?:stuns?|turns?):[\w.-]+\.[a-z]{2,}/gi;

/** Characters from which a text with white space in it is a sentence without a closer look at each of its URLs. */
const LONG_TEXT = 4000;

export interface FoundUrl {
  readonly url: string;
  readonly kind: RequestKind;
  /** Offset within the text. */
  readonly at: number;
}

/**
 * URLs in a string that may be asked for; `\0` in the text stands for unknown parts.
 * @param whole the text is code that could not be parsed: sentences are not told apart. Default false.
 */
export function urlsInText(text: string, whole = false): FoundUrl[] {
  const found: FoundUrl[] = [];
  if (!text.includes("//") && !/\b(stun|turn)s?:/.test(text)) return found;
  const spaced = text.length > LONG_TEXT && /\S\s+\S/.test(text);
  for (const match of text.matchAll(URL_IN_TEXT)) {
    const url = withoutTail(match[0]);
    const kind = kindInContext(text, match.index, url, spaced) ?? (whole ? kindOfLiteral(url) : null);
    if (kind === null || isNameOnly(url) || !/\/\/(?:[a-z0-9{]|\0\.[a-z0-9-]+\.[a-z])|^(stun|turn)/i.test(url))
      continue;
    found.push({ url, kind, at: match.index });
  }
  return found;
}

/** Without the punctuation of the sentence around it; a brace that closes one of its own stays. */
function withoutTail(url: string): string {
  let end = url.length;
  while (end > 0 && TAIL.has(url.charAt(end - 1))) end -= 1;
  const tail = url.slice(end);
  if (!tail.startsWith("}") || !url.includes("{")) return url.slice(0, end);
  const brace = tail.lastIndexOf("}");
  return url.slice(0, end + brace + 1);
}
const TAIL = new Set(".,;:!?]}");

export const isNameOnly = (url: string): boolean => NAMES_ONLY.some((row) => row.url.test(url));

/** An attribute whose value begins here. */
export const OPEN_ATTRIBUTE = /<([a-z][\w-]*)\b[^<>]*?\s([\w:-]+)\s*=\s*["']?$/i;
/** A list of pictures, of which an earlier one has ended. */
const LATER_CANDIDATE = /<(img|source|link)\b[^<>]*?\s((?:image)?srcset)\s*=\s*["'][^"'<>]*,\s*$/i;

/** Markup and CSS in a string tell what the URL is for; in a sentence it is a link to read: null. */
function kindInContext(text: string, at: number, url: string, spaced: boolean): RequestKind | null {
  const before = text.slice(Math.max(0, at - 300), at);
  const attribute = OPEN_ATTRIBUTE.exec(before) ?? LATER_CANDIDATE.exec(before);
  if (attribute) return kindOfElement(attribute[1] ?? "", attribute[2] ?? "", before) ?? "other";
  if (/@import\s+(url\(\s*)?["']?$/i.test(before)) return "stylesheet";
  if (/url\(\s*["']?$/i.test(before))
    return before.lastIndexOf("@font-face") > before.lastIndexOf("}") ? "font" : cssKind(url);
  if (spaced) return null;
  const end = at + url.length;
  const reach = text.length > LONG_TEXT ? 300 : LONG_TEXT;
  const rest = (text.slice(0, Math.min(at, reach)) + text.slice(end, end + reach)).replaceAll(HOLE, "").trim();
  return /\s/.test(rest) || /^[\w"'(]{3,}/.test(rest) ? null : kindOfLiteral(url);
}

const cssKind = (url: string): RequestKind => {
  const kind = kindOfLiteral(url);
  return kind === "other" || kind === "fetch" ? "image" : kind;
};
