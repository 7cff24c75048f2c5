/** Passwords in URLs and connection strings: `scheme://user:password@host`. RFC 3986 §3.2.1. */
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import { isPlaceholder, isRepetitive } from "../measure.ts";
import { isRandom } from "../random.ts";
import type { Hit } from "../types.ts";

const REST =
  /:\/\/([^\s:/?#@"'`<>\\]{0,128}):([^\s"'`<>\\]{1,512}?)@([\w.-]+|\[[\da-f:]+\])(?=[:/?#&\s"'`<>\\,;)]|$)/iy;
const DATABASES =
  /^(?:mongodb|postgres|postgresql|mysql|mariadb|redis|rediss|amqp|amqps|mssql|sqlserver|clickhouse|cockroachdb|cassandra|neo4j|bolt|ldaps?|smtps?|imaps?|kafka|nats|mqtts?|couchdb|influxdb|oracle|snowflake|hive|presto|trino|valkey|memcached|elasticsearch|rethinkdb|arangodb|db2|vertica|libsql|turso)(?:\+\w+)?$/i;
const STAND_INS =
  /^(?:(?:my|your|the|some|db|user|super)[-_]?)?(?:pass(?:word|wd)?|pwd|secret|user(?:name)?|token|admin|root|postgres|mysql|guest|test|changeme|pw|p|x+|key|apikey|foo|bar|baz|credentials?)[-_]?\d{0,4}$/i;

interface Userinfo {
  readonly scheme: string;
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

/** `colon` is the offset of the colon of `://`. */
export function userinfoAt(text: string, colon: number): Hit | null {
  const found = matchAt(REST, text, colon);
  if (!found) return tokenAsUser(text, colon);
  const [, user = "", password = "", host = ""] = found;
  const scheme = schemeBefore(text, colon);
  const userinfo = { scheme, user, password, host };
  if (!/^[a-z][\w+.-]*$/i.test(scheme) || isStandIn(userinfo) || isNoPassword(userinfo)) return null;
  const start = colon + 3 + user.length + 1;
  return hit({
    start,
    end: start + password.length,
    kind: DATABASES.test(scheme) ? "connection-string" : "url-password",
    title: titleOf(userinfo),
    confidence: STAND_INS.test(password) ? "possible" : "certain",
    value: decode(password),
    why: `the ${scheme} URL carries a user name and a password`,
  });
}

function schemeBefore(text: string, colon: number): string {
  return /[\w+.-]{0,24}$/.exec(text.slice(Math.max(0, colon - 24), colon))?.[0] ?? "";
}

/** Documentation and templates write such. */
function isStandIn({ user, password, host }: Userinfo): boolean {
  if (isPlaceholder(password)) return true;
  if (user.length > 2 && isPlaceholder(user) && !isRandom(password, 12)) return true;
  return STAND_INS.test(password) && (STAND_INS.test(user) || user === "" || isLocal(host));
}

function isNoPassword({ scheme, user, password }: Userinfo): boolean {
  if (password.length < 4 || isRepetitive(password)) return true;
  return password.toLowerCase() === user.toLowerCase() || (password.includes("/") && !DATABASES.test(scheme));
}

function titleOf({ scheme, host }: Userinfo): string {
  if (/(?:^|\.)sentry\.io$|^sentry\./i.test(host)) return "Secret part of a Sentry DSN";
  return DATABASES.test(scheme) ? `Password in a ${scheme} connection string` : "Password in a URL";
}

function isLocal(host: string): boolean {
  return /^(?:localhost|127\.|0\.0\.0\.0|host|hostname|example\.|.*\.example(?:\.\w+)?$|db|server)/i.test(host);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** `https://TOKEN@host`, as Git hosts take it. */
const GIT = /^(?:git\+)?(?:https?|git|ssh|svn)$/i;
const USER_ONLY = /:\/\/([\w.~-]{20,255})@[\w.-]+/y;

function tokenAsUser(text: string, colon: number): Hit | null {
  const user = GIT.test(schemeBefore(text, colon)) ? matchAt(USER_ONLY, text, colon)?.[1] : undefined;
  if (!user || isPlaceholder(user) || !isRandom(user, 20)) return null;
  if (/^[0-9a-f]{32}$/.test(user)) return null; // public key of a Sentry DSN
  const start = colon + 3;
  return hit({
    start,
    end: start + user.length,
    kind: "url-password",
    title: "Token in a URL",
    confidence: "likely",
    value: user,
    why: "it stands where a URL has its user name, and looks random",
  });
}
