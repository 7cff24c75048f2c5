/** What a key's name promises about its value. */
import { VENDORS } from "./vendors.ts";
import { wordsOf } from "./words.ts";

/**
 * `weak`: the name alone says little (`token`, `sessionId`), so the value must look random.
 * `cookie` and `authorization` hold a structure that is read further.
 */
export interface NameClass {
  readonly kind: "password" | "secret" | "token" | "key" | "session" | "seed" | "phrase" | "authorization" | "cookie";
  readonly weak: boolean;
  /** The name is that of a key that the vendor's own script in the page sends. Default false. */
  readonly publishable?: boolean;
}

const QUALIFIERS = new Set([
  "prod",
  "production",
  "dev",
  "development",
  "live",
  "test",
  "testing",
  "staging",
  "sandbox",
  "main",
  "primary",
  "secondary",
  "current",
  "old",
  "new",
  "value",
  "val",
  "str",
  "string",
  "raw",
  "plain",
  "plaintext",
  "text",
  "clear",
  "cleartext",
  "base64",
  "b64",
  "encoded",
  "json",
  "header",
  "v1",
  "v2",
  "v3",
  "env",
  "var",
  "default",
  "local",
]);
/** Words before `token` that make it a page mark, a piece of text, a colour or a coin. */
const NOT_A_SECRET_TOKEN = new Set([
  "next",
  "prev",
  "previous",
  "page",
  "pagination",
  "paging",
  "continuation",
  "continue",
  "cursor",
  "resume",
  "sync",
  "change",
  "start",
  "end",
  "more",
  "scroll",
  "skip",
  "position",
  "after",
  "before",
  "csrf",
  "xsrf",
  "verification",
  "authenticity",
  "forgery",
  "antiforgery",
  "design",
  "color",
  "colour",
  "theme",
  "css",
  "style",
  "spacing",
  "typography",
  "mask",
  "syntax",
  "lex",
  "lexer",
  "word",
  "special",
  "eos",
  "bos",
  "pad",
  "unk",
  "sep",
  "cls",
  "stop",
  "output",
  "input",
  "prompt",
  "completion",
  "total",
  "max",
  "min",
  "cached",
  "reasoning",
  "erc20",
  "nft",
  "contract",
  "base",
  "quote",
  "pool",
  "lp",
  "swap",
  "utility",
  "fungible",
  "reward",
  "governance",
  "cancel",
  "cancellation",
  "public",
  "publishable",
  "idempotency",
  "dedupe",
  "list",
  "query",
  "search",
  "progress",
  "sort",
  "seat",
  "parse",
  "parser",
  "first",
  "last",
  "row",
  "view",
  "etag",
  "delta",
  "consistency",
  "partition",
  "watch",
  "correlation",
  "tracking",
  "trace",
  "captcha",
  "recaptcha",
  "turnstile",
]);
const PUBLIC_WORDS = new Set([
  "public",
  "publishable",
  "pub",
  "site",
  "hash",
  "hashed",
  "digest",
  "checksum",
  "fingerprint",
  "thumbprint",
  "masked",
  "redacted",
  "encrypted",
  "search",
  "browser",
  "frontend",
  "measurement",
  "tracking",
  "widget",
  "embed",
  "translation",
  "i18n",
  "locale",
  "label",
  "hint",
  "placeholder",
  "map",
]);
const KEY_QUALIFIERS = new Set([
  "api",
  "app",
  "application",
  "access",
  "secret",
  "private",
  "priv",
  "auth",
  "authentication",
  "authorization",
  "signing",
  "sign",
  "signature",
  "encryption",
  "encrypt",
  "decryption",
  "enc",
  "master",
  "service",
  "account",
  "shared",
  "storage",
  "hmac",
  "session",
  "webhook",
  "admin",
  "deploy",
  "deployment",
  "rest",
  "server",
  "consumer",
  "subscription",
  "integration",
  "root",
  "ingest",
  "ingestion",
  "insert",
  "function",
  "functions",
  "host",
  "jwt",
  "aes",
  "crypto",
  "cipher",
  "rsa",
  "ssh",
  "gpg",
  "pgp",
  "sas",
  "license",
  "licence",
  "registration",
  "personal",
  "bot",
  "developer",
  "dev",
  "partner",
  "merchant",
  "backend",
  "cloud",
  "security",
  "iam",
  "cos",
  "sdk",
  "x",
  "sl",
  "wallet",
  "validator",
  "relay",
  "tls",
  "ssl",
]);
const GLUED_KEY =
  /(?:api|secret|private|access|auth|master|signing|encryption|license|account|shared|storage|service|admin|app|client|webhook|session|subscription)key$/;
