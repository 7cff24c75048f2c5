/** What a key's name promises about its value. */
import {
  ANALYTICS,
  CLOSED,
  ENDINGS,
  KEY_QUALIFIERS,
  NOT_A_SECRET_TOKEN,
  PUBLIC_WORDS,
  QUALIFIERS,
  VENDORS,
} from "./name-words.ts";
import { remembering } from "./remember.ts";
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

const LONGEST_NAME = 120;
const GLUED_KEY =
  /(?:api|secret|private|access|auth|master|signing|encryption|license|account|shared|storage|service|admin|app|client|webhook|session|subscription)key$/;
const GLUED_TOKEN =
  /(?:access|refresh|auth|api|bearer|session|id|user|bot|oauth|login|security|service|personal|private|secret|client|device|registry|deploy|x|app|page)token$/;
const SESSION =
  /^(?:php|j|asp)?sess(?:ion)?id$|^sid$|^connect\.sid$|aspsessionid|asp\.net_sessionid|session[-_. ]?(?:id|token|cookie|key)$|^_?_?(?:[a-z]+[-_])*session$|^\.aspxauth$|^\.aspnetcore\.|auth[-_]?cookie$|remember[-_]?(?:me|token)|^wordpress_(?:sec|logged_in)|^sb-.*auth-token|^li_at$/i;
const COOKIE_NAMED =
  /^(?:session[-_. ]?token|phpsessid|jsessionid|connect\.sid|asp\.net_sessionid|aspsessionid\w*|\.aspxauth|\.aspnetcore\..*|(?:[a-z]+_)session|__(?:secure|host)-.*|session|remember[-_]\w+|wordpress_.*|sb-.*|li_at|.*cookie)$/i;
const USERS_OF_PASS =
  /^(?:user|db|database|admin|root|smtp|mail|email|imap|ftp|ssh|sftp|redis|mysql|postgres|pg|mongo|ldap|basic|auth|account|login|rabbitmq|proxy|http|my)$/;
const WEAK_KEY =
  /^(?:app|application|account|session|registration|x|host|function|service|server|shared|storage|sign|signature|sdk)$/;

/** Pairs of characters that a telling name can end in. */
const endings = new Uint8Array(128 * 128);
for (const word of [...ENDINGS, ...QUALIFIERS])
  for (const last of casesOf(word.slice(-1)))
    for (const before of casesOf(word.slice(-2, -1))) endings[before.charCodeAt(0) * 128 + last.charCodeAt(0)] = 1;
for (let before = 0; before < 128; before += 1)
  for (let digit = 48; digit < 58; digit += 1) endings[before * 128 + digit] = 1;

function casesOf(letter: string): readonly string[] {
  return [letter, letter.toUpperCase()];
}

/** Whether a telling name can end in these two characters; a quick look before the name is read. */
export function mayEndName(before: number, last: number): boolean {
  return before < 128 && endings[before * 128 + last] === 1;
}

/** Class of a key's name, or null when it promises no secret. */
export const classOf = remembering(20_000, (name) => (name.length > LONGEST_NAME ? null : classify(name)));

/** What a name can promise and a value need not prove. Names of sessions are those of desktops and terminals, too. */
const PROMISED: ReadonlySet<NameClass["kind"]> = new Set([
  "password",
  "secret",
  "token",
  "key",
  "seed",
  "phrase",
  "authorization",
]);

/** Whether a name alone says that its value is a secret. */
export function namesSecret(name: string): boolean {
  const found = classOf(name);
  if (found === null || found.publishable === true) return false;
  return found.kind === "session" ? /token$/i.test(name) : !found.weak && PROMISED.has(found.kind);
}

/** A name as the rules read it. */
interface ReadName {
  readonly name: string;
  readonly words: readonly string[];
  /** The words without qualifiers and numbers at their end. */
  readonly core: readonly string[];
  /** Last word of the core, without digits at its end. */
  readonly last: string;
  /** The word before it, or "". */
  readonly before: string;
}

/** A class, null for a name that promises no secret, undefined when the rule does not speak of it. */
type Rule = (read: ReadName) => NameClass | null | undefined;

/** The first rule that speaks of a name decides. */
const RULES: readonly Rule[] = [
  telegramHash,
  publicName,
  sessionName,
  // Laravel's mark against forged forms.
  ({ name }) => (name === "_token" ? null : undefined),
  analyticsKey,
  byLastWord,
  tokenName,
  keyName,
];

function classify(name: string): NameClass | null {
  const read = readName(name);
  for (const rule of RULES) {
    const found = rule(read);
    if (found !== undefined) return found;
  }
  return null;
}

function readName(name: string): ReadName {
  const words = wordsOf(name);
  let length = words.length;
  while (length > 1 && saysNothing(words[length - 1] ?? "")) length -= 1;
  const core = words.slice(0, length);
  return { name, words, core, last: core.at(-1)?.replace(/(?<!\d)\d+$/, "") ?? "", before: core.at(-2) ?? "" };
}

