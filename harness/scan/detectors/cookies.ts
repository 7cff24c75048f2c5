/** Cookie headers: session values by name, and any long random value. RFC 6265. */
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import { isPlaceholder, isUuid } from "../measure.ts";
import { classOf } from "../names.ts";
import { isRandom } from "../random.ts";
import type { Confidence, Detector, Hit } from "../types.ts";
import { confidenceOf } from "../values.ts";

const PAIR = /([\w.!#$%&'*+^`|~-]{1,120})=("?)([^;,\s"'<>\\]{1,4096})\2/g;
const HARMLESS =
  /^(?:_ga|_gid|_gcl|_fbp|_fbc|_hj|_clck|_clsk|_uet|amp_|ajs_|optimizely|mp_|__utm|_pk_|intercom-id|theme|lang|locale|currency|tz|timezone|consent|cookie|euconsent|optanon|csrf|xsrf|_csrf|XSRF|path|domain|expires|max-age|samesite|datr|nid|ab_|exp_|variant)/i;

/** Characters of generated values: in a program, what stands behind `cookie=` is code. */
const TOKEN = /^[\w.~%+/=:|-]+$/;
const SESSION_WORD = /sess|auth|token|sid$|login|jwt|secret/i;

/** Pairs of a cookie text that lies at `offset` of a longer text. */
export function cookiePairs(cookies: string, offset: number): Hit[] {
  const hits: Hit[] = [];
  for (const match of cookies.matchAll(PAIR)) {
    const [whole, name = "", , value = ""] = match;
    const confidence = cookieConfidence(name, value);
    if (!confidence) continue;
    const start = offset + match.index + whole.lastIndexOf(value);
    hits.push(
      hit({
        start,
        end: start + value.length,
        kind: "session-cookie",
        title: `Session cookie ${/^[\w.-]{1,40}$/.test(name) ? name : ""}`.trim(),
        confidence,
        value,
        why: "a cookie header carries it, and who has it has the session",
      }),
    );
  }
  return hits;
}

function cookieConfidence(name: string, value: string): Confidence | null {
  if (HARMLESS.test(name) || isPlaceholder(value)) return null;
  const named = classOf(name);
  const byName = named && confidenceOf(named, value);
  if (named?.kind === "session" || SESSION_WORD.test(name)) {
    if (byName) return byName === "possible" ? "likely" : byName;
    return isRandom(value, 12) || isUuid(value) ? "likely" : null;
  }
  const isToken = TOKEN.test(value) && isRandom(value, 24) && !isUuid(value);
  return byName ?? (isToken ? "possible" : null);
}

const HEADER = /(?:set-)?cookie["']?\s{0,4}[:=]\s{0,4}["']?((?:(?!cookie["']?\s{0,4}[:=])[^\n"'`<>\\]){4,8192})/iy;
export const cookieHeader: Detector = {
  id: "session-cookie",
  anchors: ["cookie", "set-co"],
  ignoreCase: true,
  find(text, at) {
    const [whole, cookies = ""] = matchAt(HEADER, text, at) ?? [];
    return whole === undefined ? null : cookiePairs(cookies, at + whole.length - cookies.length);
  },
};
