/** What the user gave to be let in (a token, headers, variables of a server): it is shown nowhere, whoever says it. */
import { wordShare } from "./measure.ts";
import { hider } from "./mask.ts";
import { classOf } from "./names.ts";

/** What was given on the command line, in the config, or at a login. */
export interface Given {
  /** Headers, and variables of a server's environment, by name. */
  readonly named: readonly Readonly<Record<string, string>>[];
  /** Tokens by themselves. */
  readonly tokens: readonly string[];
}

/** Shorter values turn up by chance. */
const SHORTEST = 6;
/** Of letters alone, or of digits alone. */
const SHORTEST_PLAIN = 10;
/** Of a value whose name promises nothing. */
const SHORTEST_UNNAMED = 12;
/** A name that is none of a secret's to the letter, and has to do with one. */
const TELLING_NAME = /secret|token|key|auth|passw|credential|session|signature|cookie/i;

/** The values that are secret, as far as their names and they themselves tell. */
export function secretsGiven({ named, tokens }: Given): string[] {
  const pairs = named.flatMap((one) => Object.entries(one));
  const values = [...tokens, ...pairs.flatMap(([name, value]) => secretIn(name, value))];
  return [...new Set(values.map((value) => value.trim()))].filter(isTelling);
}

function secretIn(name: string, value: string): string[] {
  const kind = classOf(name)?.kind;
  if (/^(?:proxy-)?authorization$/i.test(name)) return credentialsIn(value);
  if (kind === "cookie" || /^(?:set-)?cookie$/i.test(name)) return value.split(";").map(valueOfPair);
  if (kind !== undefined || TELLING_NAME.test(name)) return credentialsIn(value);
  return value.length >= SHORTEST_UNNAMED && isOpaque(value) ? [value] : [];
}

const SCHEME = /^(bearer|basic|token|dpop|digest|hawk|negotiate|(?:api-?)?key) (.+)$/i;

/** `Bearer abc` is `abc`; of `Basic …` the user and the password, too. */
function credentialsIn(value: string): string[] {
  const [, scheme, rest] = SCHEME.exec(value.trim()) ?? [];
  if (scheme === undefined || rest === undefined) return [value];
  if (scheme.toLowerCase() !== "basic") return [rest];
  const pair = Buffer.from(rest, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon === -1 ? [rest] : [rest, pair, pair.slice(colon + 1)];
}

const valueOfPair = (pair: string): string => pair.slice(pair.indexOf("=") + 1);

/** No address, type or path, and no name in words, which hosts have, too. */
const isOpaque = (value: string): boolean =>
  /^[\w+=~.-]+$/.test(value) && /\d/.test(value) && (/[A-Z_+=]/.test(value) || wordShare(value) < 0.5);

function isTelling(value: string): boolean {
  const isPlain = /^(?:[A-Za-z]+|\d+)$/.test(value);
  return value.length >= (isPlain ? SHORTEST_PLAIN : SHORTEST);
}

export interface Hiding {
  readonly text: (text: string) => string;
  /** A copy of a plain value, in which every text and every key is without them. */
  readonly every: <T>(value: T) => T;
}

/** Hides these values, however they are written. */
export function hidingOf(secrets: readonly string[]): Hiding {
  const hide = hider(secrets);
  if (!hide) return { text: (text) => text, every: (value) => value };
  return { text: hide, every: <T>(value: T) => hidden(value, hide) as T };
}

function hidden(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === "string") return hide(value);
  if (Array.isArray(value)) return value.map((one) => hidden(one, hide));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [hide(key), hidden(one, hide)]));
}
