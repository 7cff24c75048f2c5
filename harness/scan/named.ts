/** What the names around a value say about the whole of it. */
import { labelsOf } from "./detectors/assignment.ts";
import { cookiePairs } from "./detectors/cookies.ts";
import { hit } from "./hit.ts";
import { isPlaceholder } from "./measure.ts";
import { classOf, type NameClass } from "./names.ts";
import { personalByName } from "./personal/index.ts";
import { isRandom } from "./random.ts";
import { remembering } from "./remember.ts";
import type { Confidence, Hit } from "./types.ts";
import { confidenceOf } from "./values.ts";

export interface Names {
  /** Key that holds the value; null in an array. */
  readonly key: string | null;
  /** Name of the object or array that it is in. */
  readonly parent: string;
  /** The object itself, for `{ name: "Authorization", value: … }` and private JWKs. */
  readonly owner: Readonly<Record<string, unknown>> | null;
}

/** Keys that say little or nothing of their own, so that the parent's name speaks too: `token: { value: … }`. */
const NEUTRAL = /^(?:value|val|raw|data|text|plain(?:text)?|string|default|current|content)$/i;
/** Parents that only say that something is inside. */
const ENVELOPE =
  /^(?:_?meta(?:data)?|data|props|results?|items?|list|payload|response|structuredContent|contents?|state|values?|params|args|input|output|body|json|nodes?|edges?)$/i;
const WEAK = /^(?:key|token|pass|auth|pat)$/i;
/** `mfa: { secret }` is the seed of one-time codes, which sixteen letters may be. */
const SEED = /^(?:secret|seed)$/i;
/** Parents whose every entry is one of theirs: `tokens: { access: … }`. */
const COLLECTIONS: readonly (readonly [RegExp, string])[] = [
  [/tokens$/i, "token"],
  [/(?:api|access|secret|private|auth)[-_]?keys$/i, "apiKey"],
  [/(?:secrets|credentials|creds)$/i, "secret"],
  [/passwords$/i, "password"],
];

/** Hits that cover the value, or parts of it that its name makes telling. */
export function namedHits(names: Names, value: string, personalData: boolean): readonly Hit[] {
  const jwk = privateJwk(names, value);
  if (jwk) return [jwk];
  const name = nameOf(names);
  if (name === "") return NONE;
  const named = classOf(name);
  if (named) {
    const found = hitsOfNamed(named, value);
    if (found.length > 0) return found;
  }
  const personal = personalData ? personalByName(name, value) : null;
  return personal ? [personal] : NONE;
}
const NONE: readonly Hit[] = [];

const nameUnder = remembering(2000, (parent) => remembering(2000, (key) => together(key, parent)));

function nameOf({ key, parent, owner }: Names): string {
  if (key === null) return parent.endsWith("s") ? parent.slice(0, -1) : parent;
  return labelOf(key, owner) ?? (parent === "" ? key : nameUnder(parent)(key));
}

/** `{ name: "API_KEY", value: … }` */
function labelOf(key: string, owner: Names["owner"]): string | null {
  if (!owner || (key !== "value" && key !== "Value")) return null;
  const label = owner.name ?? owner.key ?? owner.Name ?? owner.Key;
  return typeof label === "string" && label.length <= 80 ? label : null;
}

/** The name that key and parent make together. */
function together(key: string, parent: string): string {
  if (NEUTRAL.test(key)) return parent;
  if (WEAK.test(key)) return ENVELOPE.test(parent) ? key : `${parent}.${key}`;
  if (SEED.test(key) && classOf(`${parent}.${key}`)?.kind === "seed") return `${parent}.${key}`;
  if (classOf(key)) return classOf(`${parent}.${key}`)?.publishable ? `${parent}.${key}` : key;
  if (/^(?:name|line[-_]?\d)$/i.test(key)) return `${parent.replace(/(?<=[^s])s$/, "")}.${key}`; // `guest: { name }`, `address: { line1 }`
  const collection = COLLECTIONS.find(([pattern]) => pattern.test(parent));
  return collection && !/(?:id|name|type|at|url|user|username|email|expiry|expires)$/i.test(key)
    ? `${key}.${collection[1]}`
    : key;
}

function hitsOfNamed(named: NameClass, value: string): readonly Hit[] {
  if (named.kind === "cookie") return cookiePairs(value, 0);
  const confidence = named.kind === "authorization" ? credentialConfidence(value) : confidenceOf(named, value);
  return confidence ? [hit({ start: 0, end: value.length, value, confidence, ...labelsOf(named) })] : NONE;
}

/** A credential without its scheme; one with it has detectors of its own. */
function credentialConfidence(value: string): Confidence | null {
  return !/\s/.test(value) && !isPlaceholder(value) && isRandom(value, 16) ? "likely" : null;
}

/** `d` of an RSA, EC or OKP key and `k` of a symmetric one. RFC 7517 §4, RFC 7518 §6. */
function privateJwk({ key, owner }: Names, value: string): Hit | null {
  const type = owner?.kty;
  if (typeof type !== "string" || key === null || !isPrivatePart(key, type)) return null;
  if (!/^[\w-]{20,}$/.test(value)) return null;
  return hit({
    start: 0,
    end: value.length,
    kind: "jwk-private-key",
    title: "Private JSON Web Key",
    confidence: "certain",
    value,
    why: `it is the private part of a JSON Web Key of type ${type}`,
  });
}

function isPrivatePart(key: string, type: string): boolean {
  return type === "oct" ? key === "k" : /^(?:RSA|EC|OKP)$/.test(type) && /^(?:d|p|q|dp|dq|qi)$/.test(key);
}
