/** What a string looks like: how random it is, and whether it only stands in for a value. */

/** Shannon entropy, bits per character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const STAND_IN_WORDS = /example|placeholder|redacted|dummy|sample|changeme|change[-_ ]me|your[-_ ]?|insert[-_ ]|[-_ ]here\b|replace[-_ ]?(?:me|with|this)|fake|masked|hidden|removed|censored|xxxx|foobar|lorem|todo|not[-_]a[-_]?real|testtest|put[-_ ]/i;
const EXPRESSION = /^(?:\$|%[\w(]|<|\{|\[|@\{|#\{|var\.|env\.|process\.env|os\.environ|secrets?\.|config\.|this\.|self\.|\.\.\.|…)|\$\{|\$\(|\{\{|\}\}|<%|%>|#\{|\.\.\.|…|\*{3}|•{2}|●{2}|#{6}|\?{4}/;
const WHOLE = /^(?:null|none|nil|undefined|true|false|n\/?a|empty|unset|unknown|default|optional|required|secret|token|password|string|test(?:ing)?|value)$/i;

/** True for what documentation, templates and masks put in a secret's place. */
export function isPlaceholder(text: string): boolean {
  return EXPRESSION.test(text) || WHOLE.test(text) || STAND_IN_WORDS.test(text) || isRepetitive(text);
}

/** For a value whose form is exact: only what no generator would ever make. */
export function isStandIn(text: string): boolean {
  return /example|placeholder|redacted|dummy|changeme|your[-_]|insert[-_]|[-_]here\b|x{8}|(?:\.\.\.|…|\*{3})/i.test(text) || isRepetitive(text);
}

/** One character makes up most of it, or a short piece over and over. */
export function isRepetitive(text: string): boolean {
  if (text.length < 6) return new Set(text).size <= 1;
  const distinct = new Set(text.toLowerCase()).size;
  if (distinct <= Math.min(4, Math.max(2, text.length / 6))) return true;
  let run = 1;
  let longest = 1;
  for (let index = 1; index < text.length; index += 1) {
    run = text[index] === text[index - 1] ? run + 1 : 1;
    if (run > longest) longest = run;
  }
  return longest >= Math.max(6, text.length / 3);
}

/** Neighbouring characters that follow each other in the alphabet or on the number row, 0 to 1. */
export function sequentialShare(text: string): number {
  const lower = text.toLowerCase();
  let steps = 0;
  for (let index = 1; index < lower.length; index += 1) {
    const step = lower.charCodeAt(index) - lower.charCodeAt(index - 1);
    if (step === 1 || step === -1 || (lower[index - 1] === "9" && lower[index] === "0")) steps += 1;
  }
  return text.length < 2 ? 0 : steps / (text.length - 1);
}

/**
 * Share of the characters that lie in words as people write them: runs of
 * letters (a capital only at the head, or all capitals) of three or more with
 * a vowel and no long pile of consonants.
 */
export function wordShare(text: string): number {
  let inWords = 0;
  let letters = 0;
  for (const [run] of text.matchAll(/[A-Z]?[a-z]{2,}|[A-Z]{3,}(?![a-z])|[A-Za-z]+/g)) {
    letters += run.length;
    if (run.length >= 3 && /^(?:[A-Z]?[a-z]+|[A-Z]+)$/.test(run) && isPronounceable(run.toLowerCase())) inWords += run.length;
  }
  return letters === 0 ? 0 : inWords / letters;
}

const RARE = /q(?!u)|[bcdfghjklmnpqrstvwxz]{4,}|[jqvwxz][bcdfgjkmnpqtvwxz]|[bcdfgjkmnpqtvwxz][jqxz]|[aeiouy]{4,}|(.)\1\1/;
function isPronounceable(run: string): boolean {
  return /[aeiouy]/.test(run) && !RARE.test(run);
}

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
export const isHex = (text: string): boolean => /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text);
export const isNumber = (text: string): boolean => /^[+-]?\d+(?:[.,]\d+)*$/.test(text);