const GLUED_TOKEN =
  /(?:access|refresh|auth|api|bearer|session|id|user|bot|oauth|login|security|service|personal|private|secret|client|device|registry|deploy|x|app|page)token$/;
const SESSION =
  /^(?:php|j|asp)?sess(?:ion)?id$|^sid$|^connect\.sid$|aspsessionid|asp\.net_sessionid|session[-_. ]?(?:id|token|cookie|key)$|^_?_?(?:[a-z]+[-_])*session$|^\.aspxauth$|^\.aspnetcore\.|auth[-_]?cookie$|remember[-_]?(?:me|token)|^wordpress_(?:sec|logged_in)|^sb-.*auth-token|^li_at$/i;
const COOKIE_NAMED =
  /^(?:session[-_. ]?token|phpsessid|jsessionid|connect\.sid|asp\.net_sessionid|aspsessionid\w*|\.aspxauth|\.aspnetcore\..*|(?:[a-z]+_)session|__(?:secure|host)-.*|session|remember[-_]\w+|wordpress_.*|sb-.*|li_at|.*cookie)$/i;

/** Words that make such a key a secret again. */
const CLOSED = new Set([
  "secret",
  "private",
  "admin",
  "personal",
  "service",
  "access",
  "auth",
  "refresh",
  "management",
  "export",
  "read",
]);
/** Analytics whose project tokens and API keys only take events in. */
const ANALYTICS = new Set([
  "mixpanel",
  "amplitude",
  "segment",
  "bugsnag",
  "heap",
  "logrocket",
  "rudderstack",
  "fullstory",
  "posthog",
  "analytics",
]);

/** Last words of telling names, as far as a name can end in them. */
const ENDINGS =
  `password passwd pwd passphrase passcode passwort contrasena motdepasse pw pass passwords mnemonic phrase words seed code codes secret secrets credential credentials cred creds bearer jwt
  authorization auth cookie cookies pat token tokens key keys base hash session id sid value content sig signature me at`.split(
    /\s+/,
  );
const endings = new Uint8Array(128 * 128);
for (const word of [...ENDINGS, ...QUALIFIERS]) {
  for (const last of [word.at(-1)!, word.at(-1)!.toUpperCase()])
    for (const before of [word.at(-2)!, word.at(-2)!.toUpperCase()])
      endings[before.charCodeAt(0) * 128 + last.charCodeAt(0)] = 1;
}
for (let before = 0; before < 128; before += 1)
  for (let digit = 48; digit < 58; digit += 1) endings[before * 128 + digit] = 1;

/** Whether a telling name can end in these two characters; a quick look before the name is read. */
export function mayEndName(before: number, last: number): boolean {
  return before < 128 && endings[before * 128 + last] === 1;
}

const cache = new Map<string, NameClass | null>();

/** Class of a key's name, or null when it promises no secret. */
export function classOf(name: string): NameClass | null {
  let known = cache.get(name);
  if (known === undefined) {
    known = name.length > 120 ? null : classify(name);
    if (cache.size > 20_000) cache.clear();
    cache.set(name, known);
  }
  return known;
}

