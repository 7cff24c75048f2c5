/** Passwords in URLs and connection strings: `scheme://user:password@host`. RFC 3986 §3.2.1. */
import { hit } from "../hit.ts";
import { isRandom } from "../judge-value.ts";
import { isPlaceholder, isRepetitive } from "../measure.ts";
import type { Hit } from "../types.ts";

const REST =
  /:\/\/([^\s:/?#@"'`<>\\]{0,128}):([^\s"'`<>\\]{1,512}?)@([\w.-]+|\[[\da-f:]+\])(?=[:/?#&\s"'`<>\\,;)]|$)/iy;
const DATABASES =
  /^(?:mongodb|postgres|postgresql|mysql|mariadb|redis|rediss|amqp|amqps|mssql|sqlserver|clickhouse|cockroachdb|cassandra|neo4j|bolt|ldaps?|smtps?|imaps?|kafka|nats|mqtts?|couchdb|influxdb|oracle|snowflake|hive|presto|trino|valkey|memcached|elasticsearch|rethinkdb|arangodb|db2|vertica|libsql|turso)(?:\+\w+)?$/i;
const STAND_INS =
  /^(?:(?:my|your|the|some|db|user|super)[-_]?)?(?:pass(?:word|wd)?|pwd|secret|user(?:name)?|token|admin|root|postgres|mysql|guest|test|changeme|pw|p|x+|key|apikey|foo|bar|baz|credentials?)[-_]?\d{0,4}$/i;

/** `colon` is the offset of the colon of `://`. */
export function userinfoAt(text: string, colon: number): Hit | null {
  REST.lastIndex = colon;
  const found = REST.exec(text);
  if (!found) return tokenAsUser(text, colon);
  let from = colon;
  while (from > 0 && colon - from < 24 && /[\w+.-]/.test(text[from - 1]!)) from -= 1;
  const scheme = text.slice(from, colon);
  const [, user = "", password = "", host = ""] = found;
  if (!/^[a-z][\w+.-]*$/i.test(scheme)) return null;
  const legacySentry = /(?:^|\.)sentry\.io$|^sentry\./i.test(host);
  if (
    isPlaceholder(password) ||
    (user.length > 2 && isPlaceholder(user) && !isRandom(password, 12)) ||
    (STAND_INS.test(password) && (STAND_INS.test(user) || user === "" || isLocal(host)))
  )
    return null;
  if (
    password.length < 4 ||
    isRepetitive(password) ||
    password.toLowerCase() === user.toLowerCase() ||
    (password.includes("/") && !DATABASES.test(scheme))
  )
    return null;
  const start = colon + 3 + user.length + 1;
  const database = DATABASES.test(scheme);
  return hit({
    start,
    end: start + password.length,
    kind: database ? "connection-string" : "url-password",
    title: legacySentry
      ? "Secret part of a Sentry DSN"
      : database
        ? `Password in a ${scheme} connection string`
        : "Password in a URL",
    confidence: STAND_INS.test(password) ? "possible" : "certain",
    value: decode(password),
    why: `the ${scheme} URL carries a user name and a password`,
  });
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
const USER_ONLY = /:\/\/([\w.~-]{20,255})@[\w.-]+/y;
function tokenAsUser(text: string, colon: number): Hit | null {
  USER_ONLY.lastIndex = colon;
  const user = USER_ONLY.exec(text)?.[1];
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
