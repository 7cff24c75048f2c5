/** The environment of a server over stdio: ours, without what is secret by its name or its value, and with what is given by name. */
import { SandglassError } from "../model/errors.ts";
import { namesSecret, scanText } from "../scan/index.ts";
import { wordsOf } from "../scan/words.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface ServerEnvironment {
  readonly env: Environment;
  /** Names of variables that were kept back, in order. */
  readonly withheld: readonly string[];
}

/**
 * @param given texts by name; null: our own value of that name
 * @throws SandglassError `BAD_USAGE` when we have no such value
 */
export function serverEnvironment(own: Environment, given: Readonly<Record<string, string | null>>): ServerEnvironment {
  const asked = Object.entries(given).map(([name, value]) => [name, value ?? ownValue(own, name)] as const);
  const others = Object.entries(own).filter(([name]) => !Object.hasOwn(given, name));
  const secret = others.filter(([name, value]) => isSecret(name, value));
  const withheld = secret.map(([name]) => name).toSorted();
  return {
    env: Object.fromEntries([...others.filter(([name]) => !withheld.includes(name)), ...asked]),
    withheld,
  };
}

/** Folders, not passwords. */
const FOLDERS = new Set(["PWD", "OLDPWD", "INIT_CWD"]);

function isSecret(name: string, value = ""): boolean {
  if (value === "" || FOLDERS.has(name)) return false;
  return (
    namesSecret(name) ||
    (namesSecretVariable(name) && !SETTING.test(value)) ||
    HOLDS_LOGIN.test(value) ||
    scanText(value, "message").detections.some(
      ({ family, confidence, publishable }) => family === "secret" && confidence === "certain" && !publishable,
    )
  );
}

const SECRET_WORD =
  /^(?:\w*(?:password|passwd|passphrase|pwd|secret|token)s?|(?:api|access|private|auth|service|secret)?keys?|auth|pat|jwt|cookies?|credentials?|creds?)$/;
/** A password in an address, however short, and the login of a registry as Docker keeps it. */
const HOLDS_LOGIN =
  /^[a-z][a-z0-9+.-]{1,20}:\/\/[^/\s:@]{0,200}:[^/\s@]{1,200}@|"auth"\s{0,9}:\s{0,9}"[A-Za-z0-9+/=]{8}/i;
const PUBLIC = new Set(["public", "publishable"]);
/** Behind the word that tells: which of several it is. */
const WHICH =
  /^(?:\d+|prod|production|dev|development|staging|test|testing|live|sandbox|old|new|primary|secondary|b64|base64)$/;
/** `ALWAYS_AUTH=true`, `MAX_TOKENS=4096`. */
const SETTING = /^(?:true|false|yes|no|on|off|\d{1,6})$/i;

/** Unlike keys of props, variables are named for one reader: a last word is enough, whatever it is of. */
function namesSecretVariable(name: string): boolean {
  const words = wordsOf(name);
  const last = words.findLast((word) => !WHICH.test(word))?.replace(/\d{1,6}$/, "") ?? "";
  return SECRET_WORD.test(last) && !words.some((word) => PUBLIC.has(word));
}

function ownValue(own: Environment, name: string): string {
  const value = own[name];
  if (value !== undefined) return value;
  throw new SandglassError(
    "BAD_USAGE",
    `--env ${name} hands a variable on, and there is none of that name.`,
    `Set ${name}, or write --env ${name}=VALUE.`,
  );
}