function classify(name: string): NameClass | null {
  const words = wordsOf(name);
  if (words.at(-1) === "hash" && words.at(-2) === "api") return { kind: "key", weak: false }; // Telegram's api_hash
  if (words.some((word) => PUBLIC_WORDS.has(word)) && !words.includes("private")) return null;
  if (SESSION.test(name)) return { kind: "session", weak: !COOKIE_NAMED.test(name) };
  while (words.length > 1 && (QUALIFIERS.has(words.at(-1)!) || /^\d+$/.test(words.at(-1)!))) words.pop();
  const head = words.at(-1)?.replace(/\d+$/, "") ?? "";
  const before = words.at(-2) ?? "";
  if (name === "_token") return null; // Laravel's mark against forged forms
  if (
    /^(?:token|key|apikey)$/.test(head) &&
    words.some((word) => ANALYTICS.has(word)) &&
    !words.some((word) => CLOSED.has(word))
  )
    return { kind: "key", weak: false, publishable: true };
  if (/^(?:\w*password|\w*passwd|\w*pwd|passphrase|passcode|passwort|contrasena|motdepasse|pw)$/.test(head))
    return { kind: "password", weak: head === "pw" };
  if (head === "pass")
    return words.length === 1 ||
      /^(?:user|db|database|admin|root|smtp|mail|email|imap|ftp|ssh|sftp|redis|mysql|postgres|pg|mongo|ldap|basic|auth|account|login|rabbitmq|proxy|http|my)$/.test(
        before,
      )
      ? { kind: "password", weak: words.length === 1 }
      : null;
  if (
    /^(?:mnemonic|seedphrase)$/.test(head) ||
    (head === "phrase" && /^(?:seed|recovery|mnemonic|secret|backup)$/.test(before)) ||
    (head === "words" && /^(?:seed|recovery|mnemonic)$/.test(before))
  )
    return { kind: "phrase", weak: false };
  if (head === "seed")
    return /^(?:otp|totp|mfa|hotp|secret|wallet|private)$/.test(before) ? { kind: "seed", weak: false } : null;
  if (head === "codes" || head === "code")
    return /^(?:recovery|backup|scratch)$/.test(before) ? { kind: "seed", weak: false } : null;
  if (/secret$/.test(head) && /^(?:otp|totp|hotp|mfa|2fa|authenticator)$/.test(before))
    return { kind: "seed", weak: false };
  if (/secrets?$/.test(head)) return { kind: "secret", weak: false };
  if (/^(?:credentials?|creds?|bearer|jwt)$/.test(head)) return { kind: "token", weak: words.length === 1 };
  if (head === "authorization") return { kind: "authorization", weak: false };
  if (head === "auth") return { kind: "token", weak: true };
  if (/^(?:cookies?)$/.test(head)) return { kind: "cookie", weak: true };
  if (head === "pat") return words.length > 1 ? { kind: "token", weak: true } : null;
  if (head === "token") {
    if (
      words.slice(0, -1).some((word) => NOT_A_SECRET_TOKEN.has(word)) &&
      !/^(?:access|refresh|auth|secret|bearer)$/.test(before)
    )
      return null;
    return { kind: "token", weak: words.length === 1 || before === "client" };
  }
  if (GLUED_TOKEN.test(head)) return head === "pagetoken" ? null : { kind: "token", weak: false };
  const kind = words.some((word) => word.startsWith("secret")) ? "secret" : "key";
  if (GLUED_KEY.test(head)) return { kind, weak: false };
  if (head === "key" || head === "keys") {
    if (words.length === 1) return null;
    if ((words.includes("ssh") && words.includes("host")) || (before === "server" && words.includes("application")))
      return null;
    return KEY_QUALIFIERS.has(before) || VENDORS.has(before) || (before === "base" && words.includes("secret"))
      ? {
          kind,
          weak: /^(?:app|application|account|session|registration|x|host|function|service|server|shared|storage|sign|signature|sdk)$/.test(
            before,
          ),
        }
      : null;
  }
  if (head === "base" && before === "key" && words.includes("secret")) return { kind, weak: false };
  return null;
}
