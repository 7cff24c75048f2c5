/** Things of a known form that stand under telling keys and are no secrets: algorithms, rules, addresses, files, hashes. */
import { wordShare } from "./measure.ts";

const FORMS: readonly RegExp[] = [
  // Names of ciphers, digests and schemes: `PBKDF2-HMAC-SHA256`, `AES-256-GCM`, `OAuth2`.
  /^(?:(?:HMAC|PBKDF|SHA|MD|AES|RSA|OAEP|HS|RS|ES|PS|EdDSA|Ed|X25519|HKDF|SCRAM|AWS|NTLMv?|OAuth|SAML|Base|ECDSA|ECDH|GCM|CBC|CTR|ChaCha|Poly)[-_]?(?:\d{1,5}K?)?[-_/]?)+$/i,
  // Rules and patterns that a form checks a field by: `^[A-Z]{8,}$`, `min:8|max:72`.
  /^\^.*\$$|\(\?[=!:<]|\[(?:a-z|A-Z|0-9)|^[a-z_]+(?::[\w.,]+)?(?:\|[a-z_]+(?::[\w.,]+)?)+$|^[a-z]+:\d+(?:,[a-z]+:\d+)*$/,
  /^(?:required|string|nullable|optional|confirmed)[|,;:]/,
  // Pieces of programs and styles: calls, selectors, variables, keys to press.
  /^\w+\([\w, .%]*\)$|^--[a-z][a-z\d-]*$|^(?:ctrl|shift|alt|cmd|mod|meta)\+|^[#.][a-z]+(?:[-_][a-z]+)*$/i,
  // Paths of Windows and of a home folder, URLs, data URLs, what follows a scheme.
  /^(?:[A-Za-z]:\\|~\/)/,
  /^[a-z][a-z\d+.-]*:\/\//i,
  /^data:/,
  /^\/\//,
  // References to a secret that is kept elsewhere.
  /^(?:ENC\[|op:|vault:|env:|ref\+|kms:|ssm:|\{cipher\})/i,
  /^arn:/,
  // E-mail addresses, dates, versions, colours, wallet addresses.
  /^[^@\s]+@[\w-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}$/i,
  /^\d{4}-\d\d-\d\d/,
  /^v?\d+(?:\.\d+)+(?:[-+][\w.]+)?$/,
  /^#[0-9a-f]{3,8}$/i,
  /^0x[0-9a-f]{40}$/i,
  // Digests, captcha site keys, hashed passwords.
  /^(?:sha(?:1|224|256|384|512)|md5)[-:]/i,
  /^6L[\w-]{38}$/,
  /^\$(?:2[aby]|argon2\w*|pbkdf2|scrypt|5|6)\$/,
];

const PATH = /^[.~]{0,2}\/?[\w.@:-]+(?:\/[\w.@:-]+)+\/?$/;
const DOTTED_NAME = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+(?:\(\)?)?$/;
const FILE =
  /^[\w./-]+\.(?:png|jpe?g|gif|svg|webp|html?|js|mjs|ts|css|json|pem|crt|cer|key|p12|pfx|txt|ya?ml|xml|pdf|csv|env)$/i;
const LONGEST_FILE = 120;

export function isKnownForm(value: string): boolean {
  return (
    FORMS.some((form) => form.test(value)) ||
    (PATH.test(value) && wordShare(value) > 0.6) ||
    (value.length < LONGEST_FILE && FILE.test(value)) ||
    (DOTTED_NAME.test(value) && wordShare(value) > 0.5)
  );
}
