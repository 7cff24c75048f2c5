/** Names of files for runs. */

/**
 * The parts, readable where letters and digits allow it; what had to be changed is followed by a hash of the whole, so
 * that different names are never one file.
 */
export function fileNameFor(parts: readonly string[]): string {
  const whole = parts.join("--");
  const safe = whole.replace(/[^\w.-]+/g, "-").slice(0, MOST);
  return safe === whole ? whole : `${safe}-${fnv1a(JSON.stringify(parts))}`;
}

const MOST = 120;

/** FNV-1a, 32 bits, as eight hexadecimal digits. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
