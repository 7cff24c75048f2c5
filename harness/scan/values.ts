/** Whether a value under a telling name is a secret, and how sure that is. */
import { isKnownForm } from "./known-forms.ts";
import { alternation, isNumber, isPlaceholder, isUuid, sequentialShare, wordShare } from "./measure.ts";
import type { NameClass } from "./names.ts";
import { isRandom, WORDS_IN_CASE } from "./random.ts";
import type { Confidence } from "./types.ts";

const LONGEST = 8192;
/** What is longer is a password no more, but one that was encrypted. */
const LONGEST_PASSWORD = 128;
/** Words of forms and their styles, which passphrases seldom hold. */
const INTERFACE =
  /pass|login|sign|field|input|label|form|reset|auth|text|error|user|account|hint|confirm|secret|token|key|page|button|prod|test|name/;
/** Forms of captcha secrets that site keys and wallet addresses have as well. */
const CAPTCHA = /^(?:6L[\w-]{38}|0x[0-9A-F]{40})$/;
/** Application password of WordPress: six groups of four. */
const GROUPED_PASSWORD = /^(?:[A-Za-z\d]{4} ){5}[A-Za-z\d]{4}$/;

/** Confidence that the value is a secret, or null. `bare`: it stood in text without quotes. */
export function confidenceOf(named: NameClass, value: string, bare = false): Confidence | null {
  if (value.length < 4 || value.length > LONGEST) return null;
  if (named.kind === "phrase") return isPhrase(value) ? "likely" : null;
  if (hasFormOfSecret(named, value, bare)) return "likely";
  return isOther(named.kind, value) ? null : confidenceByKind(named, value, bare);
}

/** Forms with spaces or quotes in them, which other values seldom have. */
function hasFormOfSecret({ kind, weak }: NameClass, value: string, bare: boolean): boolean {
  if (kind === "password") return GROUPED_PASSWORD.test(value);
  const maySalt = (kind === "key" || kind === "secret") && !weak && !bare;
  return maySalt && isSalt(value) && !isKnownForm(value);
}

/** Text, a stand-in, or a thing of another kind. */
function isOther(kind: NameClass["kind"], value: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(value) || /["'`<>]/.test(value) || isPlaceholder(value)) return true;
  return isKnownForm(value) && !(kind === "secret" && CAPTCHA.test(value));
}

function confidenceByKind(named: NameClass, value: string, bare: boolean): Confidence | null {
  const { kind, weak } = named;
  const sureness = weak ? "possible" : "likely";
  if (kind === "password") return isPassword(value, weak || bare) ? sureness : null;
  if (isNumber(value)) return null;
  if (kind === "seed") return isSeed(value) ? "likely" : null;
  if (kind === "session") return !isUuid(value) && isRandom(value, weak ? 20 : 16) ? sureness : null;
  return tokenConfidence(named, value, bare);
}

function tokenConfidence({ kind, weak }: NameClass, value: string, bare: boolean): Confidence | null {
  if (isUuid(value)) return weak ? null : "likely";
  if (!isRandom(value, shortestToken(kind, weak, bare))) return null;
  const isRow = sequentialShare(value) > 0.55;
  if (isRow && weak) return null;
  return isRow || (weak && (value.length < 20 || bare)) ? "possible" : "likely";
}

function shortestToken(kind: NameClass["kind"], weak: boolean, bare: boolean): number {
  if (weak && bare) return 16;
  return weak && kind !== "secret" ? 14 : 10;
}

function isSeed(value: string): boolean {
  return /^[A-Z2-7]{16,}=*$/i.test(value) || /^[0-9a-z]{4,6}-[0-9a-z]{4,6}$/i.test(value) || isRandom(value, 12);
}

function isPassword(value: string, strict: boolean): boolean {
  if (value.length < (strict ? 8 : 6) || value.length > LONGEST_PASSWORD) return false;
  if (isNumber(value)) return !strict && value.length >= 8;
  if (!/[A-Za-z]/.test(value)) return false;
  if (/^[a-z]+(?:[-_.][a-z\d]+)+$/.test(value) && wordShare(value) > 0.75) return isPassphrase(value);
  if (/^[a-z]+(?:[A-Z][a-z]*)+\d?$/.test(value) && wordShare(value) > 0.75) return false; // a name in a program
  const hasDigits = /\d/.test(value);
  if (hasDigits || /[^\w.:/-]/.test(value))
    return !/^[(&|!?*]|[()[\]{};,]/.test(value) || (value.length >= 10 && hasDigits);
  return isPasswordOfLetters(value);
}

/** Words and a number, as generators join them; not a name in a form. */
function isPassphrase(value: string): boolean {
  return /^(?:[a-z]{3,9}[-_.]){3,}\d{2,4}$/.test(value) && !INTERFACE.test(value);
}

function isPasswordOfLetters(value: string): boolean {
  const isMixed = /[a-z]/.test(value) && /.[A-Z]/.test(value);
  if (value.length < (isMixed ? 8 : 12)) return false;
  return wordShare(value) < 0.5 && !(value.length < 20 && WORDS_IN_CASE.test(value));
}

/** As `wp-config.php` and Django have them: 40 or more signs of all kinds, quotes and brackets among them. */
function isSalt(value: string): boolean {
  return (
    value.length >= 40 &&
    value.length <= 128 &&
    /^[\x21-\x7e]+$/.test(value) &&
    new Set(value).size >= 24 &&
    value.replace(/[A-Za-z\d]/g, "").length >= 6 &&
    !/[$#]\{|\{\{|<%|\*{3}/.test(value) &&
    wordShare(value) < 0.3 &&
    alternation(value) > 0.1
  );
}

/** Twelve to twenty-four lower-case words, as wallets give them. */
function isPhrase(value: string): boolean {
  const words = value.trim().split(/\s+/);
  return (
    words.length >= 12 &&
    words.length <= 24 &&
    words.every((word) => /^[a-z]{3,8}$/.test(word)) &&
    new Set(words).size > words.length / 2
  );
}