function saysNothing(word: string): boolean {
  return QUALIFIERS.has(word) || /^\d+$/.test(word);
}

function telegramHash({ words }: ReadName): NameClass | undefined {
  return words.at(-1) === "hash" && words.at(-2) === "api" ? { kind: "key", weak: false } : undefined;
}

function publicName({ words }: ReadName): null | undefined {
  return words.some((word) => PUBLIC_WORDS.has(word)) && !words.includes("private") ? null : undefined;
}

function sessionName({ name }: ReadName): NameClass | undefined {
  return SESSION.test(name) ? { kind: "session", weak: !COOKIE_NAMED.test(name) } : undefined;
}

function analyticsKey({ core, last }: ReadName): NameClass | undefined {
  if (!/^(?:token|key|apikey)$/.test(last)) return undefined;
  const isOpen = core.some((word) => ANALYTICS.has(word)) && !core.some((word) => CLOSED.has(word));
  return isOpen ? { kind: "key", weak: false, publishable: true } : undefined;
}

interface LastWordRow {
  readonly last: RegExp;
  /** What the word before must be. Default anything. */
  readonly before?: RegExp;
  /** The name must be that one word. Default false. */
  readonly alone?: boolean;
  readonly says: NameClass | null;
}

const strong = (kind: NameClass["kind"]): NameClass => ({ kind, weak: false });
const weak = (kind: NameClass["kind"]): NameClass => ({ kind, weak: true });

/** The first row that fits decides. */
const BY_LAST_WORD: readonly LastWordRow[] = [
  { last: /^pw$/, says: weak("password") },
  {
    last: /^(?:\w*password|\w*passwd|\w*pwd|passphrase|passcode|passwort|contrasena|motdepasse)$/,
    says: strong("password"),
  },
  { last: /^pass$/, alone: true, says: weak("password") },
  { last: /^pass$/, before: USERS_OF_PASS, says: strong("password") },
  { last: /^pass$/, says: null },
  { last: /^(?:mnemonic|seedphrase)$/, says: strong("phrase") },
  { last: /^phrase$/, before: /^(?:seed|recovery|mnemonic|secret|backup)$/, says: strong("phrase") },
  { last: /^words$/, before: /^(?:seed|recovery|mnemonic)$/, says: strong("phrase") },
  {
    last: /^seed$/,
    before: /^(?:otp|totp|hotp|mfa|2fa|factor|authenticator|secret|wallet|private)$/,
    says: strong("seed"),
  },
  { last: /^seed$/, says: null },
  { last: /^codes?$/, before: /^(?:recovery|backup|scratch)$/, says: strong("seed") },
  { last: /^codes?$/, says: null },
  { last: /secret$/, before: /^(?:otp|totp|hotp|mfa|2fa|factor|authenticator)$/, says: strong("seed") },
  { last: /secrets?$/, says: strong("secret") },
  { last: /^(?:credentials?|creds?|bearer|jwt)$/, alone: true, says: weak("token") },
  { last: /^(?:credentials?|creds?|bearer|jwt)$/, says: strong("token") },
  { last: /^authorization$/, says: strong("authorization") },
  { last: /^auth$/, says: weak("token") },
  { last: /^cookies?$/, says: weak("cookie") },
  { last: /^pat$/, alone: true, says: null },
  { last: /^pat$/, says: weak("token") },
  { last: /^pagetoken$/, says: null },
  { last: GLUED_TOKEN, says: strong("token") },
];

function byLastWord({ core, last, before }: ReadName): NameClass | null | undefined {
  return BY_LAST_WORD.find(
    (row) => row.last.test(last) && (row.before?.test(before) ?? true) && (!row.alone || core.length === 1),
  )?.says;
}

function tokenName({ core, last, before }: ReadName): NameClass | null | undefined {
  if (last !== "token") return undefined;
  const isMark = core.slice(0, -1).some((word) => NOT_A_SECRET_TOKEN.has(word));
  if (isMark && !/^(?:access|refresh|auth|secret|bearer)$/.test(before)) return null;
  return { kind: "token", weak: core.length === 1 || before === "client" };
}

function keyName({ core, last, before }: ReadName): NameClass | null {
  const kind = core.some((word) => word.startsWith("secret")) ? "secret" : "key";
  const isSecretBase = core.includes("secret") && /^key base$|^base keys?$/.test(`${before} ${last}`);
  if (GLUED_KEY.test(last) || (isSecretBase && last === "base")) return { kind, weak: false };
  if (!/^keys?$/.test(last) || core.length === 1 || isHostOrServerKey(core, before)) return null;
  const isTelling = KEY_QUALIFIERS.has(before) || VENDORS.has(before) || isSecretBase;
  return isTelling ? { kind, weak: WEAK_KEY.test(before) } : null;
}

/** Public keys by another name: an SSH host's, and the application server's of web push. */
function isHostOrServerKey(core: readonly string[], before: string): boolean {
  return (core.includes("ssh") && core.includes("host")) || (before === "server" && core.includes("application"));
}
