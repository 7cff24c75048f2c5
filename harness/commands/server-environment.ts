/** The environment of a server over stdio: ours, without what is secret by its name or its value, and with what is given by name. */
import { SandglassError } from "../model/errors.ts";
import { namesSecret, scanText } from "../scan/index.ts";

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
    scanText(value, "message").detections.some(
      ({ family, confidence, publishable }) => family === "secret" && confidence === "certain" && !publishable,
    )
  );
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
