/** What a string looks like: how random it is, and whether it only stands in for a value. */

/** Shannon entropy, bits per character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const STAND_IN_WORDS =
  /example|placeholder|redacted|dummy|sample|changeme|change[-_ ]me|your[-_ ]?|insert[-_ ]|[-_ ]here\b|replace[-_ ]?(?:me|with|this)|masked|hidden|removed|censored|xxxx|foobar|lorem|(?<![a-z\d])(?:fake|todo|put[-_ ])|not[-_]a[-_]?real|testtest/i;
const EXPRESSION =
  /^(?:\$(?:[{(]|[A-Za-z_]+$|[A-Z_]{3})|%(?:[sd]|\(|[A-Za-z_]+%)|<|\{|\[|@\{|#\{|var\.|env\.|process\.env|os\.environ|secrets?\.|config\.|this\.|self\.|\.\.\.|…)|\$\{|\$\(|\{\{|\}\}|<%|%>|#\{|\.\.\.|…|\*{3}|•{2}|●{2}|#{6}|\?{4}/;
const WHOLE =
  /^(?:null|none|nil|undefined|true|false|n\/?a|empty|unset|unknown|default|optional|required|secret|token|password|string|test(?:ing)?|value)$/i;

/** True for what documentation, templates and masks put in a secret's place. */
export function isPlaceholder(value: string): boolean {
  const text = endsOf(value);
  return EXPRESSION.test(text) || WHOLE.test(text) || STAND_IN_WORDS.test(text) || isRepetitive(text);
}

/** Ten letters in a row as the alphabet has them. */
const ALPHABET = /abcdefghij|cdefghijkl|ghijklmnop|klmnopqrst|opqrstuvwx|zyxwvutsrq/i;

/** A row of keys or letters rather than something generated. */
export function isSequence(text: string): boolean {
  return (
    sequentialShare(text) > 0.55 &&
    (text.length < 24 || !/\d/.test(text) || !/[a-z]/i.test(text) || ALPHABET.test(text))
  );
}

/** Head and tail of a long text: stand-ins show there, and in the middle of something random words turn up by chance. */
function endsOf(text: string): string {
  return text.length <= 256 ? text : `${text.slice(0, 192)}${text.slice(-64)}`;
}

/** For a value whose form is exact: only what no generator would ever make. */
export function isStandIn(value: string): boolean {
  const text = endsOf(value);
  return (
    /example|placeholder|redacted|dummy|changeme|your[-_]|insert[-_]|[-_]here\b|x{8}|(?:\.\.\.|…|\*{3})/i.test(text) ||
    isRepetitive(text)
  );
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

/** Pairs of letters that make up nearly all of English and of the names in code. */
const PAIRS = new Set(
  `th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld ur ro ri io ic ne me li co ma ta ce la el ll ho ss ut no us ec em il lo ge ee ch ac ot ai sh tr un
  ns rt wa ol wh be am di ct pe so ly id po ul ad rs ts vi ow mo pr ie ry ke ay ab ev fo by ca ni pa ir da ty na ck sp su ba up ap ag tu gr bl bo ig im fi ef ex op ov pl ru pi ob oc od og oo ok om os sc sw sk ub ud uc
  ug um cl cr cu cy ci dr du do br bu bi eg ei ep ew ey fa fe fl fr fu gh gi go gu ga ia ib if iv iz je jo ju ki kn lt lu mb mi mp mu my mm nc nk nu ny nn oi pt pu ph pp qu rc rd rg rk rl rm rn rr tt tw ue ui va vo we
  wi wo xt xp ye yo ys ze wn ks ft lf lv au av aw az ak ah dy gl ev hr hu ks mn nv sm sl tl ua wr ya`.split(/\s+/),
);

/**
 * Share of the letters that lie in words as people write them: runs of letters
 * (a capital only at the head, or all capitals) of three or more, with a vowel,
 * and made of the pairs that words are made of.
 */
export function wordShare(text: string): number {
  let inWords = 0;
  let letters = 0;
  for (const [run] of text.matchAll(/[A-Z]?[a-z]{2,}|[A-Z]{3,}(?![a-z])|[A-Za-z]/g)) {
    letters += run.length;
    if (run.length >= 3 && isWordLike(run.toLowerCase())) inWords += run.length;
  }
  return letters === 0 ? 0 : inWords / letters;
}

function isWordLike(run: string): boolean {
  if (!/[aeiouy]/.test(run)) return false;
  let common = 0;
  for (let index = 1; index < run.length; index += 1) if (PAIRS.has(run.slice(index - 1, index + 1))) common += 1;
  return common / (run.length - 1) >= 0.75;
}

/** Changes between letters and digits, per character: generated text has many. */
export function alternation(text: string): number {
  let changes = 0;
  for (let index = 1; index < text.length; index += 1)
    if (isDigit(text, index) !== isDigit(text, index - 1)) changes += 1;
  return text.length < 2 ? 0 : changes / (text.length - 1);
}
function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
export const isHex = (text: string): boolean => /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text);
export const isNumber = (text: string): boolean => /^[+-]?\d+(?:[.,]\d+)*$/.test(text);
