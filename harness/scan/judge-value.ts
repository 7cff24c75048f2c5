/** Whether a value under a telling name is a secret, and how sure that is. */
import {
  alternation,
  entropy,
  isHex,
  isNumber,
  isPlaceholder,
  isSequence,
  isUuid,
  sequentialShare,
  wordShare,
} from "./measure.ts";
import type { NameClass } from "./names.ts";
import type { Confidence } from "./types.ts";

const LONGEST = 8192;
/** What is longer is a password no more, but one that was encrypted. */
const LONGEST_PASSWORD = 128;
/** Words of forms and their styles, which passphrases seldom hold. */
const INTERFACE =
  /pass|login|sign|field|input|label|form|reset|auth|text|error|user|account|hint|confirm|secret|token|key|page|button|prod|test|name/;
/** Forms of captcha secrets that site keys and wallet addresses have as well. */
const CAPTCHA = /^(?:6L[\w-]{38}|0x[0-9A-F]{40})$/;

/** Confidence that the value is a secret, or null. `bare`: it stood in text without quotes. */
export function judgeValue({ kind, weak }: NameClass, value: string, bare = false): Confidence | null {
  if (value.length < 4 || value.length > LONGEST) return null;
  if (kind === "phrase") return isPhrase(value) ? "likely" : null;
  if (kind === "password" && /^(?:[A-Za-z\d]{4} ){5}[A-Za-z\d]{4}$/.test(value)) return "likely"; // WordPress application password
  if (/\s/.test(value) || !/^[\x21-\x7e]+$/.test(value)) return null;
  if ((kind === "key" || kind === "secret") && !weak && !bare && isSalt(value) && !isSomethingElse(value))
    return "likely";
  if (/["'`<>]/.test(value)) return null;
  if (isPlaceholder(value) || (isSomethingElse(value) && !(kind === "secret" && CAPTCHA.test(value)))) return null;
  if (kind === "password") return isPassword(value, weak || bare) ? (weak ? "possible" : "likely") : null;
  if (isNumber(value)) return null;
  if (kind === "seed")
    return /^[A-Z2-7]{16,}=*$/i.test(value) || /^[0-9a-z]{4,6}-[0-9a-z]{4,6}$/i.test(value) || isRandom(value, 12)
      ? "likely"
      : null;
  if (isUuid(value)) return weak || kind === "session" ? null : "likely";
  if (kind === "session") return isRandom(value, weak ? 20 : 16) ? (weak ? "possible" : "likely") : null;
  if (!isRandom(value, bare && weak ? 16 : kind === "secret" || !weak ? 10 : 14)) return null;
  const isRow = sequentialShare(value) > 0.55;
  if (isRow && weak) return null;
  return isRow || (weak && (value.length < 20 || bare)) ? "possible" : "likely";
}

/** A name in pieces: `cmp2-qat-1208358310`, `team.payments.v2`. */
function isSlug(value: string): boolean {
  const pieces = value.split(/[-_.:/]/);
  return (
    pieces.length > 1 &&
    pieces.every((piece) => /^(?:[a-z]{2,12}\d{0,2}|[a-z]\d{1,2}[a-z]?|[A-Z]{2,12}\d{0,2}|\d+|v\d+)$/.test(piece))
  );
}

/** Words of any language in the case that names have: `Adgangskode`, `motDePasse`. */
const WORDS_IN_CASE = /^[A-Z]?[a-z]{2,}(?:[A-Z][a-z](?=[A-Z])|[A-Z][a-z]{2,})*$/;

/** As random as a generated token: not words, not a count, not a row of keys. */
export function isRandom(value: string, shortest: number): boolean {
  if (value.length < shortest || value.length > LONGEST) return false;
  const body = value.length > 512 ? value.slice(0, 512) : value;
  const digits = body.replace(/\D/g, "").length;
  if (/^[\d.:,_-]+$/.test(body)) return false;
  if (digits === 0 && body.length < 20 && (!/[a-z]/.test(body) || !/[A-Z]/.test(body) || WORDS_IN_CASE.test(body)))
    return false;
  if (alternation(body) < 0.2 && wordShare(body) > 0.6) return false;
  if (isSequence(body) || isSlug(body)) return false;
  return entropy(body) >= (isHex(body) || sequentialShare(body) > 0.55 ? 2.6 : body.length < 20 ? 2.7 : 3.2);
}

function isPassword(value: string, strict: boolean): boolean {
  if (value.length < (strict ? 8 : 6) || value.length > LONGEST_PASSWORD) return false;
  if (isNumber(value)) return !strict && value.length >= 8;
  const letters = /[A-Za-z]/.test(value);
  const digits = /\d/.test(value);
  const symbols = /[^\w.:/-]/.test(value);
  if (!letters) return false;
  if (/^[a-z]+(?:[-_.][a-z\d]+)+$/.test(value) && wordShare(value) > 0.75)
    return /^(?:[a-z]{3,9}[-_.]){3,}\d{2,4}$/.test(value) && !INTERFACE.test(value);
  if (/^[a-z]+(?:[A-Z][a-z]*)+\d?$/.test(value) && wordShare(value) > 0.75) return false; // a name in a program
  if (digits || symbols) return !/^[(&|!?*]|[()[\]{};,]/.test(value) || (value.length >= 10 && digits);
  return (
    (value.length >= 12 || (value.length >= 8 && /[a-z]/.test(value) && /.[A-Z]/.test(value))) &&
    wordShare(value) < 0.5 &&
    !(value.length < 20 && WORDS_IN_CASE.test(value))
  );
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

/** Names of ciphers, digests and schemes: `PBKDF2-HMAC-SHA256`, `AES-256-GCM`, `OAuth2`. */
const ALGORITHM =
  /^(?:(?:HMAC|PBKDF|SHA|MD|AES|RSA|OAEP|HS|RS|ES|PS|EdDSA|Ed|X25519|HKDF|SCRAM|NTLMv?|OAuth|SAML|Base|ECDSA|ECDH|GCM|CBC|CTR|ChaCha|Poly)[-_]?(?:\d{1,5}K?)?[-_/]?)+$/i;
/** Rules and patterns that a form checks a field by: `^[A-Z]{8,}$`, `min:8|max:72`. */
const RULE =
  /^\^.*\$$|\(\?[=!:<]|\[(?:a-z|A-Z|0-9)|^[a-z_]+(?::[\w.,]+)?(?:\|[a-z_]+(?::[\w.,]+)?)+$|^[a-z]+:\d+(?:,[a-z]+:\d+)*$/;
/** Pieces of programs and styles: calls, selectors, variables, keys to press. */
const PIECE = /^\w+\([\w, .%]*\)$|^--[a-z][a-z\d-]*$|^(?:ctrl|shift|alt|cmd|mod|meta)\+|^[#.][a-z]+(?:[-_][a-z]+)*$/i;

/** Things with a name of their own that stand under telling keys. */
function isSomethingElse(value: string): boolean {
  return (
    ALGORITHM.test(value) ||
    RULE.test(value) ||
    PIECE.test(value) ||
    /^(?:[A-Za-z]:\\|~\/)/.test(value) ||
    /^[a-z][a-z\d+.-]*:\/\//i.test(value) ||
    /^data:/.test(value) ||
    /^(?:required|string|nullable|optional|confirmed)[|,;:]/.test(value) ||
    /^(?:ENC\[|op:|vault:|env:|ref\+|kms:|ssm:|\{cipher\})/i.test(value) ||
    /^\/\//.test(value) ||
    /^[^@\s]+@[\w-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}$/i.test(value) ||
    /^\d{4}-\d\d-\d\d/.test(value) ||
    /^v?\d+(?:\.\d+)+(?:[-+][\w.]+)?$/.test(value) ||
    /^#[0-9a-f]{3,8}$/i.test(value) ||
    /^arn:/.test(value) ||
    /^0x[0-9a-f]{40}$/i.test(value) ||
    (/^[.~]{0,2}\/?[\w.@-]+(?:\/[\w.@-]+)+\/?$/.test(value) && wordShare(value) > 0.6) ||
    (/^[\w./-]+\.(?:png|jpe?g|gif|svg|webp|html?|js|mjs|ts|css|json|pem|crt|cer|key|p12|pfx|txt|ya?ml|xml|pdf|csv|env)$/i.test(
      value,
    ) &&
      value.length < 120) ||
    (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+(?:\(\)?)?$/.test(value) && wordShare(value) > 0.5) ||
    /^(?:sha(?:1|224|256|384|512)|md5)[-:]/i.test(value) ||
    /^6L[\w-]{38}$/.test(value) ||
    /^\$(?:2[aby]|argon2\w*|pbkdf2|scrypt|5|6)\$/.test(value)
  );
}
