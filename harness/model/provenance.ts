/** Whose code a script is, as far as its address and its form tell. */
import type { Provenance } from "./evidence.ts";

/** Hosts that serve published packages, and services that serve their own code. Dated 2026-11. */
const PACKAGE_HOSTS =
  /^(?:[a-z0-9-]+\.)?(?:jsdelivr\.net|unpkg\.com|esm\.sh|esm\.run|jspm\.(?:io|dev)|skypack\.dev|cdnjs\.cloudflare\.com|code\.jquery\.com|ajax\.googleapis\.com|maps\.googleapis\.com|googletagmanager\.com|google-analytics\.com|cdn\.tailwindcss\.com|threejs\.org|d3js\.org|cdn\.plot\.ly|cdn\.socket\.io|api\.mapbox\.com|api\.tiles\.mapbox\.com|js\.stripe\.com|cesium\.com|kit\.fontawesome\.com|use\.fontawesome\.com|unpkg\.[a-z]+|bootstrapcdn\.com|polyfill\.io)$/i;

/** Characters from which code is no longer taken for what somebody wrote by hand. */
const LONG_CODE = 100_000;
/** Characters from which lines of such a mean length tell of a minifier. */
const MINIFIED_CODE = 10_000;
const MINIFIED_LINE = 200;

/** @param address where the code came from; absent for what stands in the document */
export function provenanceOf(code: string, address?: string): Provenance | null {
  const host = address === undefined ? undefined : /^https?:\/\/([^/:?#]+)/i.exec(address)?.[1];
  if (host !== undefined && PACKAGE_HOSTS.test(host)) return "package";
  if (code.length > LONG_CODE) return "bundle";
  return code.length > MINIFIED_CODE && code.length / linesIn(code) > MINIFIED_LINE ? "bundle" : null;
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
