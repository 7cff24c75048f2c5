/** Credentials of the Authorization header, RFC 7617 (Basic), RFC 6750 (Bearer), and of the file that curl makes it from. */
import { hit } from "../hit.ts";
import { isRandom } from "../judge-value.ts";
import { isPlaceholder } from "../measure.ts";
import type { Detector } from "../types.ts";

const BASIC = /basic(?:\s+|%20|\+)([A-Za-z0-9+/_-]{6,2000}={0,2})(?![\w+/-])/iy;
export const basic: Detector = {
  id: "basic-auth",
  anchors: ["basic"],
  ignoreCase: true,
  find(text, at) {
    BASIC.lastIndex = at;
    const found = BASIC.exec(text);
    if (!found) return null;
    const decoded = Buffer.from(found[1]!, "base64").toString("utf8");
    const colon = decoded.indexOf(":");
    if (colon < 0 || !/^[\x20-\x7e]+$/.test(decoded)) return null;
    const password = decoded.slice(colon + 1);
    const user = decoded.slice(0, colon);
    if (isPlaceholder(password || user) || (password === "" && !isRandom(user, 12))) return null;
    const end = at + found[0].length;
    return hit({
      start: end - found[1]!.length,
      end,
      kind: "basic-auth",
      title: "Basic credentials",
      confidence: "certain",
      value: found[1]!,
      why: "it decodes to a user name and a password",
    });
  },
};

/** Lines of a `.netrc`. Source: everything.curl.dev/usingcurl/netrc */
const NETRC =
  /machine(?:\s|\\[nrt])+[\w.:-]{1,200}(?:\s|\\[nrt])+login(?:\s|\\[nrt])+[^\s"'\\]{1,200}(?:\s|\\[nrt])+password(?:\s|\\[nrt])+([^\s"'`<>\\]{4,512})/y;
export const netrc: Detector = {
  id: "netrc-password",
  anchors: ["machin"],
  ignoreCase: false,
  find(text, at) {
    NETRC.lastIndex = at;
    const found = NETRC.exec(text);
    if (!found || isPlaceholder(found[1]!)) return null;
    const end = at + found[0].length;
    return hit({
      start: end - found[1]!.length,
      end,
      kind: "netrc-password",
      title: "Password of a .netrc file",
      confidence: "certain",
      value: found[1]!,
      why: "it stands behind machine, login and password",
    });
  },
};

/** A value ends before the next scheme, so that a row of schemes is read once. */
const BEARER =
  /(?:bearer|apikey|genie-?key|ssws)(?:\s+|%20|\+|=|: ?)["']?((?:(?!(?:bearer|apikey|genie-?key|ssws)[=:+])[A-Za-z0-9._~+/=|:-]){12,4096})(?![\w~+/])/iy;
export const bearer: Detector = {
  id: "bearer-token",
  anchors: ["bearer", "ssws", "geniek", "apikey"],
  ignoreCase: true,
  find(text, at) {
    BEARER.lastIndex = at;
    const found = BEARER.exec(text);
    const value = found?.[1]!.replace(/[.:=|]+$/, (tail) => (/^=+$/.test(tail) ? tail : ""));
    if (!found || !value || /^https?:/i.test(value) || isPlaceholder(value) || !isRandom(value, 14)) return null;
    const start = at + found[0].lastIndexOf(found[1]!);
    return hit({
      start,
      end: start + value.length,
      kind: "bearer-token",
      title: "Bearer token",
      confidence: "likely",
      value,
      why: "it follows the scheme of an Authorization header and looks random",
    });
  },
};
