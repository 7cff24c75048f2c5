/** Private keys in armour: PEM, OpenSSH, PGP, PuTTY. RFC 7468, RFC 4880 §6.2. */
import { hit } from "../hit.ts";
import type { Detector, Hit } from "../types.ts";

const BEGIN = /-{3,}\s?BEGIN ([A-Z0-9 ]{0,40}?)PRIVATE KEY(?: BLOCK)?\s?-{3,}/y;
/** Base64 with real, escaped or encoded line ends, headers such as `Proc-Type:` allowed. */
const BODY =
  /(?:[A-Za-z0-9+/=\s]|\\+[nrt]|\\u000[aAdD]|%0[aAdD]|&#1[03];|<br ?\/?>|(?:Proc-Type|DEK-Info|Version|Comment|Charset|Hash):[^\n\\]{0,120}|["'],?\s*\+?\s*["'])*/y;
const LONGEST = 20_000;

export const pem: Detector = {
  id: "private-key",
  anchors: ["---"],
  ignoreCase: false,
  find(text, at) {
    BEGIN.lastIndex = at;
    const begin = BEGIN.exec(text);
    if (!begin) return null;
    const from = at + begin[0].length;
    BODY.lastIndex = 0;
    const window = text.slice(from, from + LONGEST);
    const body = BODY.exec(window)?.[0] ?? "";
    const material = body.replace(
      /\\+[nrt]|\\u000[aAdD]|%0[aAdD]|&#1[03];|(?:Proc-Type|DEK-Info|Version|Comment|Charset|Hash):[^\n\\]*|[^A-Za-z0-9+/]/g,
      "",
    );
    if (material.length < 56 || new Set(material).size < 12) return null;
    const end = /^-{3,}\s?END [A-Z0-9 ]{0,50}-{3,}/.exec(window.slice(body.length))?.[0].length ?? 0;
    const kind = begin[1]!.trim().toLowerCase();
    return hit({
      start: at,
      end: from + body.length + end,
      kind: kind === "pgp" ? "pgp-private-key" : "private-key",
      title: `${begin[1]!.trim() ? `${begin[1]!.trim()} ` : ""}private key`,
      confidence: "certain",
      value: material,
      why: `it is armoured as a private key (${material.length} characters of key material${kind === "encrypted" || /DEK-Info/.test(body) ? ", encrypted with a passphrase" : ""})`,
    });
  },
};

const PUTTY =
  /PuTTY-User-Key-File-[23]: [\s\S]{20,20000}?Private-Lines: \d+(?:\s|\\[nr])+([A-Za-z0-9+/=\s\\]{32,20000})/y;
export const putty: Detector = {
  id: "putty-private-key",
  anchors: ["PuTTY-User-Key-File-"],
  ignoreCase: false,
  find(text, at) {
    const window = text.slice(at, at + 2 * LONGEST);
    const next = window.indexOf("PuTTY-User", 1);
    PUTTY.lastIndex = 0;
    const found = PUTTY.exec(next < 0 ? window : window.slice(0, next));
    return (
      found &&
      hit({
        start: at,
        end: at + found[0].length,
        kind: "putty-private-key",
        title: "PuTTY private key",
        confidence: "certain",
        value: found[1]!.replace(/[^A-Za-z0-9+/]/g, ""),
        why: "it has the header and private lines of a PuTTY key file",
      })
    );
  },
};

/** A PEM key in base64, as environment variables and Kubernetes hold it: `LS0tLS1CRUdJTi` is `-----BEGIN `. */
const WRAPPED = /LS0tLS1CRUdJTi[A-Za-z0-9+/]{20,30000}={0,2}/y;
export const wrappedPem: Detector = {
  id: "private-key-base64",
  anchors: ["LS0tLS"],
  ignoreCase: false,
  find(text, at) {
    WRAPPED.lastIndex = at;
    const wrapped = WRAPPED.exec(text)?.[0];
    if (!wrapped) return null;
    const decoded = Buffer.from(wrapped, "base64").toString("latin1");
    const inner = pem.find(decoded, 0) as Hit | null;
    return inner && hit({ ...inner, start: at, end: at + wrapped.length, why: `${inner.why}, encoded as base64` });
  },
};
