/** Credentials of the Authorization header, RFC 7617 (Basic), RFC 6750 (Bearer), and of the file that curl makes it from. */
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import { isPlaceholder } from "../measure.ts";
import { isRandom } from "../random.ts";
import type { Detector } from "../types.ts";

const BASIC = /basic(?:\s+|%20|\+)([A-Za-z0-9+/_-]{6,2000}={0,2})(?![\w+/-])/iy;
export const basic: Detector = {
  id: "basic-auth",
  anchors: ["basic"],
  ignoreCase: true,
  find(text, at) {
    const found = matchAt(BASIC, text, at);
    if (!found) return null;
    const [whole, value = ""] = found;
    const decoded = Buffer.from(value, "base64").toString("utf8");
    const colon = decoded.indexOf(":");
    if (colon < 0 || !/^[\x20-\x7e]+$/.test(decoded)) return null;
    const password = decoded.slice(colon + 1);
    const user = decoded.slice(0, colon);
    if (isPlaceholder(password || user) || (password === "" && !isRandom(user, 12))) return null;
    const end = at + whole.length;
    return hit({
      start: end - value.length,
      end,
      kind: "basic-auth",
      title: "Basic credentials",
      confidence: "certain",
      value,
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
    const [whole, value = ""] = matchAt(NETRC, text, at) ?? [];
    if (whole === undefined || isPlaceholder(value)) return null;
    const end = at + whole.length;
    return hit({
      start: end - value.length,
      end,
      kind: "netrc-password",
      title: "Password of a .netrc file",
      confidence: "certain",
      value,
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
    const [whole = "", token = ""] = matchAt(BEARER, text, at) ?? [];
    const value = token.replace(/(?<![.:=|])[.:=|]+$/, (tail) => (/^=+$/.test(tail) ? tail : ""));
    if (value === "" || /^https?:/i.test(value) || isPlaceholder(value) || !isRandom(value, 14)) return null;
    const start = at + whole.lastIndexOf(token);
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
