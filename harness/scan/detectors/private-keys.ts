/** Private keys in armour: PEM, OpenSSH, PGP, PuTTY. RFC 7468, RFC 4880 §6.2. */
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import type { Detector, Hit } from "../types.ts";

const BEGIN = /-{3,}\s?BEGIN ([A-Z0-9 ]{0,40}?)PRIVATE KEY(?: BLOCK)?\s?-{3,}/y;
/** Base64 with real, escaped or encoded line ends, headers such as `Proc-Type:` allowed. */
const BODY =
  /(?:[A-Za-z0-9+/=\s]|\\+[nrt]|\\u000[aAdD]|%0[aAdD]|&#1[03];|<br ?\/?>|(?:Proc-Type|DEK-Info|Version|Comment|Charset|Hash):[^\n\\]{0,120}|["'],?\s{0,100}(?:\+\s{0,100})?["'])*/y;
/** What stands in such a body besides key material. */
const NO_MATERIAL =
  /(?<!\\)\\+[nrt]|\\u000[aAdD]|%0[aAdD]|&#1[03];|(?:Proc-Type|DEK-Info|Version|Comment|Charset|Hash):[^\n\\]*|[^A-Za-z0-9+/]/g;
const LONGEST = 20_000;

export const pem: Detector = { id: "private-key", anchors: ["---"], ignoreCase: false, find: pemAt };

function pemAt(text: string, at: number): Hit | null {
  const [begin, label = ""] = matchAt(BEGIN, text, at) ?? [];
  if (begin === undefined) return null;
  const from = at + begin.length;
  const window = text.slice(from, from + LONGEST);
  const body = matchAt(BODY, window, 0)?.[0] ?? "";
  const material = body.replace(NO_MATERIAL, "");
  if (material.length < 56 || new Set(material).size < 12) return null;
  const end = /^-{3,}\s?END [A-Z0-9 ]{0,50}-{3,}/.exec(window.slice(body.length))?.[0].length ?? 0;
  const kind = label.trim();
  const isEncrypted = kind === "ENCRYPTED" || /DEK-Info/.test(body);
  return hit({
    start: at,
    end: from + body.length + end,
    kind: kind === "PGP" ? "pgp-private-key" : "private-key",
    title: `${kind} private key`.trim(),
    confidence: "certain",
    value: material,
    why: `it is armoured as a private key (${material.length} characters of key material${isEncrypted ? ", encrypted with a passphrase" : ""})`,
  });
}

const PUTTY =
  /PuTTY-User-Key-File-[23]: [\s\S]{20,20000}?Private-Lines: \d+(?:\s|\\[nr])+([A-Za-z0-9+/=\s\\]{32,20000})/y;
export const putty: Detector = {
  id: "putty-private-key",
  anchors: ["PuTTY-User-Key-File-"],
  ignoreCase: false,
  find(text, at) {
    const window = text.slice(at, at + 2 * LONGEST);
    const next = window.indexOf("PuTTY-User", 1);
    const [whole, lines = ""] = matchAt(PUTTY, next < 0 ? window : window.slice(0, next), 0) ?? [];
    if (whole === undefined) return null;
    return hit({
      start: at,
      end: at + whole.length,
      kind: "putty-private-key",
      title: "PuTTY private key",
      confidence: "certain",
      value: lines.replace(/[^A-Za-z0-9+/]/g, ""),
      why: "it has the header and private lines of a PuTTY key file",
    });
  },
};

/** A PEM key in base64, as environment variables and Kubernetes hold it: `LS0tLS1CRUdJTi` is `-----BEGIN `. */
const WRAPPED = /LS0tLS1CRUdJTi[A-Za-z0-9+/]{20,30000}={0,2}/y;
export const wrappedPem: Detector = {
  id: "private-key-base64",
  anchors: ["LS0tLS"],
  ignoreCase: false,
  find(text, at) {
    const wrapped = matchAt(WRAPPED, text, at)?.[0];
    if (!wrapped) return null;
    const decoded = Buffer.from(wrapped, "base64").toString("latin1");
    const inner = pemAt(decoded, 0);
    return inner && hit({ ...inner, start: at, end: at + wrapped.length, why: `${inner.why}, encoded as base64` });
  },
};
